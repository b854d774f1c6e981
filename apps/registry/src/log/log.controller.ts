import { applyDecorators, Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, Requires } from '@simpul/access';
import { inBothLanguages, type Words } from '@simpul/contracts';
import { Log } from '@simpul/process';
import { AdoptAnswer, LogAnswer, MoveAnswer, toAdoptAnswer, toLogPartition, toMoveAnswer } from './log.answer.js';
import { LogAdopt, LogMove, LogReason } from './log-order.body.js';
import { LogOrderStore } from './log-order.store.js';
import { type LogTarget, readTarget } from './log-place.js';
import { LogSteering } from './log-steering.js';
import { LogWatch } from './log-watch.js';

const NONE = 'no such topic or partition / topik atau partisi tidak ada';

const Order = (summary: Words, description: Words): MethodDecorator =>
  applyDecorators(
    HttpCode(200),
    ApiOperation({ summary: inBothLanguages(summary), description: `${description.en}\n\n${description.id}` }),
    ApiResponse({ status: 404, description: NONE }),
  );
const TopicParam = (): MethodDecorator =>
  ApiParam({
    name: 'topic',
    description: 'topic, without prefix / topik, tanpa awalan',
    example: 'simpul.health.events.v1',
  });
const PartitionParam = (): MethodDecorator =>
  ApiParam({ name: 'partition', description: 'partition / partisi', example: '0' });

const PAUSE = {
  en: 'Consumers stop within 2 seconds and stay so over restarts. What is sent meanwhile waits on the log.',
  id: 'Konsumen berhenti dalam 2 detik dan tetap berhenti setelah dimulai ulang. Kiriman baru menunggu di log.',
};
const RESUME = {
  en: 'Takes pauses away, and halts: what still contradicts the log halts again.',
  id: 'Mencabut jeda dan henti: yang masih bertentangan dengan log akan terhenti lagi.',
};

