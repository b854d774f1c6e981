// What the oracle judges by: what clients saw, and what the tables say. Plain data, so that a violation can be made up.

/** One item of one request. */
export interface Attempt {
  run: string;
  request: number;
  index: number;
  source: string;
  /** `<kind>/<reference>/<revision>` */
  id: string;
  /** base64url SHA-256 of the canonical form. */
  digest: string;
}

/** Where the receipt says that it went. */
export interface Place {
  topic: string;
  partition: number;
  offset: string;
}

/** A message of the log as far as its place is concerned. */
export interface Keyed extends Place {
  key: Buffer | null;
}

export type Seen = Attempt & { at: number } & (
    | { is: 'invoke' | 'fail' }
    /** Without a place: a repeat within the request. */
    | { is: 'ok'; place?: Place }
    | { is: 'unknown'; why: string }
  );

export interface Content {
  kind: string;
  message: Record<string, unknown>;
}

/** The answer to one request, as far as it came. */
export interface Answer {
  request: number;
  form: 'object' | 'array' | 'lines';
  source: string;
  /** How often the log that it was written to had been cut or made anew: then its places were given out again. */
  cuts?: number;
  status: number;
  /** What was sent, in order, as the client computes it. */
  sent: Pick<Attempt, 'id' | 'digest'>[];
  /** Lines or items in the order in which they came. */
  items: AnsweredItem[];
  /** Counters of the body or of the summary line; missing where the answer broke off. */
  counts?: Record<string, number>;
}

export interface AnsweredItem {
  index: number;
  id?: string;
  status: string;
  receipt?: string;
}

/** A revision of a statement. */
export interface Revision {
  source: string;
  kind: string;
  reference: string;
  revision: number;
  digest: string | null;
  verdict: 'applied' | 'dead' | 'waiting';
  batch: string;
  place: number | null;
}

export interface Body {
  batch: string;
  place: number;
  source: string;
  id: string;
  replaced: boolean;
  repair: boolean;
}

export interface Position extends Omit<Place, 'offset'> {
  generation: number;
  first: bigint;
  next: bigint;
}

export interface Counter extends Omit<Place, 'offset'> {
  generation: number;
  source: string;
  applied: number;
  duplicate: number;
  repaired: number;
  conflict: number;
  dead: number;
  waiting: number;
}

export interface Letter extends Place {
  state: 'dead' | 'waiting' | 'repaired';
  code: string;
  source: string;
  /** Missing where the message proves none. */
  id?: string;
  /** Missing where the seal does not open. */
  digest?: string;
}

/** Attribute → [value, time, recorded time, event id]. */
export type Folded = Record<string, [value: unknown, time: number, recordedTime: number, id: string]>;

export interface RecordState {
  id: string;
  kind: string;
  source: string;
  /** Missing where it does not open. */
  folded?: Folded;
}

export interface Ledger {
  revisions: Revision[];
  bodies: Body[];
  feed: { first: number; count: number; batch: string }[];
  feedHead: number;
  positions: Position[];
  counters: Counter[];
  letters: Letter[];
  records: RecordState[];
}

export interface Evidence {
  seen: readonly Seen[];
  answers: readonly Answer[];
  contents: ReadonlyMap<string, Content>;
  ledger: Ledger;
  /** Messages of the log since the last trial. */
  log: readonly Keyed[];
  /** How many partitions a topic has. */
  partitions: ReadonlyMap<string, number>;
  /** Places to which the harness itself produced. */
  planted: readonly Place[];
  recordIdKey: Buffer;
}

/** A violation. `key` names the (source, id, digest) that it is about, where it is about one. */
export interface Miss {
  invariant: string;
  what: string;
  key?: string;
}
