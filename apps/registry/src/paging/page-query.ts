import { applyDecorators } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';

/** Documents `limit` and `cursor` of a listing. */
export const PagedListing = (): MethodDecorator =>
  applyDecorators(
    ApiQuery({
      name: 'limit',
      required: false,
      schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
      description: 'items per page / banyaknya butir per halaman',
    }),
    ApiQuery({
      name: 'cursor',
      required: false,
      schema: { type: 'string' },
      description:
        'where the last page ended, as its `next` said; opaque / akhir halaman sebelumnya, dari `next`; jangan diubah',
    }),
  );
