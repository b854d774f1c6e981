import { ApiProperty, ApiSchema } from '@nestjs/swagger';

import { DEAD_LETTER_STATES, type DeadLetterState } from '../ingest/dead-letter.entity.js';
import { HaltAnswer } from '../log/log.answer.js';
import type { Counts, PartitionBalance } from './balance.view.js';

const text = { type: 'string', example: '1024' } as const;
const counts = {
  type: 'object',
  properties: { applied: text, duplicate: text, repaired: text, conflict: text, dead: text, waiting: text },
} as const;
const bySource = { type: 'object', additionalProperties: counts } as const;

@ApiSchema({ name: 'PartitionBalance', description: 'One partition of the log / Satu partisi log' })
export class PartitionAnswer implements PartitionBalance {
  @ApiProperty({ description: 'log generation / generasi log', example: 1 })
  generation: number;

  @ApiProperty({ description: 'topic / topik', example: 'simpul.health.events.v1' })
  topic: string;

  @ApiProperty({ description: 'partition / partisi', example: 0 })
  partition: number;

  @ApiProperty({ description: 'where reading began / awal pembacaan', ...text })
  firstOffset: string;

  @ApiProperty({ description: 'first offset not yet applied / offset pertama yang belum diterapkan', ...text })
  nextOffset: string;

  @ApiProperty({ description: 'last move / pergerakan terakhir', type: 'string', format: 'date-time' })
  movedAt: string;

  @ApiProperty({
    description: 'next - first = sum of the counters / selisih offset sama dengan jumlah semua hitungan',
    example: true,
  })
  balanced: boolean;

  @ApiProperty({ description: 'counts by source / hitungan per sumber', ...bySource })
  sources: Record<string, Counts>;

  @ApiProperty({ description: 'tries ended because another process took over / percobaan yang diputus', ...text })
  fenced: string;

  @ApiProperty({
    description: 'a later generation is read since / sejak itu generasi berikutnya yang dibaca',
    required: false,
    type: 'string',
    format: 'date-time',
  })
  closedAt?: string;

  @ApiProperty({
    description: 'messages not yet applied / pesan yang belum diterapkan',
    required: false,
    example: 0,
  })
  lag?: number;

  @ApiProperty({
    description: 'age of the oldest of them at most / umur tertua paling lama',
    required: false,
    example: 2,
  })
  lagSeconds?: number;

  @ApiProperty({
    description: 'until nothing is left; missing: it does not get less / sampai habis; kosong: tidak berkurang',
    required: false,
    example: 12,
  })
  drainSeconds?: number;

  @ApiProperty({ description: 'stopped until an operator has looked / terhenti', required: false, type: HaltAnswer })
  halted?: HaltAnswer;
}

@ApiSchema({ name: 'HeldCount', description: 'Refused or waiting messages by code / Pesan ditolak atau tertahan' })
export class HeldAnswer {
  @ApiProperty({ description: 'state / keadaan', enum: [...DEAD_LETTER_STATES] })
  state: DeadLetterState;

  @ApiProperty({ description: 'code of the reason / kode alasan', example: 'event.schema' })
  code: string;

  @ApiProperty({ description: 'how many / banyaknya', ...text })
  count: string;
}

@ApiSchema({ name: 'Balance', description: 'What became of everything that was accepted / Neraca semua pesan' })
export class BalanceAnswer {
  @ApiProperty({ description: 'the equation holds in every partition / neraca semua partisi seimbang', example: true })
  balanced: boolean;

  @ApiProperty({ description: 'all partitions / semua partisi', type: [PartitionAnswer] })
  partitions: PartitionAnswer[];

  @ApiProperty({ description: 'counts by source over all partitions / hitungan per sumber', ...bySource })
  totals: Record<string, Counts>;

  @ApiProperty({ description: 'refused and waiting messages / pesan ditolak dan tertahan', type: [HeldAnswer] })
  held: HeldAnswer[];
}
