import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A partition that stopped until an operator has looked. Its table is made in migration 0004-log-control. */
@Entity({ schema: 'operations', name: 'log_halt' })
export class LogHaltRow {
  @PrimaryColumn('text')
  topic: string;

  @PrimaryColumn('integer')
  partition: number;

  @Column('text')
  code: string;

  @Column('text')
  detail: string;

  @Column('timestamptz', { name: 'halted_at' })
  haltedAt: Date;
}

/** An operator's order to read no further; partition -1 stands for the whole topic. Its table is made in migration 0004-log-control. */
@Entity({ schema: 'operations', name: 'log_pause' })
export class LogPauseRow {
  @PrimaryColumn('text')
  topic: string;

  @PrimaryColumn('integer')
  partition: number;

  @Column('text')
  reason: string;

  @Column('text', { name: 'paused_by' })
  pausedBy: string;

  @Column('timestamptz', { name: 'paused_at' })
  pausedAt: Date;
}
