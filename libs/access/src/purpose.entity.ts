import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A purpose as it is kept; `sources` holds `*` alone when every source may state it. Its table is made in migration 0002-access. */
@Entity({ schema: 'access', name: 'purpose' })
export class PurposeRow {
  @PrimaryColumn('text')
  code: string;

  @Column('text', { name: 'legal_basis' })
  legalBasis: string;

  @Column('text', { array: true })
  groups: string[];

  @Column('text', { array: true })
  sources: string[];

  @Column('text')
  reach: 'any' | 'own';
}
