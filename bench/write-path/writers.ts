import { blindUpsert } from '../peers/blind-upsert.js';
import { rawCopy } from '../peers/raw-copy.js';
import { typeormBatch } from '../peers/typeorm-batch.js';
import { typeormEach } from '../peers/typeorm-each.js';
import { productWriter } from './product.writer.js';

/** Ours and its peers. */
export const WRITERS = {
  product: productWriter,
  'raw-copy': rawCopy,
  'blind-upsert': blindUpsert,
  'typeorm-each': typeormEach,
  'typeorm-batch': typeormBatch,
} as const;

export type WriterName = keyof typeof WRITERS;
