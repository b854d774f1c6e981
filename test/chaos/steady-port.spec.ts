import { expect, it } from '@jest/globals';
import { steadyPort } from './steady-port.js';

it('gives no port a second time, though nobody listens there yet', async () => {
  // Of 15,000 numbers, 600 drawn blindly would all differ once in some hundred thousand tries.
  const ports = new Set<number>();
  for (let n = 0; n < 600; n++) ports.add(await steadyPort());
  expect(ports.size).toBe(600);
});
