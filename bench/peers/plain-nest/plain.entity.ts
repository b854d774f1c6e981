import { Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

@Entity('measurement')
export class Measurement {
  @PrimaryColumn('text')
  reference: string;

  @Index()
  @Column('text')
  nik: string;

  @Column('timestamptz')
  measuredAt: Date;

  @Column('jsonb')
  message: object;
}

@Entity('person')
export class Person {
  @PrimaryColumn('text')
  nik: string;

  @Column('text')
  name: string;

  @Column('text')
  sex: string;

  @Column('date')
  birthDate: string;

  @Column('text')
  motherName: string;

  @Column('jsonb')
  address: object;

  @Column('double precision')
  weightKg: number;

  @Column('double precision')
  lengthCm: number;

  @Column('timestamptz')
  measuredAt: Date;
}

/** Who looked at whom, and why; found by time and by record, as ours. */
@Entity('look')
export class LookEntry {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Index()
  @Column('timestamptz')
  at: Date;

  @Index({ type: 'gin' })
  @Column('uuid', { array: true })
  records: string[];

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

  @Column('uuid')
  requestId: string;

  @Column('text')
  traceId: string;
}
