import type { MigrationInterface, QueryRunner } from 'typeorm';

const POSITION = `
ALTER TABLE operations.log_position
  ADD COLUMN appended_at timestamptz,
  ADD COLUMN skip_to bigint,
  ADD COLUMN fenced bigint NOT NULL DEFAULT 0,
  ADD COLUMN opened_by text COLLATE "C",
  ADD COLUMN closed_at timestamptz,
  ADD CONSTRAINT log_position_skip_forward CHECK (skip_to > next_offset);
UPDATE operations.log_position p SET closed_at = now() WHERE EXISTS (
  SELECT FROM operations.log_position n WHERE n.topic = p.topic AND n.partition = p.partition AND n.generation > p.generation);
CREATE UNIQUE INDEX log_position_current ON operations.log_position (topic, partition) WHERE closed_at IS NULL;
COMMENT ON COLUMN operations.log_position.generation IS 'Stretch of the partition: a new one is opened when an operator adopts another log or moves the position back';
COMMENT ON COLUMN operations.log_position.appended_at IS 'Broker''s append time of the message at next_offset - 1; NULL before the first';
COMMENT ON COLUMN operations.log_position.skip_to IS 'An operator''s order: what stands before this offset is not applied, it becomes a dead letter; NULL once passed';
COMMENT ON COLUMN operations.log_position.fenced IS 'Tries whose transaction was ended because another process has the partition now';
COMMENT ON COLUMN operations.log_position.opened_by IS 'Operator that opened this generation; NULL for the first';
COMMENT ON COLUMN operations.log_position.closed_at IS 'When a later generation took over; NULL: the one that is read';
`;

const HALTS = `
CREATE TABLE operations.log_halt (
  topic text COLLATE "C" NOT NULL,
  partition integer NOT NULL,
  code text COLLATE "C" NOT NULL,
  detail text NOT NULL,
  halted_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (topic, partition)
);
COMMENT ON TABLE operations.log_halt IS 'Partitions that stopped because log and position contradict each other; taken away by an operator''s resume, adopt or move alone';
COMMENT ON COLUMN operations.log_halt.topic IS 'Without any prefix';
COMMENT ON COLUMN operations.log_halt.partition IS 'Kafka partition';
COMMENT ON COLUMN operations.log_halt.code IS 'gap: the log starts after the position; diverged: it is another log, or shorter';
COMMENT ON COLUMN operations.log_halt.detail IS 'Offsets, for the operator';
COMMENT ON COLUMN operations.log_halt.halted_at IS 'First seen';

CREATE TABLE operations.log_pause (
  topic text COLLATE "C" NOT NULL,
  partition integer NOT NULL,
  reason text NOT NULL,
  paused_by text COLLATE "C" NOT NULL,
  paused_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (topic, partition)
);
COMMENT ON TABLE operations.log_pause IS 'Operators'' orders to read no further; a row is an order, resume takes it away';
COMMENT ON COLUMN operations.log_pause.topic IS 'Without any prefix';
COMMENT ON COLUMN operations.log_pause.partition IS 'Kafka partition; -1: the whole topic, also partitions to come';
COMMENT ON COLUMN operations.log_pause.reason IS 'In the operator''s words; no personal data';
COMMENT ON COLUMN operations.log_pause.paused_by IS 'Client that gave the order';
COMMENT ON COLUMN operations.log_pause.paused_at IS 'When';
`;

/** What steers the reading of the log: generations that operators open, halts, pauses. */
export class LogControl0000000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(POSITION);
    await runner.query(HALTS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE operations.log_halt, operations.log_pause;
      DROP INDEX operations.log_position_current;
      ALTER TABLE operations.log_position DROP COLUMN appended_at, DROP COLUMN skip_to, DROP COLUMN fenced, DROP COLUMN opened_by,
        DROP COLUMN closed_at`);
  }
}
