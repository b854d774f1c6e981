import { Client } from 'pg';
import { copyText } from '../../apps/registry/src/ingest/copy-rows.store.js';
import { type CopyStep, inTurn, type Writer, type WriterPlan } from '../write-path/writer.js';

/** The bound: ready text of the very rows, by COPY, one durable transaction for as many as the product has in one. */
export async function rawCopy({ databaseUrl }: WriterPlan): Promise<Writer<CopyStep>> {
  const client = new Client(databaseUrl);
  await client.connect();
  return {
    write: inTurn(async (slices) => {
      await client.query('BEGIN');
      for (const { table, rows } of slices) await copyText(client, table, rows);
      await client.query('COMMIT');
    }),
    close: () => client.end(),
  };
}
