import { createCursorSigner, type CursorSigner, type PageFilter } from './cursor.js';
import { cutPage, type PageRequest, type Query, readPage } from './page.js';

/** Reads and writes the cursors of this installation's listings. */
export class Cursors {
  private readonly signer: CursorSigner;

  constructor(key: Buffer) {
    this.signer = createCursorSigner(key);
  }

  /** Throws the 400 problem for a bad limit, and for a cursor that is not of this listing. */
  read(query: Query, filter: PageFilter): PageRequest {
    return readPage(query, filter, this.signer);
  }

  /** The page out of `limit + 1` rows, with the cursor of the next one if there are more. */
  cut<T>(
    rows: readonly T[],
    page: PageRequest,
    filter: PageFilter,
    keyOf: (row: T) => string[],
  ): { rows: T[]; next?: string } {
    const { rows: shown, last } = cutPage(rows, page.limit, keyOf);
    return { rows: shown, ...(last && { next: this.signer.write(filter, last) }) };
  }
}
