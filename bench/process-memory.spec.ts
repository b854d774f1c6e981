import { describe, expect, it } from '@jest/globals';
import { parseStatus } from './process-memory.js';

const status = `Name:\tnode
VmPeak:\t 1200000 kB
VmHWM:\t  230000 kB
VmRSS:\t  180000 kB
Threads:\t11
`;

describe('the memory of a process', () => {
  it('is its highest and its present resident size in bytes', () => {
    expect(parseStatus(status)).toEqual({ peak: 230_000 * 1_024, now: 180_000 * 1_024 });
  });

  it('is not guessed where the system does not tell it', () => {
    expect(() => parseStatus('Name:\tnode\n')).toThrow('/proc does not tell VmHWM');
  });
});
