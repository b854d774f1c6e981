import { byteaArray, plainArray } from '@simpul/database';
import type { Revision } from './settle.js';

/** Primary key of a statement, with the numbers of source and kind. */
export interface StatementKey {
  source: number;
  kind: number;
  reference: string;
}

/** Statements as array parameters, one for each column. */
export const keyColumns = (keys: readonly StatementKey[]): unknown[] => [
  plainArray(keys.map((key) => key.source)),
  plainArray(keys.map((key) => key.kind)),
  keys.map((key) => key.reference),
];

/** The same with what stands beside the key. */
export const revisionColumns = (rows: readonly (StatementKey & Revision)[]): unknown[] => [
  ...keyColumns(rows),
  plainArray(rows.map((row) => row.revision)),
  byteaArray(rows.map((row) => (row.digest === null ? null : Buffer.from(row.digest, 'base64url')))),
  plainArray(rows.map((row) => row.mapping)),
  plainArray(rows.map((row) => row.verdict)),
  plainArray(rows.map((row) => new Date(row.appendedAt).toISOString())),
  plainArray(rows.map((row) => row.batch)),
  plainArray(rows.map((row) => row.place)),
];
