import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { CpuMeter, parseStat } from './process-cpu.js';

describe('the CPU time of a process', () => {
  it('is read behind a name that may hold anything', () => {
    const stat = '4242 (post) gres: a) S 17 4242 4242 0 -1 4194560 10 20 0 0 150 50 30 20 20 0 1 0 1 2 3';
    expect(parseStat(stat)).toEqual({ parent: 17, own: 2_000_000, ended: 500_000 });
  });

  it('is not guessed where the system does not tell it', () => {
    expect(() => parseStat('4242 (node) S')).toThrow('/proc does not tell the CPU time');
  });

  it('counts a child that ended', () => {
    const meter = new CpuMeter({ here: process.pid });
    spawnSync(process.execPath, ['-e', 'while (process.cpuUsage().user < 200_000);']);
    expect(meter.perEvent(1)['here µs/event']).toBeGreaterThan(100_000);
  });
});
