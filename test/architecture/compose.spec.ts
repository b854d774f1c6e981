// The form of docker-compose.yml: what it starts exists, what it sets is read, what it waits for can be seen.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { AdapterConfig } from '@simpul/adapter-kit';
import { KafkaSecurityConfig } from '@simpul/messaging';
import { ProcessConfig, settingsOf } from '@simpul/process';
import { parse } from 'yaml';
import { nodeFlagsOf } from '../../tools/node-flags.mjs';

const root = resolve(import.meta.dirname, '../..');

interface Service {
  image: string;
  command?: string[];
  environment?: Record<string, string>;
  healthcheck?: { test?: string[]; disable?: boolean };
  depends_on?: Record<string, { condition: string }>;
  volumes?: string[];
  ports?: string[];
}

const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
const { services, volumes } = parse(text, { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
const ours = Object.entries(services).filter(([, service]) => service.image === 'simpul');
const appOf = (service: Service) => /apps\/([a-z-]+)\/src\/main\.js/.exec(service.command?.join(' ') ?? '')?.[1];
const scriptOf = (service: Service) =>
  service.command?.slice(1).find((word) => !word.startsWith('-') && word !== 'run');

const always = ['NODE_ENV', ...namesOf(ProcessConfig)];
const read = new Map<string, Set<string>>();

function namesOf(type: new () => object): string[] {
  return settingsOf(type).flatMap(({ env, secret }) => (secret ? [env, `${env}_FILE`] : [env]));
}

/** The variables that an app reads: those of the classes in its config.ts, and of the kit where it is an adapter. */
async function listRead(app: string): Promise<string[]> {
  const exported = (await import(`../../apps/${app}/src/config.ts`)) as Record<string, unknown>;
  const types = Object.values(exported).filter((value): value is new () => object => typeof value === 'function');
  return [
    ...types,
    ...(app.startsWith('adapter-') ? [AdapterConfig] : []),
    ...(app === 'issuer' ? [] : [KafkaSecurityConfig]),
  ].flatMap(namesOf);
}

beforeAll(async () => {
  const apps = readdirSync(join(root, 'apps')).filter((app) => existsSync(join(root, 'apps', app, 'src/config.ts')));
  const all = await Promise.all(
    apps.map(async (app) => [app, new Set([...always, ...(await listRead(app))])] as const),
  );
  for (const [app, names] of all) read.set(app, names);
  // The hub reads what its parts read.
  read.set('hub', new Set(all.flatMap(([, names]) => [...names])));
});

/** The variables that a tool names in its source. */
function listNamedByTool(script: string): string[] {
  const tool = /tools\/run\.mjs ([a-z-]+)/.exec(scripts[script] ?? '')?.[1] ?? '';
  const source = readFileSync(join(root, 'tools', tool, 'main.ts'), 'utf8');
  const named = [...source.matchAll(/'([A-Z][A-Z0-9_]+)'/g)].map((found) => found[1] ?? '');
  return source.includes('loadKafkaSecurity') ? [...named, 'NODE_ENV', ...namesOf(KafkaSecurityConfig)] : named;
}

describe('docker-compose.yml', () => {
  it('has every app that has a main.ts', () => {
    const apps = readdirSync(join(root, 'apps')).filter((app) => existsSync(join(root, 'apps', app, 'src/main.ts')));
    const started = ours.flatMap(([, service]) => appOf(service) ?? []);
    expect(started.toSorted()).toEqual(apps.toSorted());
  });

  it.each(ours)('%s runs an npm script or an app that exists', (_name, service) => {
    const app = appOf(service);
    const there = app
      ? existsSync(join(root, 'apps', app, 'src/main.ts'))
      : Object.hasOwn(scripts, scriptOf(service) ?? '');
    expect(there).toBe(true);
  });

  it.each(ours.filter(([, service]) => appOf(service)))(
    '%s runs its app under the flags of the product',
    (_name, service) => {
      const [program, ...rest] = service.command ?? [];
      const at = rest.findIndex((word) => word.startsWith('dist/'));
      expect([program, ...rest.slice(0, at)]).toEqual(['node', ...nodeFlagsOf(appOf(service) ?? '')]);
    },
  );

  it.each(ours)('%s sets only variables that its program reads', (_name, service) => {
    const app = appOf(service);
    const known = app ? [...(read.get(app) ?? [])] : listNamedByTool(scriptOf(service) ?? '');
    expect(Object.keys(service.environment ?? {}).filter((name) => !known.includes(name))).toEqual([]);
  });

  it.each(ours)('%s is one of those that are watched, or ends by itself', (_name, service) => {
    expect(appOf(service) ? (service.healthcheck?.test?.join(' ') ?? '') : 'ends').toMatch(/:3001\/livez|^ends$/);
  });

  it('waits only for what can be seen to be there', () => {
    const waits = Object.values(services).flatMap((service) => Object.entries(service.depends_on ?? {}));
    const blind = waits.filter(([target, { condition }]) => {
      const health = services[target]?.healthcheck;
      return condition === 'service_healthy' ? !health?.test : condition !== 'service_completed_successfully';
    });
    expect(waits.length).toBeGreaterThan(0);
    expect(blind).toEqual([]);
  });

  it('keeps data in named volumes and opens ports on this computer only', () => {
    const used = Object.values(services).flatMap((service) =>
      (service.volumes ?? []).map((volume) => volume.replace(/:.*/, '')),
    );
    expect(used.toSorted()).toEqual(Object.keys(volumes).toSorted());
    const ports = Object.values(services).flatMap((service) => service.ports ?? []);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
    expect(new Set(ports).size).toBe(ports.length);
  });

  it('holds no password', () => {
    const passwords = [...text.matchAll(/PASSWORD: (.*)$|:\/\/[a-z_]+:([^@\s]*(?: [^@\n]*)?)@/gm)].map(
      (found) => found[1] ?? found[2],
    );
    expect(passwords.length).toBeGreaterThan(0);
    expect(passwords.filter((value) => !/^\$\{[A-Z_]+:\?set it in \.env\}$/.test(value ?? ''))).toEqual([]);
  });
});

describe('the flags of the product', () => {
  it('are those of the image', () => {
    const [, command = '[]'] = /^CMD (\[.*\])$/mu.exec(readFileSync(join(root, 'Dockerfile'), 'utf8')) ?? [];
    expect(JSON.parse(command)).toEqual(['node', ...nodeFlagsOf('hub'), 'dist/apps/hub/src/main.js']);
  });

  it('are those that the hub tells its operators', () => {
    const readme = readFileSync(join(root, 'apps/hub/README.md'), 'utf8');
    expect(readme).toContain(`node ${nodeFlagsOf('hub').join(' ')} dist/apps/hub/src/main.js`);
  });

  it.each(['tools/dev.mjs', 'tools/installation/app-process.ts', 'tools/start-built-apps.mjs', 'test/chaos/stack.ts'])(
    'are taken by %s from their one place',
    (file) => {
      const source = readFileSync(join(root, file), 'utf8');
      expect(source).toContain('...nodeFlagsOf(');
      expect(source).not.toMatch(/'--(?:enable-source-maps|max-)/u);
    },
  );
});
