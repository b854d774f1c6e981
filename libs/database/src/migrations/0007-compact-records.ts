import type { MigrationInterface, QueryRunner } from 'typeorm';

const COMMENT = `
COMMENT ON COLUMN registry.record.folded IS 'Under the data key (AAD record, folded): JSON [[[time ms, recorded time ms, event id], …], {attribute: [value, place of its event in the list]}]; NULL: nothing counts. Written before schema 7: attribute -> [value, time ms, recorded time ms, event id]';
`;

/** A folded record names each event once. Records change their form when they are written next; a build before this one could not read them. */
export class CompactRecords0000000000007 implements MigrationInterface {
  readonly name = 'CompactRecords0000000000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COMMENT);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Records that were written since could not be read'));
  }
}
