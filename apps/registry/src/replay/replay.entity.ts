import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Labels of operations.replay_state. */
export const REPLAY_STATES = ['running', 'done', 'cancelled'] as const;
export type ReplayState = (typeof REPLAY_STATES)[number];

/** Labels of operations.replay_outcome. */
export const REPLAY_OUTCOMES = ['applied', 'duplicate', 'repaired', 'conflict', 'dead', 'waiting', 'skipped'] as const;
export type ReplayOutcome = (typeof REPLAY_OUTCOMES)[number];

/** A job that tries dead letters again. Its table is made in migration 0003-dead-letters. */
@Entity({ schema: 'operations', name: 'replay' })
export class ReplayRow {
  @PrimaryColumn('bigint')
  id: string;

  @Column('enum', { enum: REPLAY_STATES, enumName: 'operations.replay_state' })
  state: ReplayState;

  @Column('json')
  filter: object;

  @Column('text', { name: 'asked_by' })
  askedBy: string;

  @Column('integer')
  total: number;

  @Column('integer')
  done: number;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'changed_at' })
  changedAt: Date;
}

/** One letter of such a job. Its table is made in migration 0003-dead-letters. */
@Entity({ schema: 'operations', name: 'replay_item' })
export class ReplayItemRow {
  @PrimaryColumn('bigint')
  replay: string;

  @PrimaryColumn('integer')
  n: number;

  @Column('bigint')
  letter: string;

  @Column('enum', { enum: REPLAY_OUTCOMES, enumName: 'operations.replay_outcome', nullable: true })
  outcome: ReplayOutcome | null;

  @Column('text', { nullable: true })
  code: string | null;

  @Column('timestamptz', { name: 'done_at', nullable: true })
  doneAt: Date | null;
}
