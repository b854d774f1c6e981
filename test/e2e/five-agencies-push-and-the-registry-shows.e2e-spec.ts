// The apps as processes of their own, over HTTP alone: five agencies tell of one family, and the registry shows each of
// them what its purpose opens. A killed registry stops nobody from telling, and forgets nothing.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Sector, SECTORS, SYSTEMS } from '@simpul/contracts';
import { buildWhenStale } from '../../tools/build-when-stale.mjs';
import { until } from '../../tools/local/guarded.mjs';
import { type App, type AppsApart, runTool, startApart } from './apps-apart.js';
import { benefit, CHILD_NIK, growth, MOTHER_NIK, ONE_OF_EACH, STRANGER_NIK, type Told } from './one-family.js';

interface Answer {
  status: number;
  text: string;
  body: Record<string, unknown>;
}

interface Item {
  id: string;
  status: string;
  receipt: string;
}

let apps: AppsApart;
const tokens = new Map<Sector, string>();

beforeAll(async () => {
  await buildWhenStale();
  apps = await startApart();
  for (const sector of SECTORS) tokens.set(sector, await apps.tokenOf(apps.agencies[sector]));
}, 120_000);
afterAll(() => apps?.stop(), 30_000);

interface Question {
  method?: 'GET' | 'POST';
  body?: string;
  type?: string;
  purpose?: string;
}

const isLines = ({ headers }: Response): boolean => headers.get('content-type')?.includes('ndjson') ?? false;

