import type { ServerFacts } from './server-facts.store.js';

/** The words that let the registry start with NODE_ENV=production on a database without a WAL archive. */
export const UNARCHIVED_CONSENT = 'I know that the database has no archive';

/** Throws in production where the WAL goes to no second place, or never arrived there. A failure after a success is an alarm only. */
export function assertArchived(facts: ServerFacts, at: { production: boolean; consent: string | undefined }): void {
  if (!at.production || at.consent === UNARCHIVED_CONSENT || hasArchive(facts)) return;
  throw new Error(
    `The database keeps its WAL in no second place (archive_mode is ${facts.archiveMode}, nothing was archived): set up an archive, or DATABASE_WITHOUT_ARCHIVE='${UNARCHIVED_CONSENT}'`,
  );
}

/** A new server that has had nothing to archive yet is no fault. */
export const hasArchive = ({ archiveMode, archived, archiveFailed }: ServerFacts): boolean =>
  archiveMode !== 'off' && (archived !== null || archiveFailed === null);
