// Each invariant is a pure function of the evidence, and gives what contradicts it.
import { canonicalJson } from './canonical-json.js';
import type {
  Answer,
  AnsweredItem,
  Attempt,
  Body,
  Counter,
  Evidence,
  Letter,
  Miss,
  Place,
  RecordState,
  Revision,
} from './evidence.js';
import { type ExpectedRecord, foldAll } from './fold.js';
import { partitionOfKey } from './key-partition.js';

export type Invariant = (evidence: Evidence) => Miss[];

const keyOf = ({ source, id, digest }: Pick<Attempt, 'source' | 'id' | 'digest'>): string =>
  `${source} ${id} ${digest}`;
const placeOf = ({ topic, partition, offset }: Place): string => `${topic}/${partition}@${offset}`;
const idOf = ({ kind, reference, revision }: Revision): string => `${kind}/${reference}/${revision}`;
const revisionKey = (row: Revision): string => `${row.source} ${idOf(row)} ${row.digest}`;

const miss = (invariant: string, what: string, key?: string): Miss => ({
  invariant,
  what,
  ...(key !== undefined && { key }),
});

/** What was taken out of the stream of good events, by (source, id, digest). */
function quarantineOf({ ledger }: Evidence): Set<string> {
  return new Set(
    ledger.letters.flatMap(({ source, id, digest }) => (id && digest ? [`${source} ${id} ${digest}`] : [])),
  );
}

/** I1: acknowledged means kept. */
export const keptWhatWasAcknowledged: Invariant = (evidence) => {
  const ledger = new Set(evidence.ledger.revisions.map(revisionKey));
  const quarantine = quarantineOf(evidence);
  const acknowledged = new Set(evidence.seen.flatMap((seen) => (seen.is === 'ok' ? [keyOf(seen)] : [])));
  return [...acknowledged]
    .filter((key) => !ledger.has(key) && !quarantine.has(key))
    .map((key) => miss('I1', `acknowledged, and neither in the ledger nor in quarantine: ${key}`, key));
};

/** I2: nothing was invented, and nothing that was refused was kept. */
export const inventedNothing: Invariant = ({ seen, ledger, planted }) => {
  const [sent, perhaps, refused] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const each of seen) {
    if (each.is === 'invoke') sent.add(keyOf(each));
    else (each.is === 'fail' ? refused : perhaps).add(keyOf(each));
  }
  const strange = ledger.revisions.filter((row) => row.digest !== null && !sent.has(revisionKey(row)));
  const kept = ledger.revisions.filter((row) => refused.has(revisionKey(row)) && !perhaps.has(revisionKey(row)));
  const places = new Set(planted.map(placeOf));
  const letters = ledger.letters.filter(
    ({ source, id, digest, ...at }) =>
      !places.has(placeOf(at)) && !(id && digest && sent.has(`${source} ${id} ${digest}`)),
  );
  return [
    ...strange.map((row) => miss('I2', `in the ledger, but nobody sent it: ${revisionKey(row)}`, revisionKey(row))),
    ...kept.map((row) => miss('I2', `refused, and in the ledger: ${revisionKey(row)}`, revisionKey(row))),
    ...letters.map((letter) => miss('I2', `in quarantine, but nobody sent it: ${placeOf(letter)} ${letter.code}`)),
  ];
};

/** I3: one effect per event: one row, one body, one number in the feed; and the books agree with the log. */
export const oneEffectPerEvent: Invariant = (evidence) => [
  ...rowsAndBodies(evidence),
  ...feedNumbers(evidence),
  ...books(evidence),
];

function repeated(keys: readonly string[]): string[] {
  const seen = new Set<string>();
  return keys.filter((key) => seen.has(key) || !seen.add(key));
}

