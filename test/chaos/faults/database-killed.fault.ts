import { readFileSync } from 'node:fs';
import { signal } from '../../../tools/local/guarded.mjs';
import type { Fault } from './fault.js';

/** kill -9 of the postmaster and of every backend. */
export const databaseKilled: Fault = {
  name: 'F25 PostgreSQL killed with all backends',
  targetMs: 10_000,
  async inject({ stack }) {
    const { pid } = stack.postgres;
    const backends = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    const dying = stack.postgres.kill9();
    for (const backend of backends.filter(Boolean)) signal(Number(backend), 'SIGKILL');
    await dying;
  },
};
