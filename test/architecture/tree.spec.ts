// The shape of the tree: drawers that gather everything are no places, and every adapter looks like the others.
import { readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = resolve(import.meta.dirname, '../..');
const drawers = /^(?:utils?|helpers?|common|shared|core|base|misc|types?|interfaces?|constants?|enums?)$/u;
const drawerWords = /(?:^|-)(?:utils?|helpers?|misc)$/u;
const isKebab = /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/u;

const isDrawer = (name: string) => name.split('.').some((part) => drawers.test(part) || drawerWords.test(part));

/** Every file and folder below ours, as paths from the root. */
function listTree(): string[] {
  return ['apps', 'libs', 'tools', 'bench', 'test'].flatMap((folder) => {
    try {
      return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((path) => !path.includes('node_modules'))
        .map((path) => join(folder, path));
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return []; // not every part has to exist
      throw cause;
    }
  });
}

describe('names of files and folders', () => {
  const tree = listTree();

  it('knows a drawer when it sees one', () => {
    const drawn = ['utils', 'utils.ts', 'core', 'person.types.ts', 'date-helpers.ts', 'constants.ts', 'shared'];
    const places = ['person.view.ts', 'event-type.ts', 'base64url.ts', 'core-banking.ts', 'database', 'score.ts'];
    expect([...drawn, ...places].filter(isDrawer)).toEqual(drawn);
  });

  it('has no drawers', () => {
    expect(tree.filter((path) => isDrawer(basename(path)))).toEqual([]);
  });

  it('is kebab-case, with the role as last word', () => {
    const odd = tree.filter((path) => !isKebab.test(basename(path)) && !/(?:README\.md|Dockerfile)$/u.test(path));
    expect(odd).toEqual([]);
  });
});
