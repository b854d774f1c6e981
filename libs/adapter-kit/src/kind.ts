import type { Class, EventType, Words } from '@simpul/contracts';

/** What every message has beside the fields of its sector. */
export interface Message {
  reference: string;
  revision?: number | string;
  recordedAt?: string;
  withdrawn?: true;
}

export interface KindExample<M> {
  title: Words;
  message: M;
}

/** An adapter message: where it is pushed, what it looks like, and which event it becomes. */
export interface Kind<M extends Message = Message, E extends object = object> extends Words {
  /** First part of the event id: `growth-measurement`. */
  name: string;
  /** Below `/adapters/<sector>/v1/`: `growth-measurements`. */
  path: string;
  message: Class<M>;
  event: EventType<E>;
  /** The member of the message that becomes the event's time: a day or an instant. */
  timeField: string;
  /** Number of the translation; rises when `toEvent` is repaired. Default 1. */
  mapping?: number;
  /** Pure. `time` as the message has it, a day or an instant; the kit writes it in UTC. */
  toEvent(message: M): { time: string; data: E };
  /** Synthetic; the first is the one that documents show. */
  examples: readonly KindExample<M>[];
}

const NAME = /^[a-z]+(?:-[a-z]+)*$/u;

/** Checks what the types cannot say. Throws TypeError where the kind's own definition is wrong. */
export function defineKind<M extends Message, E extends object>(
  kind: Kind<M, E> & { timeField: keyof M & string },
): Kind<M, E> {
  if (!NAME.test(kind.name) || !NAME.test(kind.path)) throw new TypeError(`${kind.name}: name and path are kebab-case`);
  if (kind.examples.length === 0) throw new TypeError(`${kind.name} has no example`);
  if ((kind.mapping ?? 1) < 1) throw new TypeError(`${kind.name}: mapping numbers begin at 1`);
  return kind;
}

/** Members that make the event's id and times, not its data. */
export const FRAME: ReadonlySet<string> = new Set(['reference', 'revision', 'recordedAt']);

/** The message without its frame and without the member that became the time; `withdrawn` stays, as it is data. */
export function toData<M extends Message, T extends keyof M & string>(
  message: M,
  timeField: T,
): Omit<M, 'reference' | 'revision' | 'recordedAt' | T> {
  const kept: Partial<M> = {};
  for (const name of Object.keys(message) as (keyof M & string)[])
    if (!FRAME.has(name) && name !== timeField) kept[name] = message[name];
  return kept as Omit<M, 'reference' | 'revision' | 'recordedAt' | T>;
}
