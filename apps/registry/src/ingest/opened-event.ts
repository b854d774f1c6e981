import type { EventType } from '@simpul/contracts';

/** Identity of an event: which source says it, under which statement, in which revision. */
export interface EventName {
  /** Name of the source, without its urn. */
  source: string;
  kind: string;
  reference: string;
  revision: number;
}

/** An event that was opened and is valid. Times are milliseconds. */
export interface OpenedEvent extends EventName {
  id: string;
  type: EventType;
  time: number;
  recordedTime: number;
  receivedTime: number;
  /** base64url SHA-256 of the agency's message. */
  digest: string;
  mapping: number;
  withdrawn: boolean;
  data: object;
}

/** Pointers and codes; never a value of the message. */
export type FaultDetail = readonly { pointer: string; code: string }[] | { sqlstate: string; constraint?: string };

/**
 * What a message is worth.
 * - `event`: valid
 * - `refused`: proves its id and its content, but cannot be applied
 * - `waiting`: we lack a key, a type or a source; claims its id
 * - `misplaced`: opened, but stands where it must not; says nothing about the id
 * - `unreadable`: proves nothing, not even its source
 */
export type Judged =
  | { is: 'event'; event: OpenedEvent }
  | { is: 'refused'; name: EventName; digest: string; mapping: number; code: string; detail?: FaultDetail }
  | { is: 'waiting'; name: EventName; code: string; kid?: string; lacks: string }
  | { is: 'misplaced'; source: string; code: string }
  | { is: 'unreadable'; code: string };

/** A message of the log, judged. */
export interface Candidate {
  offset: bigint;
  /** Broker's append time, ms. */
  appendedAt: number;
  key: Buffer | null;
  value: Buffer | null;
  judged: Judged;
}
