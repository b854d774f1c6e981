import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import type { LogPartitionRow } from './log-order.store.js';
import type { AdoptPlan, MovePlan } from './log-steering.js';
import type { Traffic } from './log-traffic.js';

const offset = { type: 'string', example: '1024' } as const;
const time = { type: 'string', format: 'date-time' } as const;

@ApiSchema({ name: 'LogHalt', description: 'Why a partition stands still / Sebab partisi terhenti' })
export class HaltAnswer {
  @ApiProperty({
    description:
      'gap: the log starts after the position; diverged: it is another log / gap: log dimulai setelah posisi; diverged: log lain',
    enum: ['gap', 'diverged'],
  })
  code: string;

  @ApiProperty({ description: 'offsets / offset', example: 'the log starts at 40, the position is 12' })
  detail: string;

  @ApiProperty({ description: 'since / sejak', ...time })
  at: string;
}

@ApiSchema({
  name: 'LogPause',
  description: "An operator's order to read no further / Perintah operator untuk berhenti",
})
class PauseAnswer {
  @ApiProperty({ description: 'why / alasannya', example: 'new release' })
  reason: string;

  @ApiProperty({ description: 'client that gave the order / klien pemberi perintah', example: 'kota' })
  by: string;

  @ApiProperty({ description: 'since / sejak', ...time })
  at: string;

  @ApiProperty({ description: 'the whole topic is paused / seluruh topik dijeda', example: false })
  wholeTopic: boolean;
}

@ApiSchema({ name: 'LogPartition', description: 'One partition as it is read now / Satu partisi yang sedang dibaca' })
export class LogPartitionAnswer {
  @ApiProperty({ description: 'topic, without prefix / topik, tanpa awalan', example: 'simpul.health.events.v1' })
  topic: string;

  @ApiProperty({ description: 'partition / partisi', example: 0 })
  partition: number;

  @ApiProperty({ description: 'log generation / generasi log', example: 1 })
  generation: number;

  @ApiProperty({ description: 'where this generation began / awal generasi ini', ...offset })
  firstOffset: string;

  @ApiProperty({ description: 'first offset not yet applied / offset pertama yang belum diterapkan', ...offset })
  nextOffset: string;

  @ApiProperty({ description: 'last move / pergerakan terakhir', ...time })
  movedAt: string;

  @ApiProperty({
    description: 'up to here an operator ordered to skip / batas lompatan operator',
    required: false,
    ...offset,
  })
  skipTo?: string;

  @ApiProperty({ description: 'tries ended because another process took over / percobaan yang diputus', ...offset })
  fenced: string;

  @ApiProperty({
    description: 'first offset that the broker has / offset pertama di broker',
    required: false,
    ...offset,
  })
  low?: string;

  @ApiProperty({ description: 'one past the last / satu setelah offset terakhir', required: false, ...offset })
  high?: string;

  @ApiProperty({ description: 'messages not yet applied / pesan yang belum diterapkan', required: false, ...offset })
  lag?: string;

  @ApiProperty({
    description: 'age of the oldest of them at most / umur tertua paling lama',
    required: false,
    example: 2,
  })
  lagSeconds?: number;

  @ApiProperty({ description: 'applied per second, last minute / diterapkan per detik', required: false, example: 900 })
  perSecond?: number;

  @ApiProperty({
    description:
      'until nothing is left at that rate; missing: it does not get less / sampai habis; kosong: tidak berkurang',
    required: false,
    example: 12,
  })
  drainSeconds?: number;

  @ApiProperty({ description: 'stopped until an operator has looked / terhenti', required: false, type: HaltAnswer })
  halted?: HaltAnswer;

  @ApiProperty({ description: 'paused by an operator / dijeda operator', required: false, type: PauseAnswer })
  paused?: PauseAnswer;
}

@ApiSchema({ name: 'LogState', description: 'All partitions that are read / Semua partisi yang dibaca' })
export class LogAnswer {
  @ApiProperty({ description: 'partitions / partisi', type: [LogPartitionAnswer] })
  partitions: LogPartitionAnswer[];
}

@ApiSchema({ name: 'LogMovePlan', description: 'What a move does / Akibat pemindahan posisi' })
export class MoveAnswer {
  @ApiProperty({ description: 'it was done / sudah dilakukan', example: false })
  done: boolean;

