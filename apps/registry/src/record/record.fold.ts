import { canonicalJson } from '@simpul/contracts';

/** What one event says about one attribute of one record. Times are milliseconds; `id` is the event id. */
export interface Claim {
  value: unknown;
  time: number;
  recordedTime: number;
  id: string;
}

/** The folded state of a record: the winning claim of each attribute. */
export type Folded = Readonly<Record<string, Claim>>;

export const NOTHING: Folded = Object.freeze({});

/** All that one event says about one record. */
export interface RecordClaims {
  time: number;
  recordedTime: number;
  id: string;
  attributes: Readonly<Record<string, unknown>>;
}

/** Joins claims into a state: commutative, associative, idempotent. Per attribute the greatest (time, recorded time, id) wins. */
export function foldClaims(state: Folded, all: Iterable<RecordClaims>): Folded {
  const next: Record<string, Claim> = { ...state };
  for (const { attributes, time, recordedTime, id } of all) {
    for (const [name, value] of Object.entries(attributes)) {
      if (value === undefined || value === null) continue;
      const claim = { value, time, recordedTime, id };
      const held = next[name];
      if (!held || compareClaims(claim, held) > 0) next[name] = claim;
    }
  }
  return next;
}

/** Joins two states; the same as folding what each was folded from. */
export function joinFolded(a: Folded, b: Folded): Folded {
  const next: Record<string, Claim> = { ...a };
  for (const [name, claim] of Object.entries(b)) {
    const held = next[name];
    if (!held || compareClaims(claim, held) > 0) next[name] = claim;
  }
  return next;
}

/** Total order of claims about one attribute: positive when `a` wins. One event that says two things about one attribute is settled by bytes. */
export function compareClaims(a: Claim, b: Claim): number {
  return (
    a.time - b.time ||
    a.recordedTime - b.recordedTime ||
    Buffer.compare(Buffer.from(a.id), Buffer.from(b.id)) ||
    Buffer.compare(Buffer.from(canonicalJson(a.value)), Buffer.from(canonicalJson(b.value)))
  );
}

/** Whether both are written alike. Claims that nothing touched are the same objects: then nothing is written to compare. */
export function isSameFolded(a: Folded, b: Folded): boolean {
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) => {
    const [one, other] = [a[name], b[name]];
    return one === other || (one && other && writeClaim(one) === writeClaim(other));
  });
}

/** Attribute -> [value, time, recorded time, id]: the form at rest, keys sorted. */
export function writeFolded(folded: Folded): Buffer {
  const names = Object.keys(folded).toSorted();
  const rows = names.map((name) => `${JSON.stringify(name)}:${writeClaim(folded[name] as Claim)}`);
  return Buffer.from(`{${rows.join(',')}}`);
}

const writeClaim = ({ value, time, recordedTime, id }: Claim): string =>
  JSON.stringify([value, time, recordedTime, id]);

export function readFolded(bytes: Buffer): Folded {
  const rows = JSON.parse(bytes.toString()) as Record<string, [unknown, number, number, string]>;
  return Object.fromEntries(
    Object.entries(rows).map(([name, [value, time, recordedTime, id]]) => [name, { value, time, recordedTime, id }]),
  );
}
