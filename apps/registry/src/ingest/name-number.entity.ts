import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The small number of a source's name; 0 is (unreadable). Its table is made in migration 0001-registry. */
@Entity({ schema: 'registry', name: 'source_number' })
export class SourceNumberRow {
  @PrimaryColumn('smallint')
  number: number;

  @Column('text')
  name: string;
}

/** The small number of a kind. Its table is made in migration 0001-registry. */
@Entity({ schema: 'registry', name: 'kind_number' })
export class KindNumberRow {
  @PrimaryColumn('smallint')
  number: number;

  @Column('text')
  name: string;
}
