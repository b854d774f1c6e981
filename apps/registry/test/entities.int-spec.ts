import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ACCESS_ENTITIES } from '@simpul/access';
import { checkEntities, EntityConnection } from '@simpul/database';
import { testDatabase, type TestDatabase } from '@simpul/testing';
import { REGISTRY_ENTITIES } from '../src/entities.js';

let base: TestDatabase;
let entities: EntityConnection;
beforeAll(async () => {
  base = await testDatabase();
  entities = new EntityConnection({ url: base.url, entities: [...ACCESS_ENTITIES, ...REGISTRY_ENTITIES] });
});
afterAll(async () => {
  await entities.close();
  await base.drop();
});

it('entities are as the migrations make their tables', async () => {
  expect(await checkEntities(entities)).toEqual([]);
});

it.each([
  [
    'ALTER TABLE registry.statement ALTER mapping TYPE integer',
    'registry.statement.mapping is integer not null; its entity says smallint not null',
  ],
  [
    'ALTER TABLE registry.record ALTER source DROP NOT NULL',
    'registry.record.source is smallint null; its entity says smallint not null',
  ],
  [
    'ALTER TABLE registry.record_key DROP CONSTRAINT record_key_pkey',
    'registry.record_key.record is uuid not null; its entity says uuid not null primary key',
  ],
  [
    `ALTER TYPE registry.verdict RENAME VALUE 'dead' TO 'refused'`,
    'registry.statement.verdict is registry.verdict (applied, refused, waiting) not null; its entity says registry.verdict (applied, dead, waiting) not null',
  ],
  ['ALTER TABLE access.client ADD note text', 'access.client.note is in no entity'],
  ['CREATE TABLE operations.stray (id bigint)', 'operations.stray.id is in no entity'],
  [
    'ALTER TABLE registry.service_event DROP facts',
    'registry.service_event.facts is in an entity, and not in the database',
  ],
])('drift is found: %s', async (sql, finding) => {
  await base.owner.pool.query(sql);
  expect(await checkEntities(entities)).toContain(finding);
});
