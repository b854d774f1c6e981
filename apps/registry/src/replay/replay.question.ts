import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { type FieldError, ProblemError, type Words } from '@simpul/contracts';
import { readStrictJson } from '@simpul/process';

import { isNumber } from '../paging/number-of.js';
import { isName, type LetterFilter } from './letter-filter.js';

const MOST_IDS = 1000;

@ApiSchema({
  name: 'LetterFilter',
  description:
    'Which dead letters are meant; what is not named is not asked for / Surat mati yang dimaksud; yang tidak disebut tidak dibatasi',
})
export class LetterFilterQuestion implements LetterFilter {
  @ApiProperty({ description: 'source / sumber', required: false, example: 'puskesmas-tanjung-barat' })
  source?: string;

  @ApiProperty({ description: 'code of the reason / kode alasan', required: false, example: 'event.schema' })
  code?: string;

  @ApiProperty({ description: 'kind / jenis', required: false, example: 'growth-measurement' })
  kind?: string;

  @ApiProperty({ description: 'topic / topik', required: false, example: 'simpul.health.events.v1' })
  topic?: string;

  @ApiProperty({ description: 'partition / partisi', required: false, type: 'integer', minimum: 0, example: 0 })
  partition?: number;

  @ApiProperty({
    description: 'on the log since then / sejak saat ini di log',
    required: false,
    type: 'string',
    format: 'date-time',
    example: '2026-11-24T00:00:00.000Z',
  })
  from?: string;

  @ApiProperty({
    description: 'on the log before then / sebelum saat ini di log',
    required: false,
    type: 'string',
    format: 'date-time',
    example: '2026-11-25T00:00:00.000Z',
  })
  before?: string;

  @ApiProperty({
    description: 'numbers of letters / nomor surat',
    required: false,
    type: 'array',
    items: { type: 'string' },
    minItems: 1,
    maxItems: MOST_IDS,
    example: ['41', '42'],
  })
  ids?: string[];
}

@ApiSchema({ name: 'ReplayQuestion', description: 'Try dead letters again / Coba lagi surat mati' })
export class ReplayQuestion {
  @ApiProperty({
    description: 'true: only say what would be tried / true: hanya sebutkan yang akan dicoba',
    required: false,
    default: false,
  })
  dryRun?: boolean;

  @ApiProperty({ description: 'which letters / surat yang mana', type: LetterFilterQuestion })
  filter: LetterFilterQuestion;
}

const isTime = (value: unknown): boolean =>
  typeof value === 'string' &&
  /^\d{4}-\d{2}-\d{2}T.{1,25}(?:Z|[+-]\d{2}:\d{2})$/u.test(value) &&
  !Number.isNaN(Date.parse(value));

const FORMS: Readonly<Record<string, (value: unknown) => boolean>> = {
  source: isName,
  code: isName,
  kind: isName,
  topic: isName,
  partition: (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 31,
  from: isTime,
  before: isTime,
  ids: (value) => Array.isArray(value) && value.length > 0 && value.length <= MOST_IDS && value.every(isNumber),
} satisfies Record<keyof LetterFilter, (value: unknown) => boolean>;

const FORM: Words = { en: 'is unknown or not in its proper form', id: 'tidak dikenal atau tidak berbentuk semestinya' };

/** A filter says nothing, or says it properly: a name that is mistyped must not widen a replay. */
export function readReplayQuestion(body: Buffer | undefined): ReplayQuestion {
  if (body === undefined) throw new ProblemError('body.empty');
  const { dryRun = false, filter, ...rest } = membersOf(readStrictJson(body));
  const members = membersOf(filter);
  const wrong = Object.entries(members).filter(
    ([name, value]) => !(Object.hasOwn(FORMS, name) && FORMS[name]?.(value)),
  );
  const pointers = [
    ...(typeof dryRun === 'boolean' ? [] : ['/dryRun']),
    ...(isObject(filter) ? [] : ['/filter']),
    ...Object.keys(rest).map((name) => `/${name}`),
    ...wrong.map(([name]) => `/filter/${name}`),
  ];
  if (pointers.length > 0) throw new ProblemError('validation', { errors: pointers.map(toError) });
  return { dryRun: dryRun === true, filter: members };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const membersOf = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});
const toError = (pointer: string): FieldError => ({ pointer, code: 'form', detail: FORM });
