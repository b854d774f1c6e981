import { check, type Check } from './check.js';
import type { ServerFacts } from './server-facts.store.js';

const OLDEST_VERSION = 150_000;
const on = (value: string): boolean => value === 'on';
const set = (value: string): boolean => value !== '0';

/** What a commit is worth. */
export const durabilityChecks = (facts: ServerFacts): Check[] => [
  check('postgres.fsync', on(facts.fsync), facts.fsync, 'Set fsync=on: without it a power cut destroys the database'),
  check(
    'postgres.full-page-writes',
    on(facts.fullPageWrites),
    facts.fullPageWrites,
    'Set full_page_writes=on: without it a power cut may leave half-written pages',
  ),
  check(
    'postgres.synchronous-commit',
    facts.synchronousCommit !== 'off',
    facts.synchronousCommit,
    "Set synchronous_commit=on for the server, the database and the processes' role: an answer must not leave before its access entry is kept",
  ),
];

/** Has the WAL a second place, and does it arrive there? */
export function archiveCheck({ archiveMode, archived, archiveFailed }: ServerFacts): Check {
  const todo =
    'Keep the WAL in a second place (archive_mode=on with archive_command or archive_library), see "archive.failing" in docs/how-to/what-each-alarm-means.md';
  if (archiveMode === 'off') return check('postgres.archive', false, 'archive_mode is off', todo);
  const failing = archiveFailed !== null && (archived === null || archiveFailed > archived);
  const since = archived === null ? 'nothing archived yet' : `last archived ${archived.toISOString()}`;
  return check('postgres.archive', !failing, failing ? `failing, ${since}` : since, todo);
}

/** What else the server and the login must be. */
export const serverChecks = (facts: ServerFacts): Check[] => [
  check('postgres.version', facts.version >= OLDEST_VERSION, String(facts.version), 'Use PostgreSQL 15 or later'),
  check(
    'postgres.data-checksums',
    on(facts.dataChecksums),
    facts.dataChecksums,
    'Run pg_checksums --enable while the server is stopped: without checksums a bad disk goes unseen',
  ),
  timeoutCheck('postgres.statement-timeout', facts.statementTimeout),
  timeoutCheck('postgres.lock-timeout', facts.lockTimeout),
  timeoutCheck('postgres.idle-in-transaction-timeout', facts.idleInTransactionTimeout),
  check(
    'role.power',
    !facts.powerful,
    facts.powerful ? 'may rule the server' : 'ordinary',
    'Let processes log in as a role that is neither superuser nor makes roles or databases (DATABASE_URL)',
  ),
  check(
    'role.ddl',
    facts.ddl.length === 0,
    facts.ddl.length === 0 ? 'none' : `in ${facts.ddl.join(', ')}`,
    'Let processes log in as a role that owns no table (DATABASE_URL); npm run db:migrate gives it its grants',
  ),
];

const timeoutCheck = (name: string, value: string): Check =>
  check(
    name,
    set(value),
    value,
    'Let sessions keep the time-outs that the processes ask for: a connection pooler must pass "options" on',
  );

const MOST_SKEW_MS = 5_000;

/** `asked` and `answered`: this computer's clock around the question; what lies between is nobody's skew. */
export function clockCheck(name: string, theirs: number, asked: number, answered: number): Check {
  const skew = theirs < asked ? asked - theirs : Math.max(0, theirs - answered);
  return check(name, skew <= MOST_SKEW_MS, `${skew} ms apart`, 'Let both computers keep time by NTP');
}
