import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { KindNumberRow, SourceNumberRow } from './name-number.entity.js';

/** Labels of operations.dead_letter_state. */
export const DEAD_LETTER_STATES = ['dead', 'waiting', 'repaired', 'set-aside'] as const;
export type DeadLetterState = (typeof DEAD_LETTER_STATES)[number];

/** A refused or held message; its raw bytes are not read unless asked for. Its table is made in migrations 0001-registry, 0003-dead-letters and 0006-growth. */
@Entity({ schema: 'operations', name: 'dead_letter' })
export class DeadLetterRow {
  @PrimaryColumn('bigint')
  id: string;

  @Column('smallint')
  generation: number;

  @Column('text')
  topic: string;

  @Column('integer')
  partition: number;

  @Column('bigint')
  offset: string;

  @Column('timestamptz', { name: 'appended_at' })
  appendedAt: Date;

  @Column('bytea', { nullable: true, select: false })
  key: Buffer | null;

  @Column('bytea', { nullable: true, select: false })
  value: Buffer | null;

  @Column('enum', { enum: DEAD_LETTER_STATES, enumName: 'operations.dead_letter_state' })
  state: DeadLetterState;

  @Column('text')
  code: string;

  @Column('json', { nullable: true })
  detail: unknown;

  @ManyToOne(() => SourceNumberRow, { nullable: false, createForeignKeyConstraints: false })
  @JoinColumn({ name: 'source' })
  source: SourceNumberRow;

  @ManyToOne(() => KindNumberRow, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'kind' })
  kind: KindNumberRow | null;

  @Column('text', { nullable: true })
  reference: string | null;

  @Column('bigint', { nullable: true })
  revision: string | null;

  @Column('text', { nullable: true })
  kid: string | null;

  @Column('text')
  lacks: string;

  @Column('text', { name: 'aside_reason', nullable: true })
  asideReason: string | null;

  @Column('text', { name: 'aside_note', nullable: true })
  asideNote: string | null;

  @Column('text', { name: 'aside_by', nullable: true })
  asideBy: string | null;

  @Column('timestamptz', { name: 'emptied_at', nullable: true })
  emptiedAt: Date | null;

  @Column('timestamptz', { name: 'first_seen' })
  firstSeen: Date;

  @Column('timestamptz', { name: 'changed_at' })
  changedAt: Date;
}
