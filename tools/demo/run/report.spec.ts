import { describe, expect, it } from '@jest/globals';
import { AGENCIES } from '../plan/agencies.js';
import type { PartitionBalance } from './reckoning.js';
import { balanceTable, verdictTable, verdictWords, whatToOpen } from './report.js';

const partition = (topic: string, number: number, nextOffset: string, applied: string): PartitionBalance => ({
  topic: `simpul.${topic}.events.v1`,
  partition: number,
  firstOffset: '0',
  nextOffset,
  sources: { any: { applied, duplicate: '0', repaired: '0', conflict: '0', dead: '0', waiting: '0' } },
});

const counts = { applied: 12_345, superseded: 10_000, duplicate: 10_000, conflict: 10_000, repaired: 10_000 };
const verdicts = Object.fromEntries(AGENCIES.map(({ source }) => [source, counts]));

describe('what the demonstration tells at the end', () => {
  it('shows the verdicts of each agency, and of all', () => {
    const lines = verdictTable({
      'dukcapil-jaksel': { applied: 61 },
      'forum-tanjung-barat': { applied: 1_700, conflict: 2 },
    });
    expect(lines.map((line) => line.replaceAll(/ +/gu, ' '))).toEqual([
      'Verdicts applied conflict',
      'dukcapil-jaksel 61 0',
      'forum-tanjung-barat 1,700 2',
      'all 1,761 2',
    ]);
  });

  it('shows how far the log of each topic was taken, and where it does not add up', () => {
    const partitions = [
      partition('civil', 0, '9', '9'),
      partition('civil', 2, '7', '6'),
      partition('health', 1, '4', '4'),
    ];
    expect(balanceTable({ partitions }).map((line) => line.replaceAll(/ +/gu, ' '))).toEqual([
      'Log, by partition 0 1 2',
      'civil 9 - 7≠6',
      'health - 4 -',
    ]);
  });

  it('sums up a day in words', () => {
    expect(verdictWords({ a: { applied: 2, conflict: 1 }, b: { applied: 3 } })).toBe('5 applied, 1 conflict');
  });

  it('fits a terminal of 80 columns', () => {
    const partitions = [0, 1, 2, 3, 4, 5].map((number) => partition('community', number, '99999', '99999'));
    const url = 'http://127.0.0.1:30000';
    const opening = whatToOpen({
      url,
      registryUrl: url,
      log: '.simpul/demo-1-a/hub.log',
      nik: '3174095708909001',
      pauseSeconds: 30,
    });
    const lines = [...verdictTable(verdicts), ...balanceTable({ partitions }), ...opening.split('\n')];
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });
});
