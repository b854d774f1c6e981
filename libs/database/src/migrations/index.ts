import type { MigrationInterface } from 'typeorm';
import { Registry0000000000001 } from './0001-registry.js';
import { Access0000000000002 } from './0002-access.js';
import { DeadLetters0000000000003 } from './0003-dead-letters.js';
import { LogControl0000000000004 } from './0004-log-control.js';
import { Rebuild0000000000005 } from './0005-rebuild.js';

/** All migrations in order; the number at the end of a name is its version. */
export const MIGRATIONS: (new () => MigrationInterface)[] = [
  Registry0000000000001,
  Access0000000000002,
  DeadLetters0000000000003,
  LogControl0000000000004,
  Rebuild0000000000005,
];
