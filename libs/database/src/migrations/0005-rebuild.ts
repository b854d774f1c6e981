import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where all records are folded anew beside the live ones, and the jobs that do it. Additive. */
export class Rebuild0000000000005 implements MigrationInterface {
  readonly name = 'Rebuild0000000000005';

  async up(runner: QueryRunner): Promise<void> {
    for (const part of [jobs, shadow, touched]) await runner.query(part);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE registry.record_touched, registry.record_identifier_rebuild, registry.record_rebuild, operations.rebuild;
      DROP TYPE operations.rebuild_state`);
  }
}

const jobs = `
CREATE TYPE operations.rebuild_state AS ENUM ('folding', 'identical', 'differs', 'mended', 'cancelled');
CREATE TABLE operations.rebuild (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  state operations.rebuild_state NOT NULL DEFAULT 'folding',
  asked_by text COLLATE "C" NOT NULL,
  total bigint NOT NULL,
  done bigint NOT NULL DEFAULT 0,
  events bigint NOT NULL DEFAULT 0,
  folded_to uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  differing bigint,
  attributes json,
  sample json,
  created_at timestamptz NOT NULL DEFAULT now(),
  changed_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX rebuild_folding ON operations.rebuild (state) WHERE state = 'folding';
COMMENT ON TABLE operations.rebuild IS 'Jobs that fold all records anew from the ledger and compare them with the live ones; one at a time';
COMMENT ON COLUMN operations.rebuild.id IS 'Also their order';
COMMENT ON COLUMN operations.rebuild.state IS 'folding: writers note what they touch; then identical, differs (nothing was changed) or mended, or cancelled';
COMMENT ON COLUMN operations.rebuild.asked_by IS 'Client or tool that made it';
COMMENT ON COLUMN operations.rebuild.total IS 'Records when it began';
COMMENT ON COLUMN operations.rebuild.done IS 'Records folded in the first pass';
COMMENT ON COLUMN operations.rebuild.events IS 'Events folded into them; an event counts once for each record that it names';
COMMENT ON COLUMN operations.rebuild.folded_to IS 'The first pass goes by record id; up to here, inclusive, it is done';
COMMENT ON COLUMN operations.rebuild.differing IS 'Records that differ; NULL until the end';
COMMENT ON COLUMN operations.rebuild.attributes IS 'Attribute or column -> records in which it differs; names only';
COMMENT ON COLUMN operations.rebuild.sample IS 'A few of the records that differ: [{record, attributes}]; ids and names only';
COMMENT ON COLUMN operations.rebuild.created_at IS 'When it was made';
COMMENT ON COLUMN operations.rebuild.changed_at IS 'Last progress or change of state';
`;

const shadow = `
CREATE TABLE registry.record_rebuild (
  id uuid PRIMARY KEY,
  kind registry.record_kind NOT NULL,
  source smallint NOT NULL,
  linking uuid,
  birth_year smallint,
  sex text COLLATE "C",
  area text COLLATE "C",
  vital_status text COLLATE "C",
  folded bytea,
  attributes text[] NOT NULL
);
COMMENT ON TABLE registry.record_rebuild IS 'Records as a rebuild folded them, where they differ from the live ones; empty when no rebuild is under way';
COMMENT ON COLUMN registry.record_rebuild.id IS 'As in record';
COMMENT ON COLUMN registry.record_rebuild.kind IS 'As in record';
COMMENT ON COLUMN registry.record_rebuild.source IS 'As in record';
COMMENT ON COLUMN registry.record_rebuild.linking IS 'As in record';
COMMENT ON COLUMN registry.record_rebuild.birth_year IS 'As in record';
COMMENT ON COLUMN registry.record_rebuild.sex IS 'As in record';
COMMENT ON COLUMN registry.record_rebuild.area IS 'As in record';
COMMENT ON COLUMN registry.record_rebuild.vital_status IS 'As in record';
COMMENT ON COLUMN registry.record_rebuild.folded IS 'As in record, under the same data key';
COMMENT ON COLUMN registry.record_rebuild.attributes IS 'Names of the attributes and columns that differ; (record): there is no live one, (folded): it cannot be opened, (identifiers): it is found by other ones';

CREATE TABLE registry.record_identifier_rebuild (
  record uuid NOT NULL,
  attribute text COLLATE "C" NOT NULL,
  blind bytea NOT NULL,
  PRIMARY KEY (record, attribute)
);
COMMENT ON TABLE registry.record_identifier_rebuild IS 'All identifiers of the records in record_rebuild';
COMMENT ON COLUMN registry.record_identifier_rebuild.record IS 'As in record_identifier';
COMMENT ON COLUMN registry.record_identifier_rebuild.attribute IS 'As in record_identifier';
COMMENT ON COLUMN registry.record_identifier_rebuild.blind IS 'As in record_identifier';
`;

const touched = `
CREATE TABLE registry.record_touched (
  record uuid NOT NULL,
  batch bigint NOT NULL,
  PRIMARY KEY (record, batch)
);
COMMENT ON TABLE registry.record_touched IS 'Records that writers locked while a rebuild folds: it folds them once more. Only ever added to by writers, so nobody waits; empty when no rebuild is under way';
COMMENT ON COLUMN registry.record_touched.record IS 'The record';
COMMENT ON COLUMN registry.record_touched.batch IS 'Ingest batch that locked it';
`;