function rowsAndBodies({ ledger }: Evidence): Miss[] {
  const bodyKey = (source: string, id: string, batch: string, place: number | null): string =>
    `${source} ${id} at ${batch}/${place}`;
  const rows = ledger.revisions.map((row) => `${row.source} ${idOf(row)}`);
  const live = ledger.bodies.filter((body) => !body.replaced);
  const bodies = new Set(live.map(({ source, id, batch, place }) => bodyKey(source, id, batch, place)));
  const applied = ledger.revisions.filter(({ verdict }) => verdict === 'applied');
  const wanted = new Set(applied.map((row) => bodyKey(row.source, idOf(row), row.batch, row.place)));
  return [
    ...repeated(rows).map((key) => miss('I3', `two rows in the ledger: ${key}`)),
    ...repeated(live.map(({ source, id }) => `${source} ${id}`)).map((key) => miss('I3', `two bodies: ${key}`)),
    ...[...wanted].filter((key) => !bodies.has(key)).map((key) => miss('I3', `applied without a body: ${key}`)),
    ...[...bodies].filter((key) => !wanted.has(key)).map((key) => miss('I3', `a body that nothing names: ${key}`)),
  ];
}

function feedNumbers({ ledger: { feed, feedHead, bodies } }: Evidence): Miss[] {
  const misses: Miss[] = [];
  let next = 1;
  for (const { first, count, batch } of feed.toSorted((a, b) => a.first - b.first)) {
    if (first !== next) misses.push(miss('I3', `the feed goes on at ${first}, expected ${next} (batch ${batch})`));
    next = first + count;
  }
  if (next !== feedHead + 1) misses.push(miss('I3', `the feed's head is ${feedHead}, its batches end at ${next - 1}`));
  const held = Map.groupBy(bodies, ({ batch }) => batch);
  const counts = new Map(feed.map(({ batch, count }) => [batch, count]));
  const wrong = [...new Set([...held.keys(), ...counts.keys()])].filter(
    (batch) => !isNumbered(held.get(batch) ?? [], counts.get(batch) ?? 0),
  );
  return [
    ...misses,
    ...wrong.map((batch) => miss('I3', `batch ${batch}: its bodies are not those that the feed counts`)),
  ];
}

/** Whether the places are 0, 1, 2 … and as many as the feed has numbers. */
function isNumbered(bodies: readonly Body[], count: number): boolean {
  const places = bodies.map(({ place }) => place).toSorted((a, b) => a - b);
  return places.length === count && places.every((place, index) => place === index);
}

const sumOf = ({ applied, duplicate, repaired, conflict, dead, waiting }: Counter): number =>
  applied + duplicate + repaired + conflict + dead + waiting;

function books({ ledger }: Evidence): Miss[] {
  const misses = ledger.positions.flatMap(({ generation, topic, partition, first, next }) => {
    const own = ledger.counters.filter(
      (each) => each.generation === generation && each.topic === topic && each.partition === partition,
    );
    const sum = own.reduce((total, each) => total + sumOf(each), 0);
    const read = Number(next - first);
    return sum === read ? [] : [miss('I3', `${topic}/${partition}: ${read} messages read, ${sum} counted`)];
  });
  const applied = ledger.counters.reduce((total, each) => total + each.applied, 0);
  const bodies = ledger.bodies.filter(({ repair }) => !repair).length;
  if (applied !== bodies) misses.push(miss('I3', `${applied} counted as applied, ${bodies} bodies`));
  const conflicts = ledger.counters.reduce((total, each) => total + each.conflict, 0);
  const letters = ledger.letters.filter(({ code }) => code === 'event.conflict').length;
  if (conflicts !== letters) misses.push(miss('I3', `${conflicts} counted as conflicts, ${letters} letters`));
  return misses;
}

/** I4: the answer to a batch speaks of each of its items, once and truly. */
export const answeredItemByItem: Invariant = ({ answers }) => [
  ...answers.flatMap(checkAnswer),
  ...repeated(answers.flatMap(receiptPlaces)).map((place) => miss('I4', `two receipts for ${place}`)),
];

function readReceipt(receipt: string): { id: string; digest: string; place: string } {
  const [id, digest, topic, partition, offset] = JSON.parse(Buffer.from(receipt, 'base64url').toString()) as [
    id: string,
    digest: string,
    topic: string,
    partition: number,
    offset: string,
  ];
  return { id, digest, place: placeOf({ topic, partition, offset }) };
}

const receiptPlaces = ({ items, cuts = 0 }: Answer): string[] =>
  items.flatMap(({ receipt }) =>
    receipt === undefined ? [] : [`${readReceipt(receipt).place}${cuts > 0 ? ` after cut ${cuts}` : ''}`],
  );

