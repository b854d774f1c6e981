import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What operators may do about dead letters, and what waiting messages wait for. Additive. */
export class DeadLetters0000000000003 implements MigrationInterface {
  readonly name = 'DeadLetters0000000000003';

  async up(runner: QueryRunner): Promise<void> {
    for (const part of [letters, waiting, replays]) await runner.query(part);
  }

  async down(runner: QueryRunner): Promise<void> {
    // A label of an enum cannot be taken away; no row has it any more.
    await runner.query(`
      DROP TABLE operations.replay_item, operations.replay;
      DROP TYPE operations.replay_outcome, operations.replay_state;
      UPDATE operations.dead_letter SET state = 'dead' WHERE state = 'set-aside';
      DROP INDEX operations.dead_letter_waiting, operations.dead_letter_dead;
      ALTER TABLE operations.dead_letter DROP lacks, DROP aside_reason, DROP aside_note, DROP aside_by`);
  }
}

const letters = `
ALTER TYPE operations.dead_letter_state ADD VALUE 'set-aside';
ALTER TABLE operations.dead_letter
  ADD lacks text COLLATE "C" NOT NULL DEFAULT '',
  ADD aside_reason text COLLATE "C",
  ADD aside_note text,
  ADD aside_by text COLLATE "C";
CREATE INDEX dead_letter_dead ON operations.dead_letter (code, appended_at, id) WHERE state = 'dead';
COMMENT ON COLUMN operations.dead_letter.state IS 'dead; waiting; repaired: a replay, or a later message with a repaired translation, made it good; set-aside: an operator said that nothing will be done, counted as dead all the same';
COMMENT ON COLUMN operations.dead_letter.lacks IS 'What a waiting message waits for: key:<kid>, type:<type>, source:<source>; behind an earlier one of its id what that one lacks. Empty: nothing is known of it, and it is tried at every look; empty too where nothing waits';
COMMENT ON COLUMN operations.dead_letter.aside_reason IS 'Why it was set aside: a code; NULL unless set-aside';
COMMENT ON COLUMN operations.dead_letter.aside_note IS 'The operator''s words, without personal data, at most 200 characters; NULL unless set-aside';
COMMENT ON COLUMN operations.dead_letter.aside_by IS 'The client that set it aside; NULL unless set-aside';
`;

const waiting = `
UPDATE operations.dead_letter d SET lacks = CASE d.code WHEN 'event.waiting.key' THEN 'key:' || d.kid
  ELSE 'source:' || (SELECT s.name FROM registry.source_number s WHERE s.number = d.source) END
WHERE d.state = 'waiting' AND d.code IN ('event.waiting.key', 'event.waiting.source');
CREATE INDEX dead_letter_waiting ON operations.dead_letter (lacks, generation, topic, partition, "offset") WHERE state = 'waiting';
`;

const replays = `
CREATE TYPE operations.replay_state AS ENUM ('running', 'done', 'cancelled');
CREATE TYPE operations.replay_outcome AS ENUM ('applied', 'duplicate', 'repaired', 'conflict', 'dead', 'waiting', 'skipped');

CREATE TABLE operations.replay (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  state operations.replay_state NOT NULL,
  filter json NOT NULL,
  asked_by text COLLATE "C" NOT NULL,
  total integer NOT NULL,
  done integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  changed_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT replay_never_beyond CHECK (done BETWEEN 0 AND total)
);
CREATE INDEX replay_running ON operations.replay (id) WHERE state = 'running';
COMMENT ON TABLE operations.replay IS 'Jobs that try dead letters again; registry processes work on those that run';
COMMENT ON COLUMN operations.replay.id IS 'Also their order: one after the other';
COMMENT ON COLUMN operations.replay.state IS 'running until every item is done or an operator cancels it';
COMMENT ON COLUMN operations.replay.filter IS 'What was asked for; the letters were chosen once, when the job was made';
COMMENT ON COLUMN operations.replay.asked_by IS 'Client or tool that made it';
COMMENT ON COLUMN operations.replay.total IS 'Number of its items';
COMMENT ON COLUMN operations.replay.done IS 'Items that have an outcome';
COMMENT ON COLUMN operations.replay.created_at IS 'When it was made';
COMMENT ON COLUMN operations.replay.changed_at IS 'Last progress or change of state';

CREATE TABLE operations.replay_item (
  replay bigint NOT NULL REFERENCES operations.replay (id) ON DELETE CASCADE,
  n integer NOT NULL,
  letter bigint NOT NULL,
  outcome operations.replay_outcome,
  code text COLLATE "C",
  done_at timestamptz,
  PRIMARY KEY (replay, n)
);
CREATE INDEX replay_item_open ON operations.replay_item (replay, n) WHERE outcome IS NULL;
COMMENT ON TABLE operations.replay_item IS 'The letters of a replay and what became of each';
COMMENT ON COLUMN operations.replay_item.replay IS 'The job';
COMMENT ON COLUMN operations.replay_item.n IS 'From 1, by append time: the order in which letters are tried';
COMMENT ON COLUMN operations.replay_item.letter IS 'dead_letter.id; the letter may be gone by now';
COMMENT ON COLUMN operations.replay_item.outcome IS 'NULL until tried; skipped: it was no dead letter any more at its turn. Written in the transaction of its effect';
COMMENT ON COLUMN operations.replay_item.code IS 'Why it is still dead, in conflict or waiting';
COMMENT ON COLUMN operations.replay_item.done_at IS 'When it was tried';
`;
