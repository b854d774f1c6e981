/**
 * Names a moment at which a process may die. Does nothing: the reliability tests put another module in this one's place
 * and die there (test/chaos/crash-point.mjs), so nothing that a request or a configuration says can end a process.
 */
export function crashPoint(_name: CrashPoint): void {}

export type CrashPoint =
  | 'adapter.before-send'
  | 'adapter.sent'
  | 'adapter.confirmed'
  | 'ingest.statements'
  | 'ingest.records'
  | 'ingest.folded'
  | 'ingest.bodies'
  | 'ingest.letters'
  | 'ingest.feed'
  | 'ingest.counters'
  | 'ingest.position'
  | 'ingest.committed';
