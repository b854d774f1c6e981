/** What is known of one revision of a statement. */
export interface Revision {
  revision: number;
  /** base64url; null while it waits. */
  digest: string | null;
  mapping: number;
  verdict: 'applied' | 'dead' | 'waiting';
  /** ms; with batch and place the address of the body. */
  appendedAt: number;
  batch: string;
  place: number | null;
}

/** All revisions of one statement, by revision. */
export type Ledger = ReadonlyMap<number, Revision>;

export type Outcome = 'applied' | 'duplicate' | 'repaired' | 'conflict' | 'dead' | 'waiting';

/** One message as far as its statement is concerned. */
export interface Statement {
  is: 'event' | 'refused' | 'waiting';
  revision: number;
  digest: string | null;
  mapping: number;
  appendedAt: number;
  /** It is the message that holds the waiting claim on this revision, back with what it lacked. */
  holdsClaim?: boolean;
  /** It died once and is judged again: where the ledger calls this very content dead, it may live. */
  isTriedAgain?: boolean;
}

/** Where the body goes if there is to be one. */
export interface Slot {
  batch: string;
  place: number;
}

export interface Settled {
  outcome: Outcome;
  /** Of a waiting message: it waits for an earlier one of its id, not for what it lacks itself. */
  isBehind?: boolean;
}

/**
 * The verdict on one message, written into `ledger`. The first content of an id is admitted, here and nowhere else; only this step depends
 * on the order of arrival.
 */
export function settle(ledger: Map<number, Revision>, statement: Statement, slot: Slot): Settled {
  const held = ledger.get(statement.revision);
  if (held?.verdict === 'waiting' && !statement.holdsClaim)
    return { outcome: 'waiting', isBehind: statement.is !== 'waiting' };
  const isFirst = held === undefined || held.verdict === 'waiting';
  const outcome = isFirst ? verdictOf(statement) : compare(held, statement);
  if (isFirst || isMade(held, outcome, statement.mapping)) ledger.set(statement.revision, admit(statement, slot));
  return { outcome };
}

/** A message of an id whose content is known. Sealed, it cannot be compared yet. */
function compare(held: Revision, statement: Statement): Outcome {
  if (statement.is === 'waiting') return 'waiting';
  if (held.digest !== statement.digest) return 'conflict';
  if (statement.isTriedAgain && held.verdict === 'dead') return tryAgain(held, statement);
  if (statement.mapping <= held.mapping) return 'duplicate';
  return statement.is === 'event' ? 'repaired' : 'dead';
}

/** A translation that was replaced since says nothing any more: the later one decides. */
const tryAgain = (held: Revision, { is, mapping }: Statement): Outcome =>
  is === 'event' && mapping >= held.mapping ? 'applied' : 'dead';

/** Whether the outcome is a new verdict on a known revision. A dead one stays as it is until something of it is applied. */
function isMade({ verdict, mapping }: Revision, outcome: Outcome, by: number): boolean {
  if (outcome === 'dead') return verdict !== 'dead' || by > mapping;
  return outcome === 'repaired' || outcome === 'applied';
}

function admit(statement: Statement, { batch, place }: Slot): Revision {
  const { revision, mapping, appendedAt } = statement;
  const verdict = verdictOf(statement);
  const digest = verdict === 'waiting' ? null : statement.digest;
  return { revision, digest, mapping, verdict, appendedAt, batch, place: verdict === 'applied' ? place : null };
}

function verdictOf({ is }: Statement): Revision['verdict'] {
  switch (is) {
    case 'event':
      return 'applied';
    case 'refused':
      return 'dead';
    case 'waiting':
      return 'waiting';
  }
}

/** The revision that counts: the highest applied one. Its body may still be a withdrawal. */
export function countingOf(ledger: Ledger): Revision | undefined {
  let counting: Revision | undefined;
  for (const revision of ledger.values()) {
    if (revision.verdict === 'applied' && revision.revision >= (counting?.revision ?? 0)) counting = revision;
  }
  return counting;
}

/** The revision that stands in `statement`; the others stand in `statement_revision`. */
export function highestOf(ledger: Ledger): Revision | undefined {
  let highest: Revision | undefined;
  for (const revision of ledger.values()) if (revision.revision >= (highest?.revision ?? 0)) highest = revision;
  return highest;
}

export function isSameBody(a: BodyOfRevision | undefined, b: BodyOfRevision | undefined): boolean {
  if (!a || !b) return a === b;
  return a.batch === b.batch && a.place === b.place && a.revision === b.revision;
}

type BodyOfRevision = Pick<Revision, 'batch' | 'place' | 'revision'>;
