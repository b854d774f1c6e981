import { describe, expect, it } from '@jest/globals';
import type { Evidence } from './evidence.js';
import { soundEvidence } from './sound-evidence.js';
import { type Found, type Loss, triage } from './triage.js';

const evidence = soundEvidence();
const sent = evidence.seen.find(({ is }) => is === 'ok');
if (!sent) throw new RangeError('nothing was acknowledged');
const key = `${sent.source} ${sent.id} ${sent.digest}`;
const copy: Found = { topic: 'simpul.health.events.v1', partition: 0, offset: '0', key };

const at = (next: bigint, bodies: Evidence['ledger']['bodies']): Evidence => ({
  ...evidence,
  ledger: {
    ...evidence.ledger,
    bodies,
    positions: [{ generation: 1, topic: copy.topic, partition: 0, first: 0n, next }],
  },
});

const cases: [Loss, Evidence, Found[]][] = [
  ['not sent', { ...evidence, seen: [] }, []],
  ['lost in the broker', evidence, []],
  ['lost in the adapter', { ...evidence, seen: [{ ...sent, is: 'ok', place: undefined }] }, []],
  ['not read yet', at(0n, []), [copy]],
  ['skipped by the consumer', at(1n, []), [copy]],
  ['lost in the database', at(1n, evidence.ledger.bodies), [copy]],
];

describe('an acknowledged event that is nowhere', () => {
  it.each(cases)('was %s', (loss, where, log) => {
    expect(triage({ invariant: 'I1', what: '', key }, where, log)).toBe(loss);
  });
});
