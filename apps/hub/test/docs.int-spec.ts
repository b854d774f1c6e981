// The documents as a reader's browser has them: every page, in both languages, by keyboard, and down to a real push.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EVENT_TYPES, PROBLEMS } from '@simpul/contracts';
import { AdapterStage } from '@simpul/testing';
import type { Browser, Page } from 'playwright-core';
import { readDocuments } from '../src/documents.js';
import { eventRoutes } from '../src/event-routes.js';
import { HubModule } from '../src/hub.module.js';
import { readParts } from '../src/parts.js';
import { findBarriers, openBrowser, openPage, wearDark } from './browser.js';

const documents = readDocuments(readParts('all'));
const SWAGGER_UI = /^\/docs\/apis\//u;

let stage: AdapterStage;
let browser: Browser;
let hub: string;
let close: () => Promise<void>;
/** Every page that can be reached from /docs: path → its text, as a reader without JavaScript gets it. */
const pages = new Map<string, string>();
/** All links between them, with their fragments. */
const links = new Set<string>();

const linksOf = (html: string, base: string): URL[] =>
  [...html.matchAll(/href="([^"]+)"/gu)].map(([, href = '']) => new URL(href, base));

/** Follows every link, from one page to the next. */
async function crawl(path: string): Promise<void> {
  const answer = await fetch(`${hub}${path}`);
  expect([path, answer.status]).toEqual([path, 200]);
  const isPage = answer.headers.get('content-type')?.startsWith('text/html') ?? false;
  const text = await answer.text();
  pages.set(path, isPage ? text : '');
  if (!isPage) return;
  for (const link of linksOf(text, `${hub}${path}`)) {
    expect([path, link.origin]).toEqual([path, hub]);
    links.add(link.pathname + link.hash);
    if (!pages.has(link.pathname)) await crawl(link.pathname);
  }
}

/** Of pages that differ in their words only, the longest: what a machine finds in it, it would find in all. */
function differentPaths(): string[] {
  const longest = new Map<string, string>();
  for (const [path, text] of pages) {
    const markup = text.replaceAll(/>[^<]+</gu, '><').replaceAll(/ href="[^"]*"/gu, '');
    if ((pages.get(longest.get(markup) ?? '')?.length ?? 0) < text.length) longest.set(markup, path);
  }
  return [...longest.values()];
}

beforeAll(async () => {
  stage = await AdapterStage.build('health');
  const app = await stage.start(HubModule.register(['health'], documents), documents);
  await app.listen(0, '127.0.0.1');
  hub = await app.getUrl();
  browser = await openBrowser();
  close = async () => {
    await browser.close();
    await app.close();
    await stage.close();
  };
  await crawl('/docs');
}, 60_000);
afterAll(() => close());

describe('the documents', () => {
  it('are all reached from the entry page: every API, event and problem', () => {
    const expected = [
      '/docs/start',
      ...documents.flatMap(({ name }) => [`/docs/apis/${name}`, `/docs/openapi/${name}.json`]),
      ...EVENT_TYPES.map(({ name }) => `/docs/events/${name}`),
      ...Object.keys(PROBLEMS).map((code) => `/docs/problems/${code}`),
    ];
    expect(documents.map(({ name }) => name).toSorted()).toEqual([
      'civil',
      'community',
      'education',
      'health',
      'registry',
      'social',
    ]);
    expect(expected.filter((path) => !pages.has(path))).toEqual([]);
  });

  it('lead only to places that exist on the page', () => {
    const broken = [...links].filter((link) => {
      const [path = '', fragment] = link.split('#');
      if (fragment === undefined || SWAGGER_UI.test(path)) return false;
      return !pages.get(path)?.includes(`id="${fragment}"`);
    });
    expect(links.size).toBeGreaterThan(200);
    expect(broken).toEqual([]);
  });

  it('say 404 for what is no event and no problem', async () => {
    for (const path of ['/docs/events/health.nothing', '/docs/problems/nothing', '/docs/apis/nothing']) {
      const answer = await fetch(`${hub}${path}`);
      expect([path, answer.status, answer.headers.get('content-type')]).toEqual([
        path,
        404,
        'application/problem+json; charset=utf-8',
      ]);
    }
  });
});

