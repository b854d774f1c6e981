import type { KeyObject } from 'node:crypto';
import { NOTHING, readFolded, writeFolded } from './record.fold.js';
import type { Folded } from './record.fold.js';
import { openPart, sealPart } from './sealed-part.js';

/** The folded state as it lies in a record's row; null where nothing counts. */
export const openFolded = (key: KeyObject, id: string, sealed: Buffer | null): Folded =>
  sealed ? readFolded(openPart(key, [id, 'folded'], sealed)) : NOTHING;

export const sealFolded = (key: KeyObject, id: string, folded: Folded): Buffer | null =>
  Object.keys(folded).length === 0 ? null : sealPart(key, [id, 'folded'], writeFolded(folded));
