import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { type AccessEntryRow, type Caller, CurrentCaller, Requires } from '@simpul/access';
import type { FastifyReply } from 'fastify';

import { Cursors } from '../paging/cursors.js';
import { linkNext, malformed, type Query as PageQuery } from '../paging/page.js';
import { PagedListing } from '../paging/page-query.js';
import { HiddenIds } from '../person/hidden-ids.js';
import { AccessEntriesAnswer, type AccessEntryAnswer } from './access-entry.answer.js';
import { AccessEntryStore } from './access-entry.store.js';

/** Who looked at whom, when and why. */
@ApiTags('operations')
@Requires('operations')
@Controller('registry/v1/access-entries')
export class AccessEntryController {
  constructor(
    private readonly store: AccessEntryStore,
    private readonly cursors: Cursors,
    private readonly ids: HiddenIds,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Looks at personal data / Akses data pribadi',
    description: 'Each was written before its answer left.\n\nSetiap akses dicatat sebelum jawabannya dikirim.',
  })
  @ApiQuery({ name: 'source', required: false, type: String, description: 'source / sumber' })
  @ApiQuery({ name: 'purpose', required: false, type: String, description: 'purpose / tujuan' })
  @PagedListing()
  @ApiOkResponse({ type: AccessEntriesAnswer })
  async entries(
    @Query() query: PageQuery,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccessEntriesAnswer> {
    const filter = { source: nameOf(query, 'source'), purpose: nameOf(query, 'purpose') };
    const signed = { listing: 'access-entries', ...filter };
    const page = this.cursors.read(query, signed);
    const rows = await this.store.list({ ...filter, after: page.after, limit: page.limit + 1 });
    const { rows: shown, next } = this.cursors.cut(rows, page, signed, ({ at, id }) => [at.toISOString(), id]);
    linkNext(reply, next);
    return { items: shown.map((row) => this.show(row, caller)), ...(next !== undefined && { next }) };
  }

  private show({ at, missed, records, ...row }: AccessEntryRow, caller: Caller): AccessEntryAnswer {
    const hidden = records.map((record) => this.ids.hide(caller.source, record));
    return { ...row, at: at.toISOString(), records: hidden, miss: missed !== null };
  }
}

function nameOf(query: PageQuery, name: string): string | undefined {
  const value = query[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || !/^[a-z0-9-]{2,63}$/u.test(value)) throw malformed(name, 'a–z 0–9 -');
  return value;
}
