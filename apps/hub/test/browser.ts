import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const PATH_TOOL = join(import.meta.dirname, '../../../test/servers/browser.mjs');

/** A real browser; its sandbox does not work for root. */
export function openBrowser(): Promise<Browser> {
  const executablePath = execFileSync(process.execPath, [PATH_TOOL]).toString();
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
}

export interface WatchedPage {
  page: Page;
  /** Whatever a reader's browser complains of, breaches of the content security policy too. */
  complaints: string[];
  /** Origins that were asked for anything. */
  origins: Set<string>;
}

const TELL_BREACHES = `addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  console.error('policy ' + violatedDirective + ' ' + blockedURI))`;

const READER = { locale: 'id-ID', timezoneId: 'Asia/Jakarta', reducedMotion: 'reduce' } as const;

/** A page of a new context: no cookie and no cache of another one. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ ...READER, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  const origins = new Set<string>();
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${page.url()} ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`${page.url()} ${error.message}`));
  page.on('request', (request) => origins.add(new URL(request.url()).origin));
  await page.addInitScript(TELL_BREACHES);
  return { page, complaints, origins };
}

/** Swagger UI follows by its script, a moment later. */
export async function wearDark(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' });
  if ((await page.locator('#reader').count()) > 0) await page.locator('html.dark-mode').waitFor();
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** `rule selector` of every node of the page that breaks WCAG 2.2 AA, as far as a machine can tell. */
export async function findBarriers(page: Page, runOnly: readonly string[] = TAGS): Promise<string[]> {
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(axe.source);
  const options = { runOnly, resultTypes: ['violations'] };
  const { violations } = await page.evaluate<{ violations: { id: string; nodes: { target: string[] }[] }[] }>(
    `axe.run(document, ${JSON.stringify(options)})`,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(' ')}`));
}
