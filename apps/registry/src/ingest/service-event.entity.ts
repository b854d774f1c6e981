import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * Body of an applied event. Its partitioned table is made in migration 0001-registry and has no key: what stands for one here is its address.
 * Bodies come by COPY (service-event.store.ts).
 */
@Entity({ schema: 'registry', name: 'service_event' })
export class ServiceEventRow {
  @PrimaryColumn('timestamptz', { name: 'appended_at' })
  appendedAt: Date;

  @PrimaryColumn('bigint')
  batch: string;

  @PrimaryColumn('integer')
  place: number;

  @Column('smallint')
  source: number;

  @Column('smallint')
  kind: number;

  @Column('text')
  reference: string;

  @Column('bigint')
  revision: string;

  @Column('text')
  type: string;

  @Column('uuid')
  record: string;

  @Column('timestamptz')
  time: Date;

  @Column('timestamptz', { name: 'recorded_time' })
  recordedTime: Date;

  @Column('timestamptz', { name: 'received_time' })
  receivedTime: Date;

  @Column('boolean')
  withdrawn: boolean;

  @Column('boolean')
  replaced: boolean;

  @Column('boolean')
  repair: boolean;

  @Column('smallint', { name: 'log_partition' })
  logPartition: number;

  @Column('bigint', { name: 'log_offset' })
  logOffset: string;

  @Column('bytea', { name: 'business_key' })
  businessKey: Buffer;

  @Column('json')
  facts: unknown;

  @Column('bytea', { nullable: true })
  sealed: Buffer | null;
}

/** A further person or family of an event. As service_event: made in migration 0001-registry, partitioned, without a key. */
@Entity({ schema: 'registry', name: 'event_party' })
export class EventPartyRow {
  @PrimaryColumn('timestamptz', { name: 'appended_at' })
  appendedAt: Date;

  @PrimaryColumn('bigint')
  batch: string;

  @PrimaryColumn('integer')
  place: number;

  @PrimaryColumn('text')
  pointer: string;

  @Column('text')
  role: string;

  @Column('uuid')
  record: string;

  @Column('bytea', { nullable: true })
  sealed: Buffer | null;
}