async function ask(as: Sector, url: string, question: Question = {}): Promise<Answer> {
  const { method = 'GET', body, type = 'application/json', purpose } = question;
  const response = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${tokens.get(as)}`,
      'accept-language': 'en',
      ...(body !== undefined && { 'content-type': type }),
      ...(purpose !== undefined && { 'simpul-purpose': purpose }),
    },
    ...(body !== undefined && { body }),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  return { status: response.status, text, body: isLines(response) ? {} : (JSON.parse(text) as Answer['body']) };
}

type Form = 'object' | 'array' | 'ndjson';
const FORMS: Record<Form, { type: string; write(messages: readonly object[]): string }> = {
  object: { type: 'application/json', write: ([message]) => JSON.stringify(message) },
  array: { type: 'application/json', write: (messages) => JSON.stringify(messages) },
  ndjson: {
    type: 'application/x-ndjson',
    write: (messages) => messages.map((each) => JSON.stringify(each)).join('\n'),
  },
};

/** Pushes messages of one kind; every one must be accepted. Returns their items. */
async function push(form: Form, told: readonly Told[]): Promise<Item[]> {
  const { sector, path } = told[0] as Told;
  const { type, write } = FORMS[form];
  const body = write(told.map(({ message }) => message));
  const { status, text } = await ask(sector, `${apps.adapters[sector].url}/adapters/${sector}/v1/${path}`, {
    method: 'POST',
    body,
    type,
  });
  const items = form === 'ndjson' ? linesOf(text) : itemsOf(text);
  expect({ sector, path, status, items }).toMatchObject({
    status: form === 'ndjson' ? 200 : 202,
    items: told.map(() => ({ status: 'accepted' })),
  });
  return items;
}

const itemsOf = (text: string): Item[] => {
  const answer = JSON.parse(text) as Item & { items?: Item[] };
  return answer.items ?? [answer];
};
const linesOf = (text: string): Item[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Item)
    .filter(({ receipt }) => receipt);

/** What became of messages, once a registry has judged them all. */
async function verdicts(as: Sector, receipts: readonly string[], { url }: App = apps.registry): Promise<string[]> {
  const body = JSON.stringify({ receipts });
  return until(
    async () => {
      const answer = await ask(as, `${url}/registry/v1/receipts`, { method: 'POST', body });
      const statuses = ((answer.body['items'] ?? []) as { status: string }[]).map(({ status }) => status);
      return statuses.length > 0 && !statuses.includes('pending') ? statuses : undefined;
    },
    { withinMs: 40_000, what: `verdicts for ${as}` },
  );
}

const look = (as: Sector, path: string, question: Question = {}): Promise<Answer> =>
  ask(as, `${apps.registry.url}/registry/v1/${path}`, { purpose: apps.agencies[as].purpose, ...question });
const lookup = (as: Sector, value: string): Promise<Answer> =>
  look(as, 'persons/lookup', {
    method: 'POST',
    body: JSON.stringify({ identifier: { system: SYSTEMS.nik, value } }),
  });
const idOf = async (as: Sector): Promise<string> => (await lookup(as, CHILD_NIK)).body['id'] as string;
const attributesOf = ({ body }: Answer): string[] => Object.keys(body['attributes'] ?? {});
const nameOf = (sector: Sector): string => apps.agencies[sector].name;

/** Receipts of all that was accepted, by who pushed it. */
const accepted = new Map<Sector, string[]>(SECTORS.map((sector) => [sector, []]));
const keep = (sector: Sector, items: readonly Item[]): void => {
  accepted.get(sector)?.push(...items.map(({ receipt }) => receipt));
};

describe('five agencies that push about one family', () => {
  it('are told that every message is accepted, and then that it counts', async () => {
    const forms: Form[] = ['object', 'array', 'ndjson'];
    for (const [place, told] of ONE_OF_EACH.entries()) {
      keep(told.sector, await push(forms[place % forms.length] ?? 'object', [told]));
    }
    const said = await Promise.all(SECTORS.map((sector) => verdicts(sector, accepted.get(sector) ?? [])));
    expect(said.flat()).toEqual(ONE_OF_EACH.map(() => 'applied'));
  });

  it('see of the same person what their purpose opens', async () => {
    const [civil, health, social] = await Promise.all([
      lookup('civil', CHILD_NIK),
      lookup('health', CHILD_NIK),
      lookup('social', CHILD_NIK),
    ]);
    expect([civil.status, health.status, social.status]).toEqual([200, 200, 200]);
    expect(attributesOf(health)).toEqual(expect.arrayContaining(['name', 'growth']));
    expect(attributesOf(civil)).toContain('name');
    expect(civil.text + social.text).not.toMatch(/growth|9\.4/u);
    const ids = [civil, health, social].map(({ body }) => body['id']);
    expect(new Set(ids).size).toBe(3);
    const timelineOf = async (as: Sector): Promise<string> => {
      const { body } = await lookup(as, MOTHER_NIK);
      return (await look(as, `persons/${String(body['id'])}/timeline`)).text;
    };
    expect(await timelineOf('social')).toContain('750000');
    const asCivil = await timelineOf('civil');
    expect(asCivil).toContain('id.simpul.civil.family.changed.v1');
    expect(asCivil).not.toContain('750000');
  });

  it('cannot tell a person out of their reach from one that nobody knows', async () => {
    const [outOfReach, unknown] = [await lookup('education', CHILD_NIK), await lookup('education', STRANGER_NIK)];
    const withoutIds = ({ body: { traceId: _trace, ...body } }: Answer): object => body;
    expect([outOfReach.status, unknown.status]).toEqual([404, 404]);
    expect(withoutIds(outOfReach)).toEqual(withoutIds(unknown));
    expect((await look('education', `persons/${await idOf('health')}`)).status).toBe(404);
  });

  it('read the person, its timeline, its family and who said what', async () => {
    const id = await idOf('health');
    const [person, timeline, provenance] = await Promise.all([
      look('health', `persons/${id}`),
      look('health', `persons/${id}/timeline`),
      look('health', `persons/${id}/provenance`),
    ]);
    const name = { value: 'CONTOH SATU', source: nameOf('civil'), assurance: 'verified' };
    expect(person.body).toMatchObject({ id, attributes: { name } });
    const events = timeline.body['items'] as { type: string; reference?: string; sources: string[] }[];
    expect(events.map(({ reference }) => reference).filter(Boolean)).toEqual([
      'immunisation/imun-1/0',
      'growth-measurement/posy-1/0',
    ]);
    const claims = (provenance.body['attributes'] as Record<string, { source: string }[]>)['name'] ?? [];
    expect(claims.map(({ source }) => source)).toEqual([nameOf('civil'), nameOf('health')]);
    const family = await look('civil', `persons/${await idOf('civil')}/family`);
    const members = family.body['members'] as { relation: string }[];
    expect(members.map(({ relation }) => relation).toSorted()).toEqual(['child', 'child', 'head', 'parent', 'wife']);
  });

  it('find their own dead letters, and only their own', async () => {
    const items = await push('object', [growth('posy-1', 11.1)]);
    keep('health', items);
    expect(
      await verdicts(
        'health',
        items.map(({ receipt }) => receipt),
      ),
    ).toEqual(['conflict']);
    const letters = (as: Sector): Promise<Answer> =>
      ask(as, `${apps.registry.url}/registry/v1/sources/me/dead-letters`);
    expect((await letters('health')).body['items']).toMatchObject([
      { id: 'growth-measurement/posy-1/0', state: 'dead', code: 'event.conflict' },
    ]);
    expect((await letters('civil')).body['items']).toEqual([]);
  });

  it('go on pushing while the registry is killed, and nothing that was accepted is lost', async () => {
    const { registry } = apps;
    const before = registry.process.pid;
    const wave = (number: number): Promise<[Item[], Item[]]> => {
      const each = (_: unknown, place: number): string => `wave-${number}-${place}`;
      const references = Array.from({ length: 20 }, each);
      return Promise.all([
        push(
          'array',
          references.map((reference) => growth(reference, 9.4)),
        ),
        push(
          'ndjson',
          references.map((reference) => benefit(reference, 200_000)),
        ),
      ]);
    };
    const waves: [Item[], Item[]][] = [await wave(0)];
    await registry.process.kill9();
    const back = registry.process.untilReady().then(() => true);
    for (let number = 1; number < 200; number++) {
      waves.push(await wave(number));
      if (await Promise.race([back, Promise.resolve(false)])) break;
    }
    await back;
    waves.push(await wave(200));
    for (const [health, social] of waves) {
      keep('health', health);
      keep('social', social);
    }
    expect(waves.length).toBeGreaterThan(5);
    expect(registry.process.pid).not.toBe(before);
    const said = await Promise.all(
      waves.flatMap(([health, social]) => [
        verdicts(
          'health',
          health.map(({ receipt }) => receipt),
        ),
        verdicts(
          'social',
          social.map(({ receipt }) => receipt),
        ),
      ]),
    );
    expect(new Set(said.flat())).toEqual(new Set(['applied']));
  }, 60_000);

  it('end in the state of a registry that nobody killed', async () => {
    const twin = await apps.startTwin();
    for (const [sector, receipts] of accepted)
      for (let from = 0; from < receipts.length; from += 1_000)
        await verdicts(sector, receipts.slice(from, from + 1_000), twin);
    const hashes = await Promise.all([apps.registry, twin].map(({ env }) => runTool(['state-hash'], env)));
    expect(hashes[0]).toMatch(/^[0-9a-f]{64} /u);
    expect(hashes[1]).toBe(hashes[0]);
  }, 60_000);
});
