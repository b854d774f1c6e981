import type { Check } from './check.js';
import { diskCheck } from './disk.check.js';
import { archiveCheck, durabilityChecks } from './server.checks.js';
import type { ServerFacts } from './server-facts.store.js';

/** The checks that can turn while a process runs. An archive that is knowingly not there is not asked for. */
export async function runningChecks(
  facts: ServerFacts,
  { folders, wantsArchive }: { folders: readonly string[]; wantsArchive: boolean },
): Promise<Check[]> {
  const archive = wantsArchive || facts.archiveMode !== 'off' ? [archiveCheck(facts)] : [];
  return [...durabilityChecks(facts), ...archive, ...(await Promise.all(folders.map((folder) => diskCheck(folder))))];
}
