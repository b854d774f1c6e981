import 'reflect-metadata';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { apiPages } from './api-pages.js';
import { configurationPage } from './configuration-page.js';
import { eventPages, schemaPages } from './event-pages.js';
import { type Page } from './page.js';
import { problemPages } from './problem-pages.js';
import { retentionPage } from './retention-page.js';

const pages: Page[] = [
  ...problemPages(),
  ...eventPages(),
  ...schemaPages(),
  configurationPage(),
  retentionPage(),
  ...(await apiPages()),
];
const differs = ({ path, text }: Page): boolean => !existsSync(path) || readFileSync(path, 'utf8') !== text;
const stale = pages.filter(differs);

if (process.argv[2] === 'check') {
  for (const { path } of stale) console.error(`${path} is not what the classes say: npm run docs`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const { path, text } of stale) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  console.log(`${pages.length} generated documents, ${stale.length} rewritten`);
}
