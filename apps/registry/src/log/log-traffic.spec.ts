import { describe, expect, it } from '@jest/globals';
import { type Sample, trafficAt, TrafficHistory } from './log-traffic.js';

const look = (at: number, next: number, high: number, more: Partial<Sample> = {}): Sample => {
  return {
    at: at * 1000,
    generation: 1,
    low: 0n,
    next: BigInt(next),
    high: BigInt(high),
    appendedAt: undefined,
    ...more,
  };
};

function trafficOf(...looks: Sample[]) {
  const history = new TrafficHistory();
  for (const one of looks) history.add(one);
  return history.traffic();
}

describe('traffic of a partition', () => {
  it('says when nothing will be left, from what was applied less what arrived', () => {
    expect(trafficOf(look(0, 0, 900), look(10, 100, 950))).toMatchObject({
      lag: 850n,
      perSecond: 10,
      drainSeconds: 170,
    });
  });

  it('predicts nothing while the lag does not get less, and 0 where there is none', () => {
    expect(trafficOf(look(0, 0, 100), look(10, 10, 110))?.drainSeconds).toBeUndefined();
    expect(trafficOf(look(0, 0, 100), look(10, 0, 100))?.drainSeconds).toBeUndefined();
    expect(trafficOf(look(0, 5, 5), look(10, 9, 9))).toMatchObject({ lag: 0n, lagSeconds: 0, drainSeconds: 0 });
  });

  it('ages the lag from the last applied message, but never before the last moment without one', () => {
    expect(trafficOf(look(100, 5, 9, { appendedAt: 40_000 }))?.lagSeconds).toBe(60);
    expect(trafficOf(look(90, 5, 5, { appendedAt: 40_000 }), look(100, 5, 9, { appendedAt: 40_000 }))?.lagSeconds).toBe(
      10,
    );
    const long = Array.from({ length: 20 }, (_, n) => look(100 + n * 10, 5, 9, { appendedAt: 40_000 }));
    expect(trafficOf(look(90, 5, 5), ...long)?.lagSeconds).toBe(200);
  });

  it('counts as read what was read since the look', () => {
    const seen = trafficOf(look(0, 0, 100), look(10, 10, 100));
    expect(seen && trafficAt(60n, seen).lag).toBe(40n);
    expect(seen && trafficAt(100n, seen)).toMatchObject({ lag: 0n, lagSeconds: 0, drainSeconds: 0 });
    expect(seen && trafficAt(130n, seen).lag).toBe(0n);
  });

  it('measures the last minute of one generation only', () => {
    expect(trafficOf(look(0, 0, 500), look(100, 400, 500), look(110, 420, 500))?.perSecond).toBe(2);
    expect(trafficOf(look(0, 400, 500), look(10, 20, 500, { generation: 2 }))?.perSecond).toBeUndefined();
  });
});