  @ApiProperty({ description: 'generation before / generasi sebelumnya', example: 1 })
  generation: number;

  @ApiProperty({ description: 'position before / posisi sebelumnya', ...offset })
  from: string;

  @ApiProperty({ description: 'position after / posisi sesudahnya', ...offset })
  to: string;

  @ApiProperty({ description: 'read again, as duplicates / dibaca ulang sebagai duplikat', required: false, ...offset })
  repeated?: string;

  @ApiProperty({ description: 'passed without being applied / dilewati tanpa diterapkan', required: false, ...offset })
  skipped?: string;

  @ApiProperty({
    description: 'of these, become dead letters / di antaranya menjadi surat mati',
    required: false,
    ...offset,
  })
  unknown?: string;
}

@ApiSchema({
  name: 'LogAdoptPlan',
  description: 'A halted partition to be adopted / Partisi terhenti yang akan diadopsi',
})
class AdoptedPartition {
  @ApiProperty({ description: 'topic, without prefix / topik, tanpa awalan', example: 'simpul.health.events.v1' })
  topic: string;

  @ApiProperty({ description: 'partition / partisi', example: 0 })
  partition: number;

  @ApiProperty({ description: 'generation before / generasi sebelumnya', example: 1 })
  generation: number;

  @ApiProperty({ description: 'position before / posisi sebelumnya', ...offset })
  from: string;

  @ApiProperty({ description: 'where reading begins / awal pembacaan', ...offset })
  low: string;

  @ApiProperty({ description: 'end of the log / akhir log', ...offset })
  high: string;

  @ApiProperty({
    required: false,
    description:
      'never read, and gone; missing where the log is another one, since nobody knows what the old one held / belum terbaca dan sudah hilang; tidak ada bila log-nya lain, sebab isi log lama tidak diketahui',
    ...offset,
  })
  lost?: string;

  @ApiProperty({
    description: 'why it halted / sebab terhenti',
    example: 'diverged: the log ends at 3, before the position 5',
  })
  why: string;
}

@ApiSchema({ name: 'LogAdoption', description: 'What adopting does / Akibat adopsi' })
export class AdoptAnswer {
  @ApiProperty({ description: 'it was done / sudah dilakukan', example: false })
  done: boolean;

  @ApiProperty({ description: 'halted partitions / partisi terhenti', type: [AdoptedPartition] })
  partitions: AdoptedPartition[];
}

export function toLogPartition(row: LogPartitionRow, traffic: Traffic | undefined): LogPartitionAnswer {
  const { topic, partition, generation, halt, pause, skipTo } = row;
  return {
    topic,
    partition,
    generation,
    firstOffset: String(row.first),
    nextOffset: String(row.next),
    movedAt: row.movedAt.toISOString(),
    ...(skipTo !== null && { skipTo: String(skipTo) }),
    fenced: String(row.fenced),
    ...(traffic && toTraffic(traffic)),
    ...(halt && { halted: toHaltAnswer(halt) }),
    ...(pause && {
      paused: { reason: pause.reason, by: pause.by, at: pause.at.toISOString(), wholeTopic: pause.isWholeTopic },
    }),
  };
}

export const toHaltAnswer = ({ code, detail, at }: { code: string; detail: string; at: Date }): HaltAnswer => {
  return { code, detail, at: at.toISOString() };
};

function toTraffic({ low, high, lag, ...rates }: Traffic): Partial<LogPartitionAnswer> {
  const known = Object.entries(rates).filter(([, value]) => value !== undefined);
  return { low: String(low), high: String(high), lag: String(lag), ...Object.fromEntries(known) };
}

export function toMoveAnswer(plan: MovePlan, done: boolean): MoveAnswer {
  const { generation } = plan;
  const counts =
    plan.is === 'back'
      ? { repeated: String(plan.repeated) }
      : { skipped: String(plan.skipped), unknown: String(plan.unknown) };
  return { done, generation, from: String(plan.from), to: String(plan.to), ...counts };
}

export function toAdoptAnswer(plans: readonly AdoptPlan[], done: boolean): AdoptAnswer {
  const partitions = plans.map(({ from, low, high, lost, ...rest }) => {
    const offsets = { from: String(from), low: String(low), high: String(high) };
    return { ...rest, ...offsets, ...(lost !== undefined && { lost: String(lost) }) };
  });
  return { done, partitions };
}
