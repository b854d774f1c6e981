import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A change of the product that breaks a promise, or that must break none. */
export interface Variant {
  /** `V5`; a harmless one `H1`. */
  code: string;
  name: string;
  /** How the names of the faults begin that show it, tried in this order until one does. */
  faults: string[];
  /** It is caught when one of these is missed; empty for a harmless one. */
  expected: string[];
  /** Agencies say nothing twice while it is tried. */
  saysOnce: boolean;
  /** Path of the unified diff, from the root of the project. */
  patch: string;
}

const FOLDER = join('test', 'chaos', 'teeth');

/** All variants, in the order of their files. */
export function listVariants(): Variant[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.patch'));
  return files
    .toSorted()
    .map((file) => join(FOLDER, file))
    .map((patch) => readVariant(patch, readFileSync(patch, 'utf8')));
}

/** Before its first hunk a patch says what it is: lines `Name: value`, the last of them before an empty line. */
export function readVariant(patch: string, text: string): Variant {
  const [head = ''] = text.split('\n\n');
  const said = new Map(head.split('\n').map((line) => line.split(/: (.*)/su, 2) as [string, string]));
  const need = (name: string): string => {
    const value = said.get(name);
    if (value === undefined) throw new SyntaxError(`${patch} does not say ${name}`);
    return value;
  };
  const list = (name: string): string[] => need(name).split(', ');
  const expected = need('Caught-By') === 'nobody' ? [] : list('Caught-By');
  return {
    code: need('Variant'),
    name: need('Name'),
    faults: list('Faults'),
    expected,
    saysOnce: said.get('Load') === 'once',
    patch,
  };
}
