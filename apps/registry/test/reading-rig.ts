import { randomUUID } from 'node:crypto';

import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ACCESS_ENTITIES, AccessLog, type Caller, PurposeStore, SourceStore } from '@simpul/access';
import type { Sector } from '@simpul/contracts';
import { Database, EntityConnection } from '@simpul/database';
import { createApp, Log } from '@simpul/process';
import { testDatabase, testKeys, testRegistryKey, type TestKeys } from '@simpul/testing';

import { REGISTRY_ENTITIES } from '../src/entities.js';
import { READING_CONTROLLERS, READING_OPTIONS, READING_PROVIDERS } from '../src/reading.js';
import { RecordStore } from '../src/record/record.store.js';
import { LedgerTeller } from './ledger-teller.js';

// One trace for all: it stands in problem bodies, which specs compare.
const TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
/** A minute's looks of a client: more than any spec needs, and few enough to use them up. */
export const LOOKS = 600;
const ALL_SCOPES = ['persons:read', 'events:own', 'operations'];

export interface Answer {
  status: number;
  body: Record<string, unknown>;
  text: string;
  headers: Record<string, unknown>;
  /** The Link header, empty without one. */
  link: string;
}

interface Question {
  /** Source that asks. */
  as: string;
  purpose?: string;
  scopes?: string[];
  body?: object;
}

/** The reading half of the registry over a database of its own, asked over HTTP. */
export interface ReadingRig {
  database: Database;
  /** As the owner of the tables: to change what processes may not. */
  owner: Database;
  tell: LedgerTeller['tell'];
  addSource(name: string, sectors: Sector[], purposes?: string[]): Promise<void>;
  get(path: string, question: Question): Promise<Answer>;
  post(path: string, question: Question): Promise<Answer>;
  delete(path: string, question: Question): Promise<Answer>;
  close(): Promise<void>;
}

const linkOf = ({ link }: { link?: unknown }): string => (typeof link === 'string' ? link : '');

const writeToken = (caller: Caller): string => Buffer.from(JSON.stringify(caller)).toString('base64url');
const readToken = (token: string): Caller => JSON.parse(Buffer.from(token, 'base64url').toString()) as Caller;

export async function startReading(): Promise<ReadingRig> {
  const { url, database, owner, drop } = await testDatabase();
  const entities = new EntityConnection({ url, entities: [...ACCESS_ENTITIES, ...REGISTRY_ENTITIES] });
  const drawn = testKeys(randomUUID());
  const keys: TestKeys = { ...drawn, opening: [testRegistryKey('registry-2'), testRegistryKey('registry-1')] };
  const app = await newApp(database, entities, keys);
  const teller = new LedgerTeller(database, keys);
  const sources = new SourceStore(entities);
  const ask = asker(app);
  return {
    database,
    owner,
    tell: (telling) => teller.tell(telling),
    addSource: async (name, sectors, purposes = []) => {
      await sources.add({ name, sectors, scopes: ALL_SCOPES, purposes });
    },
    get: (path, question) => ask('GET', path, question),
    post: (path, question) => ask('POST', path, question),
    delete: (path, question) => ask('DELETE', path, question),
    close: async () => {
      await app.close();
      await entities.close();
      await drop();
    },
  };
}

type Ask = (method: 'GET' | 'POST' | 'DELETE', path: string, question: Question) => Promise<Answer>;

/** Asks over HTTP as a client of the source with its token. */
function asker(app: NestFastifyApplication): Ask {
  return async (method, path, question) => {
    const { as, purpose, scopes = ALL_SCOPES, body } = question;
    const reply = await app.inject({
      method,
      url: `/registry/v1/${path}`,
      headers: {
        traceparent: TRACE,
        authorization: `Bearer ${writeToken({ clientId: as, source: as, scopes })}`,
        ...(purpose !== undefined && { 'simpul-purpose': purpose }),
      },
      ...(body && { payload: body }),
    });
    return {
      status: reply.statusCode,
      body: reply.json(),
      text: reply.body,
      headers: reply.headers,
      link: linkOf(reply.headers),
    };
  };
}

function newApp(database: Database, entities: EntityConnection, keys: TestKeys): Promise<NestFastifyApplication> {
  @Module({
    controllers: READING_CONTROLLERS,
    providers: [
      { provide: Database, useValue: database },
      { provide: EntityConnection, useValue: entities },
      { provide: RecordStore, useValue: new RecordStore(database, keys) },
      { provide: AccessLog, useValue: new AccessLog(database) },
      { provide: PurposeStore, useValue: new PurposeStore(entities) },
      {
        provide: READING_OPTIONS,
        useValue: { pairwiseKey: keys.pairwise, openingKeys: keys.opening, looksPerMinute: LOOKS },
      },
      ...READING_PROVIDERS,
    ],
  })
  class ReadingModule {}
  return createApp({
    name: 'registry',
    log: new Log({ name: 'registry', level: 'silent' }),
    module: ReadingModule,
    config: { issuerUrl: 'http://issuer.invalid', audience: 'urn:simpul:hub' },
    verify: (token) => Promise.resolve(readToken(token)),
  });
}
