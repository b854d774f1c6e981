import { brokerKilled } from './broker-killed.fault.js';
import { databaseKilled } from './database-killed.fault.js';
import type { Fault } from './fault.js';
import { killedBeforeResolve } from './killed-before-resolve.fault.js';

/** The faults of every check. */
export const DEFAULT_FAULTS: readonly Fault[] = [brokerKilled, killedBeforeResolve, databaseKilled];
