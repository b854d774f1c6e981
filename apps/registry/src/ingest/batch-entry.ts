import { toBody } from './event-body.js';
import type { BodyContext, EventBody } from './event-body.js';
import type { Candidate, EventName, Judged } from './opened-event.js';
import type { StatementKey } from './statement.store.js';

/** A judged message with the numbers of its names, ready for the transaction. */
export interface Entry {
  candidate: Candidate;
  /** Source number that it counts under. */
  source: number;
  /** Its statement; missing where the message proves no id. */
  key?: StatementKey & { revision: number };
  /** Of a valid event. */
  body?: EventBody;
  /** A dead letter that is judged once more. */
  isTriedAgain?: true;
}

export interface NameNumbers {
  sources: ReadonlyMap<string, number>;
  kinds: ReadonlyMap<string, number>;
}

/** Names that a message brings along. */
export function namesOf(judged: Judged): { source?: string; kind?: string } {
  const name = findName(judged);
  if (name) return name;
  return judged.is === 'misplaced' ? { source: judged.source } : {};
}

/** Pure. Where the rules of its type fail on an event, it is refused. */
export function toEntry(candidate: Candidate, numbers: NameNumbers, context: BodyContext): Entry {
  const { judged } = candidate;
  const { source, kind } = namesOf(judged);
  const number = source === undefined ? 0 : getNumber(numbers.sources, source);
  const name = findName(judged);
  if (!name || kind === undefined) return { candidate, source: number };
  const key = {
    source: number,
    kind: getNumber(numbers.kinds, kind),
    reference: name.reference,
    revision: name.revision,
  };
  if (judged.is !== 'event') return { candidate, source: number, key };
  try {
    return { candidate, source: number, key, body: toBody(judged.event, context) };
  } catch {
    // The rules are pure: what fails here fails for this content every time. The error may quote it, so only the code is kept.
    return { candidate: refuse(candidate, 'event.fold'), source: number, key };
  }
}

/** The same message with the verdict dead. */
export function refuse(
  candidate: Candidate,
  code: string,
  detail?: { sqlstate: string; constraint?: string },
): Candidate {
  const { judged } = candidate;
  if (judged.is !== 'event' && judged.is !== 'refused') return candidate;
  const { digest, mapping } = judged.is === 'event' ? judged.event : judged;
  const name = findName(judged);
  return name ? { ...candidate, judged: { is: 'refused', name, digest, mapping, code, detail } } : candidate;
}

function findName(judged: Judged): EventName | undefined {
  switch (judged.is) {
    case 'event': {
      const { source, kind, reference, revision } = judged.event;
      return { source, kind, reference, revision };
    }
    case 'refused':
    case 'waiting':
      return judged.name;
    case 'misplaced':
    case 'unreadable':
      return undefined;
  }
}

function getNumber(numbers: ReadonlyMap<string, number>, name: string): number {
  const number = numbers.get(name);
  if (number === undefined) throw new Error(`${name} has no number`);
  return number;
}
