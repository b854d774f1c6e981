import type { PoolClient } from 'pg';
import { hashOfValue } from '@simpul/messaging';
import type { Entry } from './batch-entry.js';
import { findLetters } from './dead-letter.store.js';
import type { KnownLetter } from './dead-letter.store.js';
import type { LogPlace, LogPosition } from './log-position.store.js';
import type { Candidate } from './opened-event.js';
import { findLedgers, keyText } from './statement.store.js';

/** Letters that messages of the batch may be: those behind the position, and in a later generation any that was read before. */
export async function findKnownLetters(
  client: PoolClient,
  place: LogPlace,
  position: LogPosition,
  entries: readonly Entry[],
): Promise<KnownLetter[]> {
  const offsets = entries.map((entry) => entry.candidate.offset);
  const asked = place.generation > 1 ? offsets : offsets.filter((offset) => offset < position.next);
  return asked.length === 0 ? [] : await findLetters(client, place, asked);
}

export const isAt = (letter: KnownLetter, { candidate }: Pick<Entry, 'candidate'>): boolean =>
  letter.offset === candidate.offset && letter.hash.equals(hashOfValue(candidate.value));

/** The first message behind the position that neither the ledger nor the dead letters know. */
export async function findStranger(
  client: PoolClient,
  position: LogPosition,
  entries: readonly Entry[],
  letters: readonly KnownLetter[],
): Promise<bigint | undefined> {
  const behind = entries.filter((entry) => entry.candidate.offset < position.next);
  if (behind.length === 0) return undefined;
  const ledgers = await findLedgers(
    client,
    behind.flatMap(({ key }) => key ?? []),
  );
  const stranger = behind.find((entry) => {
    const { key, candidate } = entry;
    if (
      candidate.offset === position.next - 1n &&
      position.lastHash &&
      !position.lastHash.equals(hashOfValue(candidate.value))
    )
      return true;
    const known = key && ledgers.get(keyText(key))?.get(key.revision);
    return !letters.some((letter) => isAt(letter, entry)) && !(known && hasDigest(candidate, known.digest));
  });
  return stranger?.candidate.offset;
}

function hasDigest({ judged }: Candidate, digest: string | null): boolean {
  switch (judged.is) {
    case 'event':
      return judged.event.digest === digest;
    case 'refused':
      return judged.digest === digest;
    case 'waiting':
      // Still sealed to us: the id is all that can be compared.
      return true;
    case 'misplaced':
    case 'unreadable':
      return false;
  }
}
