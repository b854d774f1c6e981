import type { MigrationInterface } from 'typeorm';
import { Registry0000000000001 } from './0001-registry.js';
import { Access0000000000002 } from './0002-access.js';
import { DeadLetters0000000000003 } from './0003-dead-letters.js';
import { LogControl0000000000004 } from './0004-log-control.js';
import { Rebuild0000000000005 } from './0005-rebuild.js';
import { Growth0000000000006 } from './0006-growth.js';
import { CompactRecords0000000000007 } from './0007-compact-records.js';

/**
 * A migration may say which builds still run on the database that it leaves: the least schema version that they need. One that only adds
 * says that of the release before; one that takes away or changes what older builds use says nothing, and is for its own build alone.
 */
export type Migration = (new () => MigrationInterface) & { readonly oldestBuild?: number };

/** All migrations in order; the number at the end of a name is its version. */
export const MIGRATIONS: readonly Migration[] = [
  Registry0000000000001,
  Access0000000000002,
  DeadLetters0000000000003,
  LogControl0000000000004,
  Rebuild0000000000005,
  Growth0000000000006,
  CompactRecords0000000000007,
];

export const versionOf = ({ name }: Migration): number => Number(name.slice(-13));
