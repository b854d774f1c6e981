import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The one row that numbers changes. Its table is made in migration 0001-registry. */
@Entity({ schema: 'registry', name: 'feed_head' })
export class FeedHeadRow {
  @PrimaryColumn('boolean')
  one: boolean;

  @Column('bigint')
  n: string;

  @Column('uuid')
  epoch: string;
}

/** The numbers of one ingest transaction. Its table is made in migration 0001-registry. */
@Entity({ schema: 'registry', name: 'feed_batch' })
export class FeedBatchRow {
  @PrimaryColumn('bigint')
  first: string;

  @Column('integer')
  count: number;

  @Column('bigint')
  batch: string;

  @Column('timestamptz', { name: 'committed_at' })
  committedAt: Date;
}
