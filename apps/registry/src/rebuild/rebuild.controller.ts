import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Requires } from '@simpul/access';
import type { FastifyReply } from 'fastify';

import { Cursors } from '../paging/cursors.js';
import { numberOf, refusalOf } from '../paging/number-of.js';
import { linkNext, type Query as PageQuery } from '../paging/page.js';
import { PagedListing } from '../paging/page-query.js';
import { RebuildAnswer, RebuildsAnswer, toRebuild } from './rebuild.answer.js';
import { RebuildStore } from './rebuild.store.js';

/** Jobs that fold all records anew; they are begun where the keys are, by npm run rebuild. */
@ApiTags('operations')
@Requires('operations')
@Controller('registry/v1/rebuilds')
export class RebuildController {
  constructor(
    private readonly store: RebuildStore,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'All rebuilds / Semua penyusunan ulang',
    description:
      'Newest first. npm run rebuild begins one; nothing personal stands in them.\n\nTerbaru dulu. npm run rebuild memulainya; tidak memuat data pribadi.',
  })
  @PagedListing()
  @ApiOkResponse({ type: RebuildsAnswer })
  async list(@Query() query: PageQuery, @Res({ passthrough: true }) reply: FastifyReply): Promise<RebuildsAnswer> {
    const signed = { listing: 'rebuilds' };
    const page = this.cursors.read(query, signed);
    const rows = await this.store.list(page.after?.[0], page.limit + 1);
    const { rows: shown, next } = this.cursors.cut(rows, page, signed, ({ id }) => [id]);
    linkNext(reply, next);
    return { items: shown.map(toRebuild), ...(next !== undefined && { next }) };
  }

  @Get(':number')
  @ApiParam({ name: 'number', description: 'number of the job / nomor pekerjaan', example: '3' })
  @ApiOperation({
    summary: 'A rebuild, how far it is, and what differs / Kemajuan dan apa yang berbeda',
    description:
      'What differs is named by ids of records and names of attributes.\n\nYang berbeda disebut dengan id rekaman dan nama atribut.',
  })
  @ApiOkResponse({ type: RebuildAnswer })
  async one(@Param('number') text: string): Promise<RebuildAnswer> {
    const row = await this.store.find(numberOf(text));
    if (!row) throw refusalOf('absent');
    return toRebuild(row);
  }
}
