import { describe, expect, it } from '@jest/globals';
import { readDocuments } from './documents.js';
import { firstPush } from './first-push.js';
import { hubAddress } from './hub-address.js';
import { readParts } from './parts.js';
import { startPage } from './start-page.js';

const documents = readDocuments(readParts('all'));
const page = startPage(documents, 'http://127.0.0.1:3000', 'en');

describe('the page that leads to the first push', () => {
  it('loads nothing and leads nowhere outside the hub', () => {
    const targets = [...page.matchAll(/(?:href|src|action)="([^"]*)"/gu)].map(([, target]) => target);
    expect(targets.filter((target) => target?.includes('/apis/'))).toHaveLength(2 * documents.length);
    expect(targets.filter((target) => target?.includes('/openapi/'))).toHaveLength(2 * documents.length);
    expect(targets.filter((target) => !/^(?:\/docs(?:[/#]|$)|#)/u.test(target ?? ''))).toEqual([]);
    expect(page).not.toMatch(/<(?:script|link|img|iframe|base|form)|@import|url\(/iu);
  });

  it('says everything in both languages, the language of the reader first', () => {
    const order = (text: string): string[] =>
      [...text.matchAll(/<section lang="(..)">/gu)].map(([, lang]) => lang ?? '');
    expect(order(page)).toEqual(['en', 'id']);
    expect(order(startPage(documents, '', 'id'))).toEqual(['id', 'en']);
  });

  it('pushes an example of the health adapter, or of another one when that is not there', () => {
    expect(firstPush(documents)).toMatchObject({ sector: 'health' });
    expect(firstPush(readDocuments(['registry', 'social']))).toMatchObject({ sector: 'social' });
    expect(firstPush(readDocuments(['registry']))).toBeUndefined();
  });

  it.each([
    ['127.0.0.1:4000', 'http://127.0.0.1:4000'],
    ['simpul.example', 'https://simpul.example'],
    ['x"><script>', 'http://127.0.0.1:3000'],
    ['x;rm -rf $HOME', 'http://127.0.0.1:3000'],
    [undefined, 'http://127.0.0.1:3000'],
  ])('names the hub reached as %p %s', (host, address) => {
    expect(hubAddress(host)).toBe(address);
  });
});
