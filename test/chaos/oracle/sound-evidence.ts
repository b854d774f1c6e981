import { digestOf } from './canonical-json.js';
import type { Answer, Attempt, Evidence, Letter, Place, Revision, Seen } from './evidence.js';
import { foldAll } from './fold.js';

const source = 'chaos-health';
const topic = 'simpul.health.events.v1';
const recordIdKey = Buffer.alloc(32, 7);

const told = (reference: string, revision: number, weightKg: number, more: object = {}) => {
  const child = {
    identifiers: [{ system: 'https://fhir.kemkes.go.id/id/nik', value: '3174095208209001' }],
    name: 'CONTOH',
    birthDate: '2020-08-12',
  };
  const message = {
    reference,
    revision,
    measuredAt: `2025-0${revision + 1}-03T08:00:00+07:00`,
    child,
    weightKg,
    ...more,
  };
  return { message, id: `growth-measurement/${reference}/${revision}`, digest: digestOf(message) };
};

/**
 * A small history in which all is well: a statement and its correction, one taken back, a conflict, a refusal, a repeat
 * within a request, and a message whose answer was lost. The invariants find nothing in it.
 */
export function soundEvidence(): Evidence {
  const first = told('a', 0, 9);
  const corrected = told('a', 1, 9.5);
  const other = told('b', 0, 11);
  const contradicted = told('b', 0, 12);
  const taken = told('c', 2, 8, { withdrawn: true });
  const refused = told('d', 0, 900);
  const lost = told('e', 0, 10);
  const sent = [first, corrected, other, other, contradicted, taken, refused, lost];
  const attempts = sent.map(({ id, digest }, index): Attempt => ({
    run: 'f0-1',
    request: 1,
    index,
    source,
    id,
    digest,
  }));
  const place = (offset: number): Place => ({ topic, partition: 0, offset: String(offset) });
  // Offset of each message in the log; -1: it has none.
  const offsets = [0, 1, 2, -1, 3, 4, -1, 5];
  const statuses = ['accepted', 'accepted', 'accepted', 'duplicate', 'accepted', 'accepted', 'rejected', 'lost'];
  const seen = attempts.flatMap((attempt, index): Seen[] => {
    const invoke: Seen = { ...attempt, at: 1, is: 'invoke' };
    if (statuses[index] === 'lost') return [invoke, { ...attempt, at: 2, is: 'unknown', why: 'TimeoutError' }];
    if (statuses[index] === 'rejected') return [invoke, { ...attempt, at: 2, is: 'fail' }];
    const offset = offsets[index] ?? -1;
    return [invoke, { ...attempt, at: 2, is: 'ok', ...(offset >= 0 && { place: place(offset) }) }];
  });
  const items = attempts.slice(0, 7).map(({ index, id, digest }) => {
    const receipt = Buffer.from(JSON.stringify([id, digest, topic, 0, String(offsets[index])])).toString('base64url');
    const status = statuses[index] ?? '';
    return { index, id, status, ...(status === 'accepted' && { receipt }) };
  });
  const answer: Answer = {
    request: 1,
    form: 'array',
    source,
    status: 202,
    sent: sent.slice(0, 7).map(({ id, digest }) => ({ id, digest })),
    items,
    counts: { accepted: 5, duplicate: 1, rejected: 1, retry: 0 },
  };
  const revisions = [first, corrected, other, taken, lost].map(({ id, digest }, index): Revision => {
    const [kind = '', reference = '', revision = ''] = id.split('/');
    return {
      source,
      kind,
      reference,
      revision: Number(revision),
      digest,
      verdict: 'applied',
      batch: '1',
      place: index,
    };
  });
  const letter: Letter = {
    ...place(3),
    state: 'dead',
    code: 'event.conflict',
    source,
    id: contradicted.id,
    digest: contradicted.digest,
  };
  const contents = new Map(
    sent.map(({ id, digest, message }) => [`${source} ${id} ${digest}`, { kind: 'growth-measurement', message }]),
  );
  const records = [...foldAll(revisions, contents, recordIdKey)].map(([id, record]) => ({ id, ...record }));
  return {
    seen,
    answers: [answer],
    contents,
    log: [{ topic: 'simpul.health.events.v1', partition: 0, offset: '0', key: Buffer.from('foobar') }],
    partitions: new Map([['simpul.health.events.v1', 3]]),
    planted: [],
    recordIdKey,
    ledger: {
      revisions,
      bodies: revisions.map(({ reference, revision, kind, batch, place: at }) => ({
        batch,
        place: at ?? -1,
        source,
        id: `${kind}/${reference}/${revision}`,
        replaced: false,
        repair: false,
      })),
      feed: [{ first: 1, count: 5, batch: '1' }],
      feedHead: 5,
      positions: [{ generation: 1, topic, partition: 0, first: 0n, next: 6n }],
      counters: [
        {
          generation: 1,
          topic,
          partition: 0,
          source,
          applied: 5,
          duplicate: 0,
          repaired: 0,
          conflict: 1,
          dead: 0,
          waiting: 0,
        },
      ],
      letters: [letter],
      records,
    },
  };
}
