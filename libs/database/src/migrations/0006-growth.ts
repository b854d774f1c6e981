import type { MigrationInterface, QueryRunner } from 'typeorm';

const LETTERS = `
ALTER TABLE operations.dead_letter ADD emptied_at timestamptz;
CREATE INDEX dead_letter_first_seen ON operations.dead_letter (first_seen);
COMMENT ON COLUMN operations.dead_letter.key IS 'Kafka key, raw; NULL once emptied';
COMMENT ON COLUMN operations.dead_letter.value IS 'Kafka value, raw; NULL once emptied';
COMMENT ON COLUMN operations.dead_letter.kid IS 'Registry key it is sealed to, where readable: such a private key must not be deleted. NULL once emptied, as nothing needs it any more';
COMMENT ON COLUMN operations.dead_letter.emptied_at IS 'When the retention took the raw bytes of a repaired or set-aside letter; such a letter is not taken up again';
`;

const COMPATIBILITY = `
CREATE TABLE operations.schema_compatibility (
  version integer PRIMARY KEY,
  oldest_build integer NOT NULL CHECK (oldest_build <= version)
);
COMMENT ON TABLE operations.schema_compatibility IS 'Which builds may run on the database as a migration leaves it; a migration without a row is for its own build alone';
COMMENT ON COLUMN operations.schema_compatibility.version IS 'Number of the migration';
COMMENT ON COLUMN operations.schema_compatibility.oldest_build IS 'Least schema version of a build that still runs';
`;

/** What grows is bounded: emptied dead letters; and the release before may run on a database that was migrated already. Additive. */
export class Growth0000000000006 implements MigrationInterface {
  static readonly oldestBuild = 5;
  readonly name = 'Growth0000000000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(LETTERS);
    await runner.query(COMPATIBILITY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE operations.schema_compatibility;
      DROP INDEX operations.dead_letter_first_seen;
      ALTER TABLE operations.dead_letter DROP emptied_at`);
  }
}
