import type { MigrationInterface, QueryRunner } from 'typeorm';

// The purposes that every installation starts with. They are data: an installation changes the rows, not this list.
const PURPOSES = [
  {
    code: 'civil-verification',
    basis: 'UU 24/2013 Pasal 58 dan Permendagri 102/2019: pemanfaatan data kependudukan untuk pelayanan publik',
    groups: ['reference', 'identity', 'residence', 'family', 'civil'],
    reach: 'any',
  },
  {
    code: 'social-eligibility',
    basis: 'UU 13/2011 Pasal 8-11 dan Inpres 4/2025: penetapan sasaran penanganan fakir miskin dan bantuan sosial',
    groups: ['reference', 'identity', 'residence', 'family', 'civil', 'welfare'],
    reach: 'any',
  },
  {
    code: 'health-care',
    basis: 'UU 17/2023 Pasal 4 dan Permenkes 24/2022: pelayanan kesehatan perorangan dan rekam medis',
    groups: ['reference', 'identity', 'contact', 'residence', 'family', 'health'],
    reach: 'own',
  },
  {
    code: 'education-enrolment',
    basis: 'UU 20/2003 Pasal 34 dan Permendikbud 79/2015: penerimaan murid dan data pokok pendidikan',
    groups: ['reference', 'identity', 'residence', 'family', 'education'],
    reach: 'own',
  },
  {
    code: 'case-follow-up',
    basis: 'UU 25/2009 Pasal 4 dan Perpres 72/2021: tindak lanjut pengaduan dan pendampingan keluarga',
    groups: ['reference', 'identity', 'contact', 'residence', 'family', 'health', 'education', 'welfare', 'community'],
    reach: 'own',
  },
];

const TABLES = `
CREATE TABLE access.source (
  name text PRIMARY KEY CHECK (name ~ '^[a-z0-9][a-z0-9-]{1,62}$'),
  sectors text[] NOT NULL DEFAULT '{}',
  active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE access.source IS 'The registered systems of agencies and the sectors that they may send events of';

CREATE TABLE access.client (
  id text PRIMARY KEY CHECK (id ~ '^[a-z0-9][a-z0-9-]{1,62}$'),
  source text NOT NULL REFERENCES access.source (name),
  jwks jsonb NOT NULL,
  scopes text[] NOT NULL DEFAULT '{}',
  purposes text[] NOT NULL DEFAULT '{}',
  active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE access.client IS 'The credentials of a source: public keys, scopes and the purposes that it may state';
CREATE INDEX client_source ON access.client (source);

CREATE TABLE access.purpose (
  code text PRIMARY KEY CHECK (code ~ '^[a-z0-9][a-z0-9-]{1,62}$'),
  legal_basis text NOT NULL,
  groups text[] NOT NULL,
  sources text[] NOT NULL DEFAULT '{*}',
  reach text NOT NULL CHECK (reach IN ('any', 'own'))
);
COMMENT ON TABLE access.purpose IS 'Why one may look: legal basis, readable field groups, who may state it (* for every source), about whom';

CREATE TABLE access.access_entry (
  id uuid PRIMARY KEY,
  at timestamptz NOT NULL,
  records uuid[] NOT NULL,
  missed bytea,
  client text NOT NULL,
  source text NOT NULL,
  purpose text NOT NULL,
  basis text NOT NULL,
  groups text[] NOT NULL,
  route text NOT NULL,
  request_id text NOT NULL,
  trace_id text NOT NULL,
  CONSTRAINT records_or_miss CHECK (cardinality(records) > 0 OR missed IS NOT NULL)
);
COMMENT ON TABLE access.access_entry IS 'Every look at personal data, written before the answer left; only ever added to';
COMMENT ON COLUMN access.access_entry.missed IS 'Blind index of an identifier that nobody was found for';
CREATE INDEX access_entry_at ON access.access_entry (at DESC, id);
CREATE INDEX access_entry_records ON access.access_entry USING gin (records);
`;

export class Access0000000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE SCHEMA IF NOT EXISTS access');
    await runner.query(TABLES);
    for (const { code, basis, groups, reach } of PURPOSES) {
      await runner.query(
        'INSERT INTO access.purpose (code, legal_basis, groups, reach) VALUES ($1, $2, $3, $4)',
        [code, basis, groups, reach],
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE access.access_entry, access.purpose, access.client, access.source');
  }
}
