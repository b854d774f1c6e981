import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** A public key of a client, as it is kept: never the private half. */
export interface PublicJwk {
  kty: string;
  crv: string;
  x: string;
  y: string;
  kid: string;
  alg: string;
  use: string;
}

/** The credentials of a source: its public keys, scopes and purposes. Its table is made in migration 0002-access. */
@Entity({ schema: 'access', name: 'client' })
export class ClientRow {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  source: string;

  @Column('jsonb')
  jwks: { keys: PublicJwk[] };

  @Column('text', { array: true })
  scopes: string[];

  @Column('text', { array: true })
  purposes: string[];

  @Column('boolean', { default: true })
  active: boolean;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;
}
