import { isProblemCode, PROBLEMS } from '@simpul/contracts';
import type { Answer } from './exchange.js';
import { CANARY, NIK } from './canary.js';
import { type HttpCase } from './http-case.js';
import type { Language } from './wire.js';

interface FieldProblem {
  pointer?: string;
  code?: string;
  detail?: string;
}

/** Whatever an answer's body may be: a problem, an item, a line. */
interface Said {
  type?: string;
  title?: string;
  status?: number | string;
  detail?: string;
  code?: string;
  instance?: string;
  errors?: FieldProblem[];
  problem?: Said;
  items?: Said[];
  summary?: unknown;
  warnings?: FieldProblem[];
}

type Wants = Omit<HttpCase, 'name'>;

/** What is not as it must be, in words; empty where the answer is as wanted. */
export function faultsOf(wanted: Wants, answer: Answer, language: Language): string[] {
  if (answer.status !== wanted.status)
    return [`status ${answer.status}, wanted ${wanted.status}: ${answer.body.slice(0, 200)}`];
  if (answer.status === 0) return [];
  return [...echoes(answer), ...headerFaults(answer), ...bodyFaults(wanted, answer, language)];
}

/** `instance` is the address that the caller used. */
function echoes({ body, headers }: Answer): string[] {
  const seen = JSON.stringify(headers) + body.replaceAll(/"instance":"(?:[^"\\]|\\.)*"/gu, '');
  return [CANARY, NIK].filter((text) => seen.includes(text)).map((text) => `the answer repeats ${text}`);
}

const NEEDED: Readonly<Record<number, string>> = {
  401: 'www-authenticate',
  405: 'allow',
  429: 'retry-after',
  503: 'retry-after',
};

function headerFaults({ status, headers, rest }: Answer): string[] {
  const needed = ['x-content-type-options', ...(NEEDED[status] === undefined ? [] : [NEEDED[status]])];
  return [
    ...needed.filter((name) => headers[name] === undefined).map((name) => `header ${name} is missing`),
    ...(rest > 0 ? [`${rest} bytes behind the answer`] : []),
  ];
}

function bodyFaults(wanted: Wants, answer: Answer, language: Language): string[] {
  const type = answer.headers['content-type'] ?? '';
  if (type.startsWith('application/x-ndjson')) return itemFaults(wanted, answer.body.trimEnd().split('\n').map(parse));
  if (wanted.method === 'HEAD' || answer.status === 204) return answer.body === '' ? [] : ['a body where none may be'];
  const said = parse(answer.body);
  const spoken = wanted.unread ? 'id' : language;
  return [
    ...problemFaults(wanted, answer, spoken),
    ...pointerFaults(wanted, said),
    ...warningFaults(wanted, said),
    ...itemFaults(wanted, said.items ?? []),
    ...problemsIn(said).flatMap((problem) => wordFaults(problem, problem.code ?? '', spoken)),
  ];
}

function parse(text: string): Said {
  try {
    return JSON.parse(text) as Said;
  } catch {
    return {}; // what is missing in it is told by the others
  }
}

function problemFaults({ code, unread }: Wants, { status, headers, body }: Answer, language: Language): string[] {
  if (code === undefined) return [];
  const said = parse(body);
  const isTold = unread || headers['content-language'] === language;
  return [
    ...(headers['content-type'] === 'application/problem+json; charset=utf-8'
      ? []
      : [`content-type ${headers['content-type']}`]),
    ...(isTold ? [] : ['another content-language']),
    ...(said.code === code ? [] : [`code ${said.code}, wanted ${code}`]),
    ...(said.status === status ? [] : [`status ${said.status} in the body`]),
    ...wordFaults(said, said.code ?? '', language),
  ];
}

/** Every problem is complete, and in the language asked for. */
function wordFaults(said: Said, code: string, language: Language): string[] {
  if (!isProblemCode(code)) return [`no problem of the catalogue: ${JSON.stringify(said).slice(0, 200)}`];
  const wrong = [
    said.type === `/docs/problems/${code}`,
    said.title === PROBLEMS[code].title[language],
    typeof said.detail === 'string' && said.detail !== '',
    typeof said.instance === 'string',
    said.status === PROBLEMS[code].status,
    (said.errors ?? []).every(({ pointer, code: fault, detail }) => pointer !== undefined && fault && detail),
  ];
  return wrong.every(Boolean)
    ? []
    : [`the problem ${code} is not complete in ${language}: ${JSON.stringify(said).slice(0, 300)}`];
}

const problemsIn = ({ items = [] }: Said): Said[] => items.flatMap(({ problem }) => problem ?? []);

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  JSON.stringify(a.toSorted()) === JSON.stringify(b.toSorted());

function pointerFaults({ pointers }: Wants, { errors = [] }: Said): string[] {
  const found = [...new Set(errors.map(({ pointer = '?' }) => pointer))];
  return pointers === undefined || isSame(pointers, found)
    ? []
    : [`errors at ${found.join(' ')}, wanted ${pointers.join(' ')}`];
}

function warningFaults({ warnings: wanted }: Wants, { warnings = [] }: Said): string[] {
  if (wanted === undefined) return [];
  const found = warnings.map(({ code = '?' }) => code);
  const isRight = wanted.length === 0 ? found.length === 0 : wanted.every((code) => found.includes(code));
  return isRight ? [] : [`warnings ${found.join(' ')}, wanted ${wanted.join(' ')}`];
}

function nameOf(item: Said): string {
  if (item.summary !== undefined) return 'summary';
  if (item.problem)
    return item.status === undefined ? `problem ${item.problem.code}` : `${item.status} ${item.problem.code}`;
  return String(item.status);
}

function itemFaults({ items: wanted, last }: Wants, items: readonly Said[]): string[] {
  const found = items.map(nameOf);
  if (last !== undefined) return found.at(-1) === last ? [] : [`ends in ${found.at(-1)}, wanted ${last}`];
  if (wanted === undefined) return [];
  const [told, asked] = Array.isArray(wanted)
    ? [JSON.stringify(found), JSON.stringify(wanted)]
    : [countsOf(found), JSON.stringify(wanted, Object.keys(wanted).toSorted())];
  return told === asked ? [] : [`items ${told.slice(0, 200)}, wanted ${asked.slice(0, 200)}`];
}

function countsOf(names: readonly string[]): string {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return JSON.stringify(counts, Object.keys(counts).toSorted());
}
