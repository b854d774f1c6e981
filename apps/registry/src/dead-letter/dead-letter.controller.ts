import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, Requires } from '@simpul/access';
import type { FastifyReply } from 'fastify';

import { DEAD_LETTER_STATES, type DeadLetterRow } from '../ingest/dead-letter.entity.js';
import { Cursors } from '../paging/cursors.js';
import { linkNext, malformed, type Query as PageQuery } from '../paging/page.js';
import { PagedListing } from '../paging/page-query.js';
import { isName } from '../replay/letter-filter.js';
import {
  DeadLettersAnswer,
  OperatorDeadLettersAnswer,
  toDeadLetter,
  toOperatorDeadLetter,
} from './dead-letter.answer.js';
import { type DeadLetterPage, DeadLetterStore } from './dead-letter.store.js';

type Filter = Omit<DeadLetterPage, 'before' | 'limit'>;

const StateQuery = (): MethodDecorator =>
  ApiQuery({ name: 'state', required: false, enum: [...DEAD_LETTER_STATES], description: 'state / keadaan' });
const CodeQuery = (): MethodDecorator =>
  ApiQuery({ name: 'code', required: false, type: String, description: 'code of the reason / kode alasan' });

/** Messages that were refused or are held: an agency's own, and all of them for operators. */
@Controller('registry/v1')
export class DeadLetterController {
  constructor(
    private readonly store: DeadLetterStore,
    private readonly cursors: Cursors,
  ) {}

  @Get('sources/me/dead-letters')
  @Requires('events:own')
  @ApiTags('receipts')
  @ApiOperation({
    summary: 'Your messages that were refused or are held / Pesan Anda yang ditolak atau tertahan',
    description: 'Reasons and places, never values.\n\nAlasan dan letaknya, tanpa nilai.',
  })
  @StateQuery()
  @CodeQuery()
  @PagedListing()
  @ApiOkResponse({ type: DeadLettersAnswer })
  async own(
    @Query() query: PageQuery,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DeadLettersAnswer> {
    const filter = { ...readFilter(query), source: caller.source };
    const { rows, next, superseding } = await this.page('own', query, filter);
    linkNext(reply, next);
    return { items: rows.map((row) => toDeadLetter(row, superseding)), ...(next !== undefined && { next }) };
  }

  @Get('dead-letters')
  @Requires('operations')
  @ApiTags('operations')
  @ApiOperation({
    summary: 'All messages that were refused or are held / Semua pesan yang ditolak atau tertahan',
    description: 'Without their content, which stays sealed.\n\nTanpa isinya, yang tetap tersegel.',
  })
  @ApiQuery({ name: 'source', required: false, type: String, description: 'source / sumber' })
  @ApiQuery({ name: 'kind', required: false, type: String, description: 'kind / jenis' })
  @ApiQuery({ name: 'topic', required: false, type: String, description: 'topic / topik' })
  @ApiQuery({ name: 'partition', required: false, type: 'integer', description: 'partition / partisi' })
  @StateQuery()
  @CodeQuery()
  @PagedListing()
  @ApiOkResponse({ type: OperatorDeadLettersAnswer })
  async all(
    @Query() query: PageQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OperatorDeadLettersAnswer> {
    const names = { ...textOf(query, 'source'), ...textOf(query, 'kind'), ...textOf(query, 'topic') };
    const filter = { ...readFilter(query), ...names, ...partitionOf(query) };
    const { rows, next, superseding } = await this.page('all', query, filter);
    linkNext(reply, next);
    return { items: rows.map((row) => toOperatorDeadLetter(row, superseding)), ...(next !== undefined && { next }) };
  }

  private async page(
    listing: 'own' | 'all',
    query: PageQuery,
    filter: Filter,
  ): Promise<{ rows: DeadLetterRow[]; next?: string; superseding: ReadonlyMap<string, number> }> {
    const signed = { listing: `dead-letters/${listing}`, ...filter };
    const page = this.cursors.read(query, signed);
    const rows = await this.store.list({ ...filter, before: page.after?.[0], limit: page.limit + 1 });
    const cut = this.cursors.cut(rows, page, signed, (row) => [row.id]);
    return { ...cut, superseding: await this.store.findSuperseding(cut.rows) };
  }
}

function readFilter(query: PageQuery): Filter {
  const { state } = query;
  const known = DEAD_LETTER_STATES.find((one) => one === state);
  if (state !== undefined && !known) throw malformed('state', DEAD_LETTER_STATES.join(', '));
  return { ...textOf(query, 'code'), ...(known && { state: known }) };
}

function partitionOf({ partition }: PageQuery): { partition?: number } {
  if (partition === undefined) return {};
  if (typeof partition !== 'string' || !/^[0-9]{1,9}$/u.test(partition)) throw malformed('partition', '0, 1, 2 …');
  return { partition: Number(partition) };
}

function textOf<K extends string>(query: PageQuery, name: K): Partial<Record<K, string>> {
  const value = query[name];
  if (value === undefined) return {};
  if (!isName(value)) throw malformed(name, 'a–z 0–9 . -');
  return { [name]: value } as Partial<Record<K, string>>;
}
