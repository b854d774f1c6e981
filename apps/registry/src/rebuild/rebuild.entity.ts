import type { RecordKind } from '@simpul/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Labels of operations.rebuild_state. */
export const REBUILD_STATES = ['folding', 'identical', 'differs', 'mended', 'cancelled'] as const;
export type RebuildState = (typeof REBUILD_STATES)[number];

/** A record that differs, by names alone. */
export interface DifferingRecord {
  record: string;
  attributes: string[];
}

/** A job that folds all records anew. Its table is made in migration 0005-rebuild. */
@Entity({ schema: 'operations', name: 'rebuild' })
export class RebuildRow {
  @PrimaryColumn('bigint')
  id: string;

  @Column('enum', { enum: REBUILD_STATES, enumName: 'operations.rebuild_state' })
  state: RebuildState;

  @Column('text', { name: 'asked_by' })
  askedBy: string;

  @Column('bigint')
  total: string;

  @Column('bigint')
  done: string;

  @Column('bigint')
  events: string;

  @Column('uuid', { name: 'folded_to' })
  foldedTo: string;

  @Column('bigint', { nullable: true })
  differing: string | null;

  @Column('json', { nullable: true })
  attributes: Record<string, number> | null;

  @Column('json', { nullable: true })
  sample: DifferingRecord[] | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'changed_at' })
  changedAt: Date;
}

/** A record as it should be, where the live one is not so. Its table is made in migration 0005-rebuild. */
@Entity({ schema: 'registry', name: 'record_rebuild' })
export class RebuiltRecordRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('enum', { enum: ['person', 'family', 'statement'], enumName: 'registry.record_kind' })
  kind: RecordKind;

  @Column('smallint')
  source: number;

  @Column('uuid', { nullable: true })
  linking: string | null;

  @Column('smallint', { name: 'birth_year', nullable: true })
  birthYear: number | null;

  @Column('text', { nullable: true })
  sex: string | null;

  @Column('text', { nullable: true })
  area: string | null;

  @Column('text', { name: 'vital_status', nullable: true })
  vitalStatus: string | null;

  @Column('bytea', { nullable: true })
  folded: Buffer | null;

  @Column('text', { array: true })
  attributes: string[];
}

/** An identifier of such a record. Its table is made in migration 0005-rebuild. */
@Entity({ schema: 'registry', name: 'record_identifier_rebuild' })
export class RebuiltIdentifierRow {
  @PrimaryColumn('uuid')
  record: string;

  @PrimaryColumn('text')
  attribute: string;

  @Column('bytea')
  blind: Buffer;
}

/** A record that has to be folded once more. Its table is made in migration 0005-rebuild. */
@Entity({ schema: 'registry', name: 'record_touched' })
export class TouchedRecordRow {
  @PrimaryColumn('uuid')
  record: string;

  @PrimaryColumn('bigint')
  batch: string;
}
