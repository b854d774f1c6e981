import { adapterKilled } from './adapter-killed.fault.js';
import { adapterStopped } from './adapter-stopped.fault.js';
import { allKilled } from './all-killed.fault.js';
import { brokerKilled } from './broker-killed.fault.js';
import { brokerUnreachable } from './broker-unreachable.fault.js';
import { connectionsTerminated } from './connections-terminated.fault.js';
import { databaseKilled } from './database-killed.fault.js';
import type { Fault } from './fault.js';
import { killedBeforeResolve } from './killed-before-resolve.fault.js';
import { killedInsideTransaction } from './killed-inside-transaction.fault.js';
import { membersComeAndGo } from './members-come-and-go.fault.js';
import { ownerFrozen } from './owner-frozen.fault.js';
import { poison } from './poison.fault.js';
import { repeatedAndContradicted } from './repeated-and-contradicted.fault.js';
import { shuffledAndDoubled } from './shuffled-and-doubled.fault.js';

/** The faults of every check. */
export const DEFAULT_FAULTS: readonly Fault[] = [
  adapterKilled,
  adapterStopped,
  repeatedAndContradicted,
  brokerKilled,
  brokerUnreachable,
  killedBeforeResolve,
  killedInsideTransaction,
  membersComeAndGo,
  ownerFrozen,
  databaseKilled,
  connectionsTerminated,
  poison,
  shuffledAndDoubled,
  allKilled,
];
