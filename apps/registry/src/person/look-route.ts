import { applyDecorators, Header } from '@nestjs/common';
import { ApiExtension, ApiHeader, ApiOperation, ApiParam, ApiResponse } from '@nestjs/swagger';
import { inBothLanguages, type Words } from '@simpul/contracts';

const REFUSALS: readonly [status: number, description: string][] = [
  [400, 'no purpose, or a malformed parameter / tujuan tidak disebut, atau parameter salah'],
  [403, 'scope or purpose not allowed / cakupan atau tujuan tidak diizinkan'],
  [404, 'unknown, or not within reach of the purpose / tidak dikenal, atau di luar jangkauan tujuan'],
  [429, 'looked too often / terlalu sering melihat data'],
  [
    503,
    'the look could not be written down, so nothing is shown / akses tidak dapat dicatat, jadi tidak ada yang ditampilkan',
  ],
];

/** Documents a route that looks at personal data: its purpose header and refusals. Its answers are never cached. */
export const LookRoute = (summary: Words, description: Words): MethodDecorator =>
  applyDecorators(
    ApiOperation({ summary: inBothLanguages(summary), description: `${description.en}\n\n${description.id}` }),
    ApiHeader({
      name: 'Simpul-Purpose',
      required: true,
      description: 'code of the purpose of this look / kode tujuan akses ini',
      example: 'civil-verification',
    }),
    ApiExtension('x-simpul-purpose', true),
    ...REFUSALS.map(([status, text]) => ApiResponse({ status, description: text })),
    Header('cache-control', 'no-store'),
  );

/** Documents the id in the path. */
export const PersonId = (): MethodDecorator =>
  ApiParam({
    name: 'id',
    description:
      'id of a person or of one of its records, as your agency was shown it / id orang atau salah satu rekamannya, sebagaimana diterima instansi Anda',
    example: 'q1b7cT0n3y1S8jC1m0ZbVQ',
  });