/** Operators see how the log is read, and steer it. */
@ApiTags('operations')
@Requires('operations')
@Controller('registry/v1/log')
export class LogController {
  constructor(
    private readonly orders: LogOrderStore,
    private readonly steering: LogSteering,
    private readonly watch: LogWatch,
    private readonly log: Log,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'How the log is read / Keadaan pembacaan log',
    description:
      'Per partition: generation, position, ends of the log, lag and when it will be gone, halts and pauses.\n\nPer partisi: generasi, posisi, ujung log, ketertinggalan dan perkiraan habisnya, henti dan jeda.',
  })
  @ApiOkResponse({ type: LogAnswer })
  async state(): Promise<LogAnswer> {
    const rows = await this.orders.list();
    return { partitions: rows.map((row) => toLogPartition(row, this.watch.trafficOf(row))) };
  }

  @Post(':topic/pause')
  @TopicParam()
  @Order({ en: 'Pause a topic', id: 'Jeda satu topik' }, PAUSE)
  @ApiBody({ type: LogReason })
  @ApiOkResponse({ type: LogAnswer })
  async pauseTopic(@Param('topic') topic: string, @Body() body: LogReason, @CurrentCaller() caller: Caller) {
    return await this.pauseTarget(readTarget(topic), body, caller);
  }

  @Post(':topic/resume')
  @TopicParam()
  @Order({ en: 'Resume a topic', id: 'Lanjutkan satu topik' }, RESUME)
  @ApiBody({ type: LogReason })
  @ApiOkResponse({ type: LogAnswer })
  async resumeTopic(@Param('topic') topic: string, @Body() body: LogReason, @CurrentCaller() caller: Caller) {
    return await this.resumeTarget(readTarget(topic), body, caller);
  }

  @Post(':topic/:partition/pause')
  @TopicParam()
  @PartitionParam()
  @Order({ en: 'Pause a partition', id: 'Jeda satu partisi' }, PAUSE)
  @ApiBody({ type: LogReason })
  @ApiOkResponse({ type: LogAnswer })
  async pause(
    @Param('topic') topic: string,
    @Param('partition') partition: string,
    @Body() body: LogReason,
    @CurrentCaller() caller: Caller,
  ): Promise<LogAnswer> {
    return await this.pauseTarget(readTarget(topic, partition), body, caller);
  }

  @Post(':topic/:partition/resume')
  @TopicParam()
  @PartitionParam()
  @Order({ en: 'Resume a partition', id: 'Lanjutkan satu partisi' }, RESUME)
  @ApiBody({ type: LogReason })
  @ApiOkResponse({ type: LogAnswer })
  async resume(
    @Param('topic') topic: string,
    @Param('partition') partition: string,
    @Body() body: LogReason,
    @CurrentCaller() caller: Caller,
  ): Promise<LogAnswer> {
    return await this.resumeTarget(readTarget(topic, partition), body, caller);
  }

  @Post(':topic/:partition/move')
  @TopicParam()
  @PartitionParam()
  @Order(
    { en: 'Move a position', id: 'Pindahkan posisi' },
    {
      en: 'Without `go` it only tells. Back: what is read again counts as duplicate. Ahead: what is skipped and unknown becomes a dead letter.',
      id: 'Tanpa `go` hanya memberi tahu. Mundur: yang dibaca ulang dihitung duplikat. Maju: yang dilewati dan belum dikenal menjadi surat mati.',
    },
  )
  @ApiBody({ type: LogMove })
  @ApiOkResponse({ type: MoveAnswer })
  @ApiResponse({ status: 409, description: 'the position cannot go there / posisi tidak dapat ke sana' })
  async move(
    @Param('topic') topic: string,
    @Param('partition') partition: string,
    @Body() { offset, go = false }: LogMove,
    @CurrentCaller() caller: Caller,
  ): Promise<MoveAnswer> {
    const target = readTarget(topic, partition);
    const plan = await this.steering.planMove(target, BigInt(offset));
    if (go) {
      await this.steering.move(plan, caller.clientId);
      this.log.warn('log.moved', { ...target, offset, client: caller.clientId });
    }
    return toMoveAnswer(plan, go);
  }

  @Post('adopt')
  @Order(
    { en: 'Adopt the log for all halted partitions', id: 'Adopsi log untuk semua partisi terhenti' },
    {
      en: 'Without `go` it only tells. Opens a generation for each, read from where the log begins now; the ledger knows what is double.',
      id: 'Tanpa `go` hanya memberi tahu. Membuka generasi baru untuk masing-masing, dibaca dari awal log sekarang; buku besar mengenali yang ganda.',
    },
  )
  @ApiBody({ type: LogAdopt })
  @ApiOkResponse({ type: AdoptAnswer })
  async adopt(@Body() { go = false }: LogAdopt, @CurrentCaller() caller: Caller): Promise<AdoptAnswer> {
    return await this.adoptTarget(undefined, go, caller);
  }

  @Post(':topic/:partition/adopt')
  @TopicParam()
  @PartitionParam()
  @Order(
    { en: 'Adopt the log for one halted partition', id: 'Adopsi log untuk satu partisi terhenti' },
    { en: 'As for all.', id: 'Sama seperti untuk semua.' },
  )
  @ApiBody({ type: LogAdopt })
  @ApiOkResponse({ type: AdoptAnswer })
  async adoptOne(
    @Param('topic') topic: string,
    @Param('partition') partition: string,
    @Body() { go = false }: LogAdopt,
    @CurrentCaller() caller: Caller,
  ): Promise<AdoptAnswer> {
    return await this.adoptTarget(readTarget(topic, partition), go, caller);
  }

  private async adoptTarget(target: LogTarget | undefined, go: boolean, { clientId }: Caller): Promise<AdoptAnswer> {
    const plans = await this.steering.planAdopt(target);
    if (go) {
      await this.steering.adopt(plans, clientId);
      for (const { topic, partition, low } of plans)
        this.log.warn('log.adopted', { topic, partition, offset: String(low), client: clientId });
    }
    return toAdoptAnswer(plans, go);
  }

  private async pauseTarget(target: LogTarget, { reason }: LogReason, { clientId }: Caller): Promise<LogAnswer> {
    await this.orders.pause(target, reason, clientId);
    this.log.warn('log.paused', { ...target, reason, client: clientId });
    return await this.state();
  }

  private async resumeTarget(target: LogTarget, { reason }: LogReason, { clientId }: Caller): Promise<LogAnswer> {
    await this.orders.resume(target);
    this.log.warn('log.resumed', { ...target, reason, client: clientId });
    return await this.state();
  }
}