function checkAnswer(answer: Answer): Miss[] {
  const { sent, items, request, form } = answer;
  const twice = repeated(items.map(({ index }) => String(index))).map((index) => `item ${index} is answered twice`);
  const wrong = [...twice, ...items.flatMap((item) => checkItem(item, sent[item.index])), ...checkSum(answer)];
  return wrong.map((what) => miss('I4', `request ${request} (${form}): ${what}`));
}

function checkItem({ index, id, status, receipt }: AnsweredItem, own: Answer['sent'][number] | undefined): string[] {
  if (!own) return [`item ${index} was never sent`];
  const wrong = id === undefined || id === own.id ? [] : [`item ${index} is ${own.id}, answered as ${id}`];
  if ((status === 'accepted') !== (receipt !== undefined))
    wrong.push(`item ${index}: ${status}, its receipt ${receipt}`);
  if (receipt === undefined) return wrong;
  const told = readReceipt(receipt);
  return told.id === own.id && told.digest === own.digest ? wrong : [...wrong, `item ${index} has another's receipt`];
}

function checkSum({ sent, items, counts }: Answer): string[] {
  if (!counts) return [];
  const wrong = Object.entries(counts).flatMap(([status, count]) => {
    const found = items.filter((item) => item.status === status).length;
    return found === count ? [] : [`${count} ${status} in the sum, ${found} among the items`];
  });
  return items.length === sent.length ? wrong : [...wrong, `${sent.length} sent, ${items.length} answered`];
}

/** I5: applied xor quarantined. */
export const neverInBoth: Invariant = (evidence) => {
  const quarantine = quarantineOf({
    ...evidence,
    ledger: { ...evidence.ledger, letters: evidence.ledger.letters.filter(isStill) },
  });
  return evidence.ledger.revisions
    .filter((row) => row.verdict === 'applied' && quarantine.has(revisionKey(row)))
    .map((row) => miss('I5', `applied and in quarantine: ${revisionKey(row)}`, revisionKey(row)));
};

const isStill = ({ state }: Letter): boolean => state !== 'repaired';

/** I6: what the records say is what the documented rules make of the ledger, whatever the order of arrival. */
export const stateIsTheFold: Invariant = ({ ledger, contents, recordIdKey }) => {
  const expected = foldAll(ledger.revisions, contents, recordIdKey);
  const actual = new Map(ledger.records.map((record) => [record.id, record]));
  const wrong = [...expected].flatMap(([id, record]) => compareRecord(id, record, actual.get(id)));
  const idle = ledger.records.filter(
    ({ id, folded }) => !expected.has(id) && (!folded || Object.keys(folded).length > 0),
  );
  return [...wrong, ...idle.map(({ id }) => `record ${id} of which nothing counts`)].map((what) => miss('I6', what));
};

function compareRecord(
  id: string,
  { kind, source, folded }: ExpectedRecord,
  actual: RecordState | undefined,
): string[] {
  const name = `record ${id} (${kind} of ${source})`;
  if (!actual) return [`no ${name}`];
  if (!actual.folded) return [`${name} cannot be opened`];
  return canonicalJson(actual.folded) === canonicalJson(folded)
    ? []
    : [`${name}: ${differences(folded, actual.folded)}`];
}

function differences(expected: Record<string, unknown>, actual: Record<string, unknown>): string {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(actual)])];
  const other = names.filter((name) => canonicalJson(expected[name] ?? null) !== canonicalJson(actual[name] ?? null));
  return `other ${other.join(', ')}`;
}

/** Every client puts a key where all others put it: one citizen is in one partition. */
export const keysInTheirPartitions: Invariant = ({ log, partitions, planted }) => {
  const ours = new Set(planted.map(placeOf));
  return log
    .filter(({ key, topic, partition }) => !key || partitionOfKey(key, partitions.get(topic) ?? 1) !== partition)
    .filter((message) => !ours.has(placeOf(message)))
    .map((message) => miss('keys', `not in the partition of its key: ${placeOf(message)}`));
};

export const INVARIANTS: readonly Invariant[] = [
  keptWhatWasAcknowledged,
  inventedNothing,
  oneEffectPerEvent,
  answeredItemByItem,
  neverInBoth,
  stateIsTheFold,
  keysInTheirPartitions,
];
