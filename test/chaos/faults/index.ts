import { adapterFrozen } from './adapter-frozen.fault.js';
import { adapterKilled } from './adapter-killed.fault.js';
import { adapterStopped } from './adapter-stopped.fault.js';
import { allKilled } from './all-killed.fault.js';
import { backupRestored } from './backup-restored.fault.js';
import { brokerKilled } from './broker-killed.fault.js';
import { brokerUnreachable } from './broker-unreachable.fault.js';
import { clientGone } from './client-gone.fault.js';
import { clockWrong } from './clock-wrong.fault.js';
import { connectionsExhausted } from './connections-exhausted.fault.js';
import { connectionsTerminated } from './connections-terminated.fault.js';
import { consumedTwice } from './consumed-twice.fault.js';
import { databaseDiskFull } from './database-disk-full.fault.js';
import { databaseKilled } from './database-killed.fault.js';
import { deadlocked } from './deadlocked.fault.js';
import { diskFull } from './disk-full.fault.js';
import { endlessBodies } from './endless-bodies.fault.js';
import type { Fault } from './fault.js';
import { leadersMoved } from './leaders-moved.fault.js';
import { lettersFlooded } from './letters-flooded.fault.js';
import { killedBeforeResolve } from './killed-before-resolve.fault.js';
import { killedInsideTransaction } from './killed-inside-transaction.fault.js';
import { logReplayed } from './log-replayed.fault.js';
import { logTruncated } from './log-truncated.fault.js';
import { membersComeAndGo } from './members-come-and-go.fault.js';
import { newerAdapter } from './newer-adapter.fault.js';
import { orderTakenBack } from './order-taken-back.fault.js';
import { ownerFrozen } from './owner-frozen.fault.js';
import { poison } from './poison.fault.js';
import { repeatedAndContradicted } from './repeated-and-contradicted.fault.js';
import { retentionPassed } from './retention-passed.fault.js';
import { shuffledAndDoubled } from './shuffled-and-doubled.fault.js';
import { slowClients } from './slow-clients.fault.js';
import { brokerSlow, databaseSlow } from './slow-network.fault.js';
import { leaderAlone, oneOfThreeBrokers, twoOfThreeBrokers } from './three-brokers.fault.js';
import { topicRecreated } from './topic-recreated.fault.js';

/** The faults of every check. */
export const DEFAULT_FAULTS: readonly Fault[] = [
  adapterKilled,
  adapterStopped,
  repeatedAndContradicted,
  brokerKilled,
  killedBeforeResolve,
  killedInsideTransaction,
  ownerFrozen,
  databaseKilled,
  connectionsTerminated,
  poison,
  shuffledAndDoubled,
  allKilled,
];

/** Those that only the deep tier adds. */
export const DEEP_FAULTS: readonly Fault[] = [
  adapterFrozen,
  slowClients,
  endlessBodies,
  clientGone,
  brokerUnreachable,
  brokerSlow,
  membersComeAndGo,
  consumedTwice,
  connectionsExhausted,
  databaseSlow,
  deadlocked,
  clockWrong,
  lettersFlooded,
  databaseDiskFull,
  newerAdapter,
  backupRestored,
  logReplayed,
  diskFull,
  topicRecreated,
  logTruncated,
  retentionPassed,
  oneOfThreeBrokers,
  leaderAlone,
  leadersMoved,
  twoOfThreeBrokers,
  orderTakenBack,
];
