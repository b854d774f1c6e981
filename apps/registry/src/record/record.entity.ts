import type { RecordKind } from '@simpul/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Folded state of one source's view of one subject. Its table is made in migration 0001-registry; the ingest writes it by plain SQL. */
@Entity({ schema: 'registry', name: 'record' })
export class StoredRecordRow {
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

  @Column('bigint')
  batch: string;
}

/** Blind index of an identifier. Its table is made in migration 0001-registry. */
@Entity({ schema: 'registry', name: 'record_identifier' })
export class RecordIdentifierRow {
  @PrimaryColumn('uuid')
  record: string;

  @PrimaryColumn('text')
  attribute: string;

  @Column('bytea')
  blind: Buffer;
}

/** Wrapped data key of a record. Its table is made in migration 0001-registry. */
@Entity({ schema: 'registry', name: 'record_key' })
export class RecordKeyRow {
  @PrimaryColumn('uuid')
  record: string;

  @Column('bytea')
  wrapped: Buffer;

  @Column('text')
  kek: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
