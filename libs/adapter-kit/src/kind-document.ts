import { applyDecorators } from '@nestjs/common';
import {
  ApiExtension,
  ApiExtraModels,
  ApiOperation,
  type ApiOperationOptions,
  ApiQuery,
  getSchemaPath,
} from '@nestjs/swagger';
import { inBothLanguages } from '@simpul/contracts';
import { acceptedItem, arrayAnswer, checkedItem, itemLine, lastLine } from './answer-document.js';
import type { Kind } from './kind.js';

type Responses = NonNullable<ApiOperationOptions['responses']>;
type Schema = Record<string, unknown>;

const problem = (description: string, headers?: object): object => ({
  description,
  ...(headers && { headers }),
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

const json = (schema: Schema): object => ({ 'application/json': { schema } });

const RETRY_AFTER = { 'Retry-After': { description: 'Seconds / detik', schema: { type: 'integer' } } };

const responses = {
  200: {
    description:
      'NDJSON: a line per item as it is settled, a summary last; or a check only / NDJSON: satu baris per butir, ringkasan di akhir; atau hanya pemeriksaan',
    content: {
      'application/x-ndjson': { schema: { oneOf: [itemLine, lastLine] } },
      ...json({ oneOf: [checkedItem, arrayAnswer] }),
    },
  },
  202: {
    description: 'Accepted: durably in the event log / Diterima: tersimpan permanen di log peristiwa',
    content: json({ oneOf: [acceptedItem, arrayAnswer] }),
  },
  400: problem('The body is not what it says / Isi tidak seperti yang dinyatakan'),
  401: problem('No token, or not a valid one / Tidak ada token yang sah'),
  403: problem('The token lacks the scope / Token tidak memiliki scope'),
  413: problem('Too large or too many / Terlalu besar atau terlalu banyak'),
  415: problem('Neither JSON nor NDJSON / Bukan JSON atau NDJSON'),
  422: problem(
    'Understood and refused: every field error at once / Dipahami tetapi ditolak: semua kesalahan isian sekaligus',
  ),
  429: problem('The client has used up its share / Klien sudah memakai jatahnya', RETRY_AFTER),
  503: problem('Not taken: send the same again / Tidak diterima: kirim ulang yang sama', RETRY_AFTER),
} as unknown as Responses;

const DESCRIPTION = [
  'One object (256 KiB), an array (10 MiB, 1,000 items), or one object per line as application/x-ndjson (64 KiB a line, 100,000 lines, 256 MiB).',
  'Each item is `accepted`, a `duplicate` within the request, `rejected` with its problem, or `retry`: send the same again. Sending again is always safe.',
  'With `?check=only` nothing is published, and a good item is `would-be-accepted`. An NDJSON answer without its last line `{"summary":…}` is incomplete: send the rest again.',
  '/ Satu objek, larik, atau satu objek per baris. Mengirim ulang selalu aman. Dengan `?check=only` tidak ada yang diterbitkan; butir yang baik berstatus `would-be-accepted`.',
].join(' ');

/** OpenAPI of the one route of a kind. */
export function DocumentKind(kind: Kind): MethodDecorator {
  return applyDecorators(
    ApiExtraModels(kind.message),
    ApiExtension('x-event', kind.event.type),
    ApiQuery({
      name: 'check',
      required: false,
      schema: { type: 'string', enum: ['only'] },
      description: 'only: say what would happen, publish nothing / only: hanya memeriksa, tanpa menerbitkan',
    }),
    ApiOperation({
      summary: inBothLanguages(kind),
      description: DESCRIPTION,
      requestBody: { required: true, content: contentOf(kind) } as ApiOperationOptions['requestBody'],
      responses,
    }),
  );
}

function contentOf(kind: Kind): object {
  const one = { $ref: getSchemaPath(kind.message) };
  const many = { type: 'array', minItems: 1, maxItems: 1_000, items: one };
  const examples = kind.examples.map(({ title, message }, index) => [
    `example-${index + 1}`,
    { summary: inBothLanguages(title), value: message },
  ]);
  const all = kind.examples.map(({ message }) => message);
  const array = [['all', { summary: 'Several at once / Beberapa sekaligus', value: all }]];
  return {
    'application/json': {
      schema: { oneOf: [one, many] },
      examples: Object.fromEntries([...examples, ...array]) as object,
    },
    'application/x-ndjson': {
      schema: { type: 'string', description: 'One JSON object per line / Satu objek JSON per baris' },
      example: all.map((message) => `${JSON.stringify(message)}\n`).join(''),
    },
  };
}
