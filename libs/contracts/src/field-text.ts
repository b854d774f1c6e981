import { type Class, type FieldInfo, type FieldKind, fieldsOf } from './field-info.js';
import { FIELD_GROUPS } from './field-group.js';
import type { Language, Words } from './words.js';

/** What a developer must know of one field, in one language. */
export interface FieldText {
  name: string;
  kind: string;
  /** The class of the part, or of each item of the list. */
  part?: Class;
  needed: boolean;
  meaning: string;
  /** Length, range and form in words; empty where the kind says all. */
  limits: string;
  /** Regular expression of the form, where no words say it. */
  pattern?: string;
  /** The closed list, each with its words where they are known. */
  codes: [code: string, meaning: string][];
  group: string;
  identifies: boolean;
}

const KINDS: Readonly<Record<FieldKind, Words>> = {
  text: { en: 'text', id: 'teks' },
  code: { en: 'code', id: 'kode' },
  day: { en: 'day', id: 'tanggal' },
  instant: { en: 'time', id: 'waktu' },
  whole: { en: 'whole number', id: 'bilangan bulat' },
  quantity: { en: 'number', id: 'angka' },
  flag: { en: 'true or false', id: 'true atau false' },
  part: { en: 'object', id: 'objek' },
  list: { en: 'list of objects', id: 'daftar objek' },
  reference: { en: 'reference', id: 'rujukan' },
  revision: { en: 'revision', id: 'revisi' },
  withdrawn: { en: 'withdrawal', id: 'penarikan' },
};

const FORMS: Readonly<Record<string, Words>> = {
  date: { en: 'YYYY-MM-DD', id: 'YYYY-MM-DD' },
  'date-time': { en: 'RFC 3339, with its offset', id: 'RFC 3339, lengkap dengan selisih zona' },
};

const CHARACTERS: Words = { en: 'characters', id: 'karakter' };
const ITEMS: Words = { en: 'items', id: 'butir' };

function range(from: unknown, to: unknown, of = ''): string[] {
  if (typeof from !== 'number' || typeof to !== 'number') return [];
  return [`${from === to ? to : `${from}–${to}`}${of && ` ${of}`}`];
}

/** Lengths and ranges, as the JSON Schema of the field has them. */
function limitsOf({ kind, schema, unit }: FieldInfo, language: Language): string {
  const { minLength, maxLength, minimum, maximum, minItems, maxItems, format } = schema;
  return [
    ...range(minLength, maxLength, CHARACTERS[language]),
    ...range(minimum, maximum, unit),
    ...range(minItems, maxItems, ITEMS[language]),
    ...(typeof format === 'string' ? [FORMS[format]?.[language] ?? format] : []),
    ...(kind === 'withdrawn' ? ['true'] : []),
  ].join('; ');
}

const patternOf = ({ format, pattern }: FieldInfo['schema']): { pattern?: string } =>
  typeof pattern === 'string' && format === undefined ? { pattern } : {};

function codesOf({ schema, codes }: FieldInfo, language: Language): [string, string][] {
  const list = schema['enum'];
  if (!Array.isArray(list)) return [];
  const named = list.filter((code): code is string => typeof code === 'string');
  return named.map((code) => [code, codes?.[code]?.[language] ?? '']);
}

/** The fields of a class in words, in the order of their declaration. */
export const fieldTextsOf = (type: Class, language: Language): FieldText[] =>
  fieldsOf(type).map((info) => ({
    name: info.name,
    kind: KINDS[info.kind][language],
    ...(info.part && { part: info.part }),
    needed: !info.optional,
    meaning: info.words[language],
    limits: limitsOf(info, language),
    ...patternOf(info.schema),
    codes: codesOf(info, language),
    group: FIELD_GROUPS[info.group][language],
    identifies: info.identifies,
  }));

/** All part classes that these use, each once, in the order of first use. */
export function partsBelow(types: readonly Class[]): Class[] {
  const found = new Set<Class>();
  const visit = (type: Class): void => {
    for (const { part } of fieldsOf(type)) {
      if (!part || found.has(part)) continue;
      found.add(part);
      visit(part);
    }
  };
  types.forEach(visit);
  return [...found];
}
