import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Labels of registry.verdict. */
const VERDICTS = ['applied', 'dead', 'waiting'] as const;

/** A statement with its highest revision. Its table is made in migration 0001-registry; statement.store.ts writes it by plain SQL. */
@Entity({ schema: 'registry', name: 'statement' })
export class StatementRow {
  @PrimaryColumn('smallint')
  source: number;

  @PrimaryColumn('smallint')
  kind: number;

  @PrimaryColumn('text')
  reference: string;

  @Column('bigint')
  revision: string;

  @Column('bytea', { nullable: true })
  digest: Buffer | null;

  @Column('smallint')
  mapping: number;

  @Column('enum', { enum: VERDICTS, enumName: 'registry.verdict' })
  verdict: (typeof VERDICTS)[number];

  @Column('timestamptz', { name: 'appended_at' })
  appendedAt: Date;

  @Column('bigint')
  batch: string;

  @Column('integer', { nullable: true })
  place: number | null;
}

/** A lower revision of a statement. Its table is made in migration 0001-registry; columns as in statement. */
@Entity({ schema: 'registry', name: 'statement_revision' })
export class StatementRevisionRow {
  @PrimaryColumn('smallint')
  source: number;

  @PrimaryColumn('smallint')
  kind: number;

  @PrimaryColumn('text')
  reference: string;

  @PrimaryColumn('bigint')
  revision: string;

  @Column('bytea', { nullable: true })
  digest: Buffer | null;

  @Column('smallint')
  mapping: number;

  @Column('enum', { enum: VERDICTS, enumName: 'registry.verdict' })
  verdict: (typeof VERDICTS)[number];

  @Column('timestamptz', { name: 'appended_at' })
  appendedAt: Date;

  @Column('bigint')
  batch: string;

  @Column('integer', { nullable: true })
  place: number | null;
}
