import { CANARY } from './canary.js';
import type { TokenName } from './token-set.js';

/** What must come back, as the design of the wire says it; written before the case was ever run. */
export interface Wanted {
  /** 0: the connection ends without an answer. */
  status: number;
  /** Code of the problem. */
  code?: string;
  /** The pointers of its errors, in any order; all of them. */
  pointers?: readonly string[];
  /** Codes that the warnings of the accepted item contain. */
  warnings?: readonly string[];
  /** The items of an array or the lines of a stream as `accepted`, `rejected <code>`, `summary`, `problem <code>`, in order; or how many of each. */
  items?: readonly string[] | Readonly<Record<string, number>>;
  /** Only the last line of a stream. */
  last?: string;
}

/** One hostile request. What it does not say is that of a good push to the health adapter. */
export interface HttpCase extends Wanted {
  name: string;
  method?: string;
  path?: string;
  /** Header lines to add; null leaves out one that is sent by default. */
  headers?: Readonly<Record<string, string | readonly string[] | null>>;
  token?: TokenName;
  body?: string | Buffer | (() => string | Buffer);
  /** Instead of all that: the request as it goes over the wire, in pieces; `$HEAD` stands for request line, host and token. */
  bytes?: readonly (string | Buffer)[];
  /** The sender closes its half after the last piece. */
  ends?: boolean;
  /** One byte after another, this many ms apart, after the pieces. */
  drip?: { text: string; everyMs: number };
  /** The parser could not read the request, so that the language is not known. */
  unread?: boolean;
}

/** Cases of one theme. */
export interface Theme {
  theme: string;
  cases: readonly HttpCase[];
}

export const PATH = '/adapters/health/v1/growth-measurements';

let count = 0;
const nextReference = (): string => `hostile-${(count += 1)}`;

/** A message that nothing is wrong with, under a reference of its own. */
export const good = (changes: object = {}): Record<string, unknown> => ({
  reference: nextReference(),
  child: { localId: 'balita-1', name: `CONTOH ${CANARY}`, sex: 'F', birthDate: '2024-08-12' },
  facility: { system: 'urn:id:kemendagri:posyandu', value: 'TB-RW03-A' },
  measuredAt: '2024-11-12T09:14:00+07:00',
  weightKg: 9.4,
  ...changes,
});

export const json = (changes: object = {}): string => JSON.stringify(good(changes));

/** A good message whose child is different. */
export const child = (changes: object): string =>
  json({ child: { localId: 'balita-1', name: 'CONTOH SATU', sex: 'F', birthDate: '2024-08-12', ...changes } });

/** A good message with more text before its end. */
export const withMember = (member: string): string => `${json().slice(0, -1)},${member}}`;

/** Blanks behind the text, up to so many bytes. */
export const padTo = (bytes: number, text: string): Buffer => {
  const padded = Buffer.alloc(bytes, ' ');
  padded.write(text);
  return padded;
};
