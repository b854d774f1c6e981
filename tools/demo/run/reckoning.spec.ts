import { describe, expect, it } from '@jest/globals';
import { type Balance, judge } from './reckoning.js';
import type { Accepted } from './sending.js';

const acceptedAs = (id: string, quality: Accepted['quality'], status: string): Accepted => ({
  source: 'puskesmas-tanjung-barat',
  id,
  quality,
  receipt: `receipt of ${id}`,
  verdict: { status },
});

const fine = [
  acceptedAs('growth/1/0', 'good', 'applied'),
  acceptedAs('growth/2/0', 'good', 'superseded'),
  acceptedAs('growth/3/0', 'good', 'duplicate'),
  acceptedAs('growth/4/0', 'conflict', 'conflict'),
];

const balanceUpTo = (nextOffset: string): Balance => ({
  partitions: [
    {
      topic: 'simpul.health.events.v1',
      partition: 3,
      firstOffset: '5',
      nextOffset,
      sources: {
        'puskesmas-tanjung-barat': {
          applied: '1',
          duplicate: '1',
          repaired: '0',
          conflict: '1',
          dead: '0',
          waiting: '0',
        },
        '(unreadable)': { applied: '0', duplicate: '0', repaired: '0', conflict: '0', dead: '1', waiting: '0' },
      },
    },
  ],
});
const holds = balanceUpTo('9');

describe('the judgement of a demonstration', () => {
  it('is good when every id has its verdict, the equation holds and nothing good is dead', () => {
    expect(judge(fine, holds, [])).toEqual({
      ok: true,
      verdicts: { 'puskesmas-tanjung-barat': { applied: 1, superseded: 1, duplicate: 1, conflict: 1 } },
      wrong: [],
    });
  });

  it.each(['good', 'conflict'] as const)('is bad when one accepted id that is %s has no verdict', (quality) => {
    const { verdict: _none, ...open } = acceptedAs('growth/5/0', quality, 'pending');
    const { ok, wrong } = judge([...fine, open], holds, []);
    expect({ ok, wrong }).toEqual({ ok: false, wrong: ['puskesmas-tanjung-barat growth/5/0 has no verdict'] });
  });

  it.each([
    ['8', 'moved by 3 and counts 4'],
    ['10', 'moved by 5 and counts 4'],
  ])('is bad when the position of a partition is %s', (nextOffset, words) => {
    const { ok, wrong } = judge(fine, balanceUpTo(nextOffset), []);
    expect({ ok, wrong }).toEqual({ ok: false, wrong: [`simpul.health.events.v1 partition 3 ${words}`] });
  });

  it('is bad when the registry shows no partition at all', () => {
    expect(judge(fine, { partitions: [] }, []).ok).toBe(false);
  });

  it.each(['dead', 'conflict', 'waiting'])('is bad when a good message is %s', (status) => {
    const { ok, wrong } = judge([...fine, acceptedAs('growth/6/0', 'good', status)], holds, []);
    expect({ ok, wrong }).toEqual({ ok: false, wrong: [`puskesmas-tanjung-barat growth/6/0 is ${status}`] });
  });

  it('is bad when other content under a used id was applied', () => {
    expect(judge([...fine, acceptedAs('growth/7/0', 'conflict', 'applied')], holds, []).ok).toBe(false);
  });

  it('is bad when the door took what is broken, or refused what is good', () => {
    expect(judge(fine, holds, ['growth/8/0 accepted']).ok).toBe(false);
  });
});
