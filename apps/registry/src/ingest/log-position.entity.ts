import { Column, Entity, JoinColumn, ManyToOne, OneToMany, PrimaryColumn } from 'typeorm';
import { SourceNumberRow } from './name-number.entity.js';

/** How far a partition is applied. Its table is made in migration 0001-registry, and more of it in 0004-log-control; bigints are text here. */
@Entity({ schema: 'operations', name: 'log_position' })
export class LogPositionRow {
  @PrimaryColumn('smallint')
  generation: number;

  @PrimaryColumn('text')
  topic: string;

  @PrimaryColumn('integer')
  partition: number;

  @Column('bigint', { name: 'first_offset' })
  firstOffset: string;

  @Column('bigint', { name: 'next_offset' })
  nextOffset: string;

  @Column('bytea', { name: 'last_hash', nullable: true })
  lastHash: Buffer | null;

  @Column('timestamptz', { name: 'moved_at' })
  movedAt: Date;

  @Column('timestamptz', { name: 'appended_at', nullable: true })
  appendedAt: Date | null;

  @Column('bigint', { name: 'skip_to', nullable: true })
  skipTo: string | null;

  @Column('bigint')
  fenced: string;

  @Column('text', { name: 'opened_by', nullable: true })
  openedBy: string | null;

  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt: Date | null;

  @OneToMany(() => LogCounterRow, (counter) => counter.position)
  counters: LogCounterRow[];
}

/** What became of the messages of one source in a partition. Its table is made in migration 0001-registry. */
@Entity({ schema: 'operations', name: 'log_counter' })
export class LogCounterRow {
  @PrimaryColumn('smallint')
  generation: number;

  @PrimaryColumn('text')
  topic: string;

  @PrimaryColumn('integer')
  partition: number;

  @PrimaryColumn('smallint', { name: 'source' })
  sourceNumber: number;

  @ManyToOne(() => LogPositionRow, (position) => position.counters, { createForeignKeyConstraints: false })
  @JoinColumn(['generation', 'topic', 'partition'].map((name) => ({ name, referencedColumnName: name })))
  position: LogPositionRow;

  @ManyToOne(() => SourceNumberRow, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'source' })
  source: SourceNumberRow;

  @Column('bigint')
  applied: string;

  @Column('bigint')
  duplicate: string;

  @Column('bigint')
  repaired: string;

  @Column('bigint')
  conflict: string;

  @Column('bigint')
  dead: string;

  @Column('bigint')
  waiting: string;
}
