import { createHmac, timingSafeEqual } from 'node:crypto';

import { canonicalJson } from '@simpul/contracts';

const MAC_BYTES = 16;

/** What decides the rows of a listing: route, caller, purpose, filters. A cursor made for one filter opens no other. */
export type PageFilter = Record<string, string | number | undefined>;

export interface CursorSigner {
  /** Opaque text that carries the last row's key. */
  write(filter: PageFilter, last: readonly string[]): string;
  /** The last row's key; undefined when the text was not written by this signer for this very filter. */
  read(filter: PageFilter, cursor: string): string[] | undefined;
}

/**
 * Cursors: base64url of a truncated HMAC-SHA-256 (16 bytes) over filter and key, then the key as JSON. The filter is
 * not carried, only signed: a changed filter fails like a changed byte.
 */
export function createCursorSigner(key: Buffer): CursorSigner {
  const seal = (filter: PageFilter, last: Buffer) =>
    createHmac('sha256', key)
      .update(canonicalJson(withoutUndefined(filter)))
      .update('\0')
      .update(last)
      .digest()
      .subarray(0, MAC_BYTES);
  return {
    write(filter, last) {
      const bytes = Buffer.from(JSON.stringify(last));
      return Buffer.concat([seal(filter, bytes), bytes]).toString('base64url');
    },
    read(filter, cursor) {
      const bytes = Buffer.from(cursor, 'base64url');
      // Node skips what is not base64url: only the one spelling that we wrote is ours.
      if (bytes.length <= MAC_BYTES || bytes.toString('base64url') !== cursor) return undefined;
      const last = bytes.subarray(MAC_BYTES);
      if (!timingSafeEqual(bytes.subarray(0, MAC_BYTES), seal(filter, last))) return undefined;
      return JSON.parse(last.toString()) as string[];
    },
  };
}

function withoutUndefined(filter: PageFilter): PageFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}
