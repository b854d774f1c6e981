import type { BatchPlan, PlannedEntry } from './batch-plan.js';
import { BEHIND } from './dead-letter.store.js';
import type { DeadLetter } from './dead-letter.store.js';
import type { Judged } from './opened-event.js';

/** The messages of a plan that are not applied, as they go to the dead letters. Pure. */
export function toLetters(plan: BatchPlan): DeadLetter[] {
  return plan.entries.flatMap((planned) => {
    const code = findCode(planned);
    return code === undefined ? [] : [toLetter(planned, code)];
  });
}

/** Why a message is not applied; undefined where it is. */
export function findCode({ entry, outcome, isBehind }: PlannedEntry): string | undefined {
  if (outcome === 'conflict') return 'event.conflict';
  if (outcome !== 'waiting' && outcome !== 'dead') return undefined;
  const { judged } = entry.candidate;
  // A valid event never dies; it may wait for an earlier message of its id.
  return isBehind || judged.is === 'event' ? BEHIND : judged.code;
}

const PROVES_ID: ReadonlySet<Judged['is']> = new Set(['event', 'refused', 'waiting']);

function toLetter({ entry, outcome }: PlannedEntry, code: string): DeadLetter {
  const { candidate, key, source } = entry;
  const { offset, appendedAt, judged } = candidate;
  return {
    offset,
    appendedAt,
    key: candidate.key,
    value: candidate.value,
    state: outcome === 'waiting' ? 'waiting' : 'dead',
    code,
    detail: judged.is === 'refused' && outcome === 'dead' ? judged.detail : undefined,
    source,
    statement: PROVES_ID.has(judged.is) ? key : undefined,
    kid: judged.is === 'waiting' ? judged.kid : findKid(candidate.value),
    lacks: findLack(judged, code),
  };
}

/** Of a message that waits for something itself, not behind another one. */
const findLack = (judged: Judged, code: string): string | undefined =>
  judged.is === 'waiting' && judged.code === code ? judged.lacks : undefined;

const SEAL = /"data":"(?<header>[A-Za-z0-9_-]{1,2000})\./u;

/** The registry key that a message is sealed to, as far as it says so: that private key must outlive the letter. */
function findKid(value: Buffer | null): string | undefined {
  const header = SEAL.exec(value?.toString('latin1') ?? '')?.groups?.header;
  return header === undefined
    ? undefined
    : /"kid":"(?<kid>[A-Za-z0-9._:-]{1,64})"/u.exec(Buffer.from(header, 'base64url').toString('latin1'))?.groups?.kid;
}
