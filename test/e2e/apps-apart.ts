import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { AccessData, type ClientKey, requestToken, SourceStore } from '@simpul/access';
import { type Sector, SECTORS } from '@simpul/contracts';
import { applyTopics } from '@simpul/messaging';
import { testDatabase, type TestDatabase, topicPrefix } from '@simpul/testing';
import { type AppProcess, startApp } from '../../tools/installation/app-process.js';
import { keyFiles } from '../../tools/installation/run-folder.js';
import { freePort } from '../../tools/local/guarded.mjs';
import { clientFileOf, findClientFile } from '../../tools/source/client-file.js';

const root = resolve(import.meta.dirname, '../..');
const SEED = 7;

/** What each agency may state when it looks. */
const PURPOSES: Record<Sector, string> = {
  civil: 'civil-verification',
  health: 'health-care',
  education: 'education-enrolment',
  social: 'social-eligibility',
  community: 'case-follow-up',
};

/** A running app of this installation. */
export interface App {
  url: string;
  process: AppProcess;
  env: Record<string, string>;
}

export interface Agency {
  name: string;
  key: ClientKey;
  scopes: string[];
  purpose: string;
}

/** The apps as an office runs them: each a process of its own, which the others know by its address alone. */
export interface AppsApart {
  /** By sector. */
  adapters: Record<Sector, App>;
  registry: App;
  agencies: Record<Sector, Agency>;
  tokenOf(agency: Agency): Promise<string>;
  /** Another registry on the same log, with a database of its own: what it says was not disturbed by what befell the first. */
  startTwin(): Promise<App>;
  stop(): Promise<void>;
}

/** Runs a tool as its npm script does. Returns what it prints. */
export async function runTool(args: readonly string[], env: Record<string, string>): Promise<string> {
  const options = { cwd: root, env: { ...process.env, ...env }, timeout: 60_000 };
  return (await promisify(execFile)(process.execPath, ['tools/run.mjs', ...args], options)).stdout;
}

const bySector = <T>(make: (sector: Sector) => T): Record<Sector, T> =>
  Object.fromEntries(SECTORS.map((sector) => [sector, make(sector)])) as Record<Sector, T>;

const scopesOf = (sector: Sector): string[] => [`push:${sector}`, 'events:own', 'persons:read'];

const ownerUrlOf = ({ url }: TestDatabase): string => {
  const owner = new URL(process.env['DATABASE_URL'] ?? '');
  owner.pathname = new URL(url).pathname;
  return owner.href;
};

/** Registers one agency with the tool that an operator uses. */
async function register(name: string, sector: Sector, ownerUrl: string): Promise<Agency> {
  const scopes = scopesOf(sector);
  const purpose = PURPOSES[sector];
  const what = ['--sector', sector, '--purposes', purpose, '--scopes', ...scopes];
  await runTool(['source', 'add', name, ...what], { DATABASE_OWNER_URL: ownerUrl });
  const privateJwk = findClientFile(name);
  if (!privateJwk) throw new Error(`the tool left no key of ${name}`);
  rmSync(clientFileOf(name));
  return { name, key: { clientId: name, privateJwk }, scopes, purpose };
}

/** Five adapters, the issuer and the registry, on the servers of the test run. */
export async function startApart(): Promise<AppsApart> {
  const folder = mkdtempSync(join(tmpdir(), 'simpul-apart-'));
  const undo: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  const database = async (): Promise<TestDatabase> => {
    const made = await testDatabase();
    undo.push(() => made.drop());
    return made;
  };
  const prefix = topicPrefix();
  const brokers = process.env['KAFKA_BROKERS'] ?? '';
  const [main] = await Promise.all([database(), applyTopics({ brokers: [brokers], topicPrefix: prefix })]);
  const [issuerPort, registryPort] = [await freePort(), await freePort()];
  const issuer = `http://127.0.0.1:${issuerPort}/issuer`;
  const common = {
    ISSUER_URL: issuer,
    KAFKA_BROKERS: brokers,
    TOPIC_PREFIX: prefix,
    GROUP_ID: `${prefix}registry`,
    REGISTRY_JWKS: `http://127.0.0.1:${registryPort}/registry/v1/keys`,
    DATABASE_URL: main.url,
    ...keyFiles(folder, SEED),
  };
  const start = async (app: string, port: number, more: Record<string, string> = {}): Promise<App> => {
    const env = { ...common, PUBLIC_PORT: String(port), OPERATORS_PORT: String(await freePort()), ...more };
    const process = startApp({ app, folder: mkdtempSync(join(folder, `${app}-`)), env });
    undo.push(() => process.stop());
    await process.untilReady();
    return { url: `http://127.0.0.1:${port}`, process, env };
  };
  try {
    const run = main.url.slice(-6);
    const [registry, , agencies, adapters] = await Promise.all([
      start('registry', registryPort),
      start('issuer', issuerPort),
      Promise.all(SECTORS.map((sector) => register(`e2e-${run}-${sector}`, sector, ownerUrlOf(main)))),
      Promise.all(SECTORS.map(async (sector) => start(`adapter-${sector}`, await freePort()))),
    ]);
    const startTwin = async (): Promise<App> => {
      const other = await database();
      await registerAgain(agencies, ownerUrlOf(other));
      return start('registry', await freePort(), { DATABASE_URL: other.url, GROUP_ID: `${prefix}twin` });
    };
    return {
      adapters: bySector((sector) => adapters[SECTORS.indexOf(sector)] as App),
      registry,
      agencies: bySector((sector) => agencies[SECTORS.indexOf(sector)] as Agency),
      tokenOf: async ({ key, scopes }) => (await requestToken(issuer, key, scopes.join(' '))).accessToken,
      startTwin,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The same agencies in another database; their keys there are never used. */
async function registerAgain(agencies: readonly Agency[], ownerUrl: string): Promise<void> {
  const data = new AccessData(ownerUrl);
  try {
    for (const [place, { name, scopes, purpose }] of agencies.entries()) {
      const sectors = SECTORS.slice(place, place + 1);
      await new SourceStore(data).add({ name, sectors, scopes, purposes: [purpose] });
    }
  } finally {
    await data.close();
  }
}