describe('every page in a browser', () => {
  const dressed = new Set<string>();
  /** Whether an element of this page is of a kind whose colours were on no page before. */
  function hasNewColours(path: string): boolean {
    const kinds = (pages.get(path) ?? '').match(/<\w+(?: class="[^"]*")?/gu) ?? [];
    const before = dressed.size;
    for (const kind of kinds) dressed.add(kind);
    return dressed.size > before;
  }

  /** What is wrong with the page as it stands. */
  async function findFaults(page: Page): Promise<string[]> {
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    return [...(width > 320 ? [`wide ${width}`] : []), ...(await findBarriers(page))];
  }

  async function findDarkFaults(page: Page): Promise<string[]> {
    await wearDark(page);
    const found = await findBarriers(page, ['color-contrast']);
    await page.emulateMedia({ colorScheme: 'light' });
    return found.map((what) => `dark ${what}`);
  }

  /** Swagger UI shows the very API that the link names, and every route of it. */
  async function expectApi(page: Page, path: string): Promise<void> {
    const document = documents.find(({ name }) => path === `/docs/apis/${name}`)?.document;
    await page.locator('.opblock').first().waitFor();
    expect(await page.locator('.info .title').innerText()).toContain(document?.info.title);
    const shown = await page.locator('.opblock-summary-path').allInnerTexts();
    const paths = shown.map((text) => text.replaceAll(/\s|\u200b/gu, ''));
    expect(new Set(paths)).toEqual(new Set(Object.keys(document?.paths ?? {})));
  }

  async function expectOnly(language: string, page: Page): Promise<void> {
    const shown = await page.evaluate(
      '[...document.querySelectorAll("main > section")].filter((s) => s.checkVisibility()).map((s) => s.lang)',
    );
    expect([page.url(), shown]).toEqual([page.url(), [language]]);
  }

  /** These pages in their languages, on a narrow screen; Swagger UI speaks English only. */
  async function look(paths: readonly string[]): Promise<string[]> {
    const { page, complaints, origins } = await openPage(browser, { viewport: { width: 320, height: 640 } });
    const found: string[] = [];
    const keep = (faults: string[]): unknown => found.push(...faults.map((what) => `${page.url()} ${what}`));
    for (const path of paths) {
      const isApi = SWAGGER_UI.test(path);
      for (const language of isApi ? ['en'] : ['id', 'en']) {
        await page.goto(`${hub}${path}#${language}`);
        await (isApi ? expectApi(page, path) : expectOnly(language, page));
        keep(await findFaults(page));
      }
      if (isApi || hasNewColours(path)) keep(await findDarkFaults(page));
    }
    await page.context().close();
    return [...found, ...complaints, ...[...origins].filter((origin) => origin !== hub)];
  }

  it('has no barrier, no complaint and no other host, in both languages, light and dark', async () => {
    const paths = differentPaths();
    const half = (rest: number): string[] => paths.filter((_path, index) => index % 2 === rest);
    expect(await Promise.all([look(half(0)), look(half(1))])).toEqual([[], []]);
  }, 120_000);

  it('comes in the language of the reader, and changes it by keyboard alone, without JavaScript', async () => {
    const { page } = await openPage(browser, { locale: 'en-GB', javaScriptEnabled: false });
    await page.goto(`${hub}/docs`);
    const heading = page.getByRole('heading', { level: 1 });
    expect(await heading.allInnerTexts()).toEqual(['Connect your system to Simpul']);
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').innerText()).toBe('Skip to content');
    await page.keyboard.press('Enter');
    expect(new URL(page.url()).hash).toBe('#en-content');
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').innerText()).toBe('Start here: your first push');
    await page.keyboard.press('Shift+Tab');
    expect(await page.locator(':focus').getAttribute('lang')).toBe('id');
    await page.keyboard.press('Enter');
    expect(await heading.allInnerTexts()).toEqual(['Hubungkan sistem Anda dengan Simpul']);
    await page.getByRole('link', { name: 'Peristiwa' }).click();
    expect(await heading.allInnerTexts()).toEqual(['Peristiwa']);
    await page.context().close();
  });
});

describe('what pushes', () => {
  it('does so for real: from the page of an event, with a pasted token, to the accepted message', async () => {
    const { page, complaints, origins } = await openPage(browser);
    await page.goto(`${hub}/docs/events/health.growth.measured#en`);
    await page
      .locator('section[lang=en]')
      .getByRole('link', { name: 'POST /adapters/health/v1/growth-measurements' })
      .click();
    const opened = page.locator('.opblock.is-open');
    await opened.waitFor();
    await page.getByRole('button', { name: 'Authorize' }).first().click();
    await page.locator('.auth-container input').fill(await stage.token('puskesmas'));
    const dialog = await findBarriers(page);
    await page.locator('.auth-container button[type=submit]').click();
    await page.locator('.auth-btn-wrapper .btn-done').click();
    await opened.getByRole('button', { name: 'Try it out' }).click();
    await opened.getByRole('button', { name: 'Execute' }).click();
    const answer = opened.locator('.live-responses-table .response');
    await answer.waitFor();
    expect(await opened.locator('.request-url pre').innerText()).toBe(`${hub}/adapters/health/v1/growth-measurements`);
    expect(await answer.locator('.response-col_status').innerText()).toMatch(/^202/u);
    expect(await answer.innerText()).toContain('"status": "accepted"');
    expect(dialog).toEqual([]);
    expect(await findBarriers(page)).toEqual([]);
    await wearDark(page);
    expect(await findBarriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
    expect([...origins]).toEqual([hub]);
    await page.context().close();
  }, 30_000);

  it('has a route for every event type', () => {
    const types = eventRoutes(documents).map(({ type }) => type);
    expect(types.toSorted()).toEqual(EVENT_TYPES.map(({ type }) => type).toSorted());
  });
});
