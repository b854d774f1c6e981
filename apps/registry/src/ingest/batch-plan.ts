import type { Entry } from './batch-entry.js';
import type { BodyAddress, NewBody } from './service-event.store.js';
import { countingOf, isSameBody, settle } from './settle.js';
import type { Ledger, Outcome, Revision, Statement } from './settle.js';
import { keyText } from './statement.store.js';
import type { LedgerChange, StatementKey } from './statement.store.js';

type KeyedEntry = Entry & { key: NonNullable<Entry['key']> };

const isKeyed = (entry: Entry): entry is KeyedEntry => entry.key !== undefined;

const NO_REVISIONS: Ledger = new Map();

export interface PlannedEntry {
  entry: Entry;
  outcome: Outcome;
  /** Waits for an earlier message of its id. */
  isBehind: boolean;
}

/** All that follows from the messages of a batch for their statements. */
export interface BatchPlan {
  entries: PlannedEntry[];
  bodies: NewBody[];
  /** Statements whose revisions changed. */
  changes: LedgerChange[];
  /** Stored bodies that no longer count, or count again: what they touch is folded anew. */
  turned: BodyAddress[];
  /** Bodies that were replaced, also of this batch. */
  replaced: BodyAddress[];
  /** Revisions that were dead and are good now. */
  healed: (StatementKey & { revision: number })[];
  /** Of this batch's bodies those whose claims count. */
  counting: NewBody[];
}

export interface PlanContext {
  batch: string;
  partition: number;
  /** Release only: whether this waiting message is the first of all that wait under its id. */
  isFirstWaiting?: (entry: Entry) => boolean;
  /** Release only: told that a message waits no more; true when none waits under its id any longer. */
  leaveWaiting?: (entry: Entry) => boolean;
}

/** Pure, given the ledgers as they stand. Messages are taken in the order of the log; bodies get dense places. */
export function planBatch(
  entries: readonly Entry[],
  before: ReadonlyMap<string, Ledger>,
  context: PlanContext,
): BatchPlan {
  const plan: BatchPlan = { entries: [], bodies: [], changes: [], turned: [], replaced: [], healed: [], counting: [] };
  const after = new Map<string, { key: StatementKey; ledger: Map<number, Revision> }>();
  for (const entry of entries) {
    if (!isKeyed(entry)) {
      plan.entries.push({ entry, outcome: 'dead', isBehind: false });
      continue;
    }
    const { key } = entry;
    const text = keyText(key);
    const held = after.get(text) ?? { key, ledger: new Map(before.get(text)) };
    after.set(text, held);
    planEntry(entry, held.ledger, plan, context);
  }
  for (const [text, { key, ledger }] of after)
    planStatement({ key, before: before.get(text) ?? NO_REVISIONS, after: ledger }, plan, context);
  plan.counting = plan.bodies.filter(
    (body) => !body.body.event.withdrawn && isCounting(body, after.get(keyText(body.key))?.ledger),
  );
  return plan;
}

function planEntry(entry: KeyedEntry, ledger: Map<number, Revision>, plan: BatchPlan, context: PlanContext): void {
  const held = ledger.get(entry.key.revision);
  const statement = toStatement(entry, context);
  if (!statement) return planStranger(entry, ledger, plan, context);
  const slot = { batch: context.batch, place: plan.bodies.length };
  const { outcome, isBehind = false } = settle(ledger, statement, slot);
  plan.entries.push({ entry, outcome, isBehind });
  if (outcome !== 'waiting') context.leaveWaiting?.(entry);
  if (held && held !== ledger.get(entry.key.revision)) planReplacement(held, entry, outcome, plan);
  if (hasBody(outcome)) planBody(entry, outcome, plan, context);
}

const hasBody = (outcome: Outcome): boolean => outcome === 'applied' || outcome === 'repaired';

/** The last message that waited under an id, and was not of that id at all, takes the claim with it. */
function planStranger(entry: KeyedEntry, ledger: Map<number, Revision>, plan: BatchPlan, context: PlanContext): void {
  const isLast = context.leaveWaiting?.(entry) ?? false;
  if (isLast && ledger.get(entry.key.revision)?.verdict === 'waiting') ledger.delete(entry.key.revision);
  plan.entries.push({ entry, outcome: 'dead', isBehind: false });
}

function planReplacement(held: Revision, { key }: KeyedEntry, outcome: Outcome, plan: BatchPlan): void {
  if (held.place !== null) plan.replaced.push({ ...held, place: held.place });
  if (hasBody(outcome) && held.verdict === 'dead') plan.healed.push(key);
}

function planBody({ key, body, candidate }: KeyedEntry, outcome: Outcome, plan: BatchPlan, context: PlanContext): void {
  if (!body) throw new Error('An applied event without a body');
  const { appendedAt, offset } = candidate;
  const at = { appendedAt, batch: context.batch, place: plan.bodies.length, partition: context.partition, offset };
  plan.bodies.push({ ...at, key, body, isRepair: outcome === 'repaired' });
}

/** Undefined: in a release, a message that turned out to say nothing about its id. */
function toStatement(entry: KeyedEntry, context: PlanContext): Statement | undefined {
  const { judged, appendedAt } = entry.candidate;
  const { revision } = entry.key;
  const { isTriedAgain } = entry;
  const holdsClaim = context.isFirstWaiting?.(entry) ?? false;
  switch (judged.is) {
    case 'event':
      return {
        is: 'event',
        revision,
        digest: judged.event.digest,
        mapping: judged.event.mapping,
        appendedAt,
        holdsClaim,
        isTriedAgain,
      };
    case 'refused': {
      const { digest, mapping } = judged;
      return { is: 'refused', revision, digest, mapping, appendedAt, holdsClaim, isTriedAgain };
    }
    case 'waiting':
      return { is: 'waiting', revision, digest: null, mapping: 1, appendedAt };
    case 'misplaced':
    case 'unreadable':
      return undefined;
  }
}

function planStatement(change: LedgerChange, plan: BatchPlan, { batch }: PlanContext): void {
  if (!isUnchanged(change)) plan.changes.push(change);
  const [was, is] = [countingOf(change.before), countingOf(change.after)];
  if (isSameBody(was, is)) return;
  for (const revision of [was, is]) {
    if (revision && revision.batch !== batch && revision.place !== null)
      plan.turned.push({ ...revision, place: revision.place });
  }
}

const isUnchanged = ({ before, after }: LedgerChange): boolean =>
  before.size === after.size && [...after].every(([revision, row]) => before.get(revision) === row);

function isCounting({ batch, place, body }: NewBody, ledger: Ledger | undefined): boolean {
  const counting = ledger && countingOf(ledger);
  return counting?.batch === batch && counting.place === place && counting.revision === body.event.revision;
}
