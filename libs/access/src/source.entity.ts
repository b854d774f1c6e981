import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** An agency's system that may send events or ask questions. Its table is made in migration 0002-access. */
@Entity({ schema: 'access', name: 'source' })
export class SourceRow {
  /** Short name, the last part of `urn:simpul:source:<name>`. */
  @PrimaryColumn('text')
  name: string;

  /** Sectors that it may send events of. */
  @Column('text', { array: true })
  sectors: string[];

  @Column('boolean', { default: true })
  active: boolean;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;
}
