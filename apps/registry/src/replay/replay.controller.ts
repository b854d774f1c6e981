import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, Requires } from '@simpul/access';
import type { FastifyReply } from 'fastify';

import { Cursors } from '../paging/cursors.js';
import { numberOf, refusalOf } from '../paging/number-of.js';
import { linkNext, type Query as PageQuery } from '../paging/page.js';
import { PagedListing } from '../paging/page-query.js';
import {
  ReplayAnswer,
  ReplayPlanAnswer,
  ReplayProgressAnswer,
  ReplaysAnswer,
  toReplay,
  toReplayItem,
} from './replay.answer.js';
import { readReplayQuestion, ReplayQuestion } from './replay.question.js';
import { ReplayStore } from './replay.store.js';

const Job = (): MethodDecorator =>
  ApiParam({ name: 'number', description: 'number of the job / nomor pekerjaan', example: '7' });

/** Jobs that try dead letters again with what this build knows now. */
@ApiTags('operations')
@Requires('operations')
@Controller('registry/v1/dead-letters/replays')
export class ReplayController {
  constructor(
    private readonly store: ReplayStore,
    private readonly cursors: Cursors,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Try dead letters again / Coba lagi surat mati',
    description:
      'With dryRun only the plan is answered. Otherwise the letters are chosen now and tried by the registry one after the other, in the order of time. Conflicts stay.\n\nDengan dryRun hanya rencana yang dijawab. Selain itu suratnya dipilih sekarang dan dicoba registri satu per satu menurut waktu. Pertentangan isi tetap seperti adanya.',
  })
  @ApiBody({
    type: ReplayQuestion,
    examples: {
      plan: { value: { dryRun: true, filter: { code: 'event.schema', source: 'puskesmas-tanjung-barat' } } },
      replay: { value: { filter: { topic: 'simpul.health.events.v1', from: '2026-11-24T00:00:00.000Z' } } },
      some: { value: { filter: { ids: ['41', '42'] } } },
    },
  })
  @ApiOkResponse({ type: ReplayPlanAnswer, description: 'dryRun: the plan / rencana' })
  @ApiAcceptedResponse({ type: ReplayAnswer, description: 'the job / pekerjaan' })
  async replay(
    @Body() body: Buffer | undefined,
    @CurrentCaller() { clientId }: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReplayPlanAnswer | ReplayAnswer> {
    const { dryRun, filter } = readReplayQuestion(body);
    reply.code(dryRun ? 200 : 202);
    if (dryRun) return await this.store.plan(filter);
    return await this.get(await this.store.create(filter, clientId));
  }

  @Get()
  @ApiOperation({
    summary: 'All replays / Semua putar ulang',
    description: 'Newest first.\n\nTerbaru dulu.',
  })
  @PagedListing()
  @ApiOkResponse({ type: ReplaysAnswer })
  async list(@Query() query: PageQuery, @Res({ passthrough: true }) reply: FastifyReply): Promise<ReplaysAnswer> {
    const signed = { listing: 'replays' };
    const page = this.cursors.read(query, signed);
    const rows = await this.store.list(page.after?.[0], page.limit + 1);
    const { rows: shown, next } = this.cursors.cut(rows, page, signed, ({ id }) => [id]);
    linkNext(reply, next);
    return { items: shown.map(toReplay), ...(next !== undefined && { next }) };
  }

  @Get(':number')
  @Job()
  @ApiOperation({
    summary: 'A replay, how far it is, and what became of each letter / Kemajuan dan hasil tiap surat',
    description: 'In the order in which letters are tried.\n\nMenurut urutan percobaan.',
  })
  @PagedListing()
  @ApiOkResponse({ type: ReplayProgressAnswer })
  async progress(
    @Param('number') text: string,
    @Query() query: PageQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReplayProgressAnswer> {
    const number = numberOf(text);
    const signed = { listing: 'replay', number };
    const page = this.cursors.read(query, signed);
    const replay = await this.get(number);
    const rows = await this.store.listItems(number, Number(page.after?.[0] ?? 0), page.limit + 1);
    const { rows: shown, next } = this.cursors.cut(rows, page, signed, ({ n }) => [String(n)]);
    linkNext(reply, next);
    const outcomes = await this.store.countOutcomes(number);
    return { replay, outcomes, items: shown.map(toReplayItem), ...(next !== undefined && { next }) };
  }

  @Post(':number/cancel')
  @HttpCode(200)
  @Job()
  @ApiOperation({
    summary: 'Stop a replay / Hentikan putar ulang',
    description: 'What was tried stays as it is.\n\nYang sudah dicoba tetap seperti hasilnya.',
  })
  @ApiOkResponse({ type: ReplayAnswer })
  async cancel(@Param('number') text: string): Promise<ReplayAnswer> {
    const number = numberOf(text);
    const was = await this.store.cancel(number);
    if (was !== 'running') throw refusalOf(was === undefined ? 'absent' : 'state');
    return await this.get(number);
  }

  private async get(number: string): Promise<ReplayAnswer> {
    const row = await this.store.find(number);
    if (!row) throw refusalOf('absent');
    return toReplay(row);
  }
}
