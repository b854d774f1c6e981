import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A look as it was written down by the AccessLog. Its table is made in migration 0002-access. */
@Entity({ schema: 'access', name: 'access_entry' })
export class AccessEntryRow {
  @PrimaryColumn('uuid')
  id: string;

  /** Whole milliseconds, as the AccessLog writes it. */
  @Column('timestamptz')
  at: Date;

  @Column('uuid', { array: true })
  records: string[];

  /** Blind index of an identifier that nobody was found for. */
  @Column('bytea', { nullable: true })
  missed: Buffer | null;

  @Column('text')
  client: string;

  @Column('text')
  source: string;

  @Column('text')
  purpose: string;

  @Column('text')
  basis: string;

  @Column('text', { array: true })
  groups: string[];

  @Column('text')
  route: string;

  @Column('text', { name: 'request_id' })
  requestId: string;

  @Column('text', { name: 'trace_id' })
  traceId: string;
}
