import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';

import { type DifferingRecord, REBUILD_STATES, type RebuildRow, type RebuildState } from './rebuild.entity.js';

const time = { type: 'string', format: 'date-time', example: '2026-11-24T03:00:00.000Z' } as const;

@ApiSchema({ name: 'DifferingRecord', description: 'A record that differs / Rekaman yang berbeda' })
export class DifferingRecordAnswer implements DifferingRecord {
  @ApiProperty({
    description: 'id of the record / id rekaman',
    format: 'uuid',
    example: '5f0c1d7e-4b1a-8c3d-9e2f-0a1b2c3d4e5f',
  })
  record: string;

  @ApiProperty({
    description: [
      'names of what differs, never values; (record): there is none, (folded): it cannot be opened, (identifiers): other ones find it',
      '/ nama yang berbeda, tidak pernah nilainya; (record): tidak ada, (folded): tidak dapat dibuka, (identifiers): ditemukan lewat pengenal lain',
    ].join(' '),
    type: [String],
    example: ['birthDate', 'birthYear'],
  })
  attributes: string[];
}

@ApiSchema({
  name: 'Rebuild',
  description:
    'A job that folds all records anew from the ledger / Pekerjaan yang menyusun ulang semua rekaman dari buku',
})
export class RebuildAnswer {
  @ApiProperty({ description: 'number of the job / nomor pekerjaan', example: '3' })
  number: string;

  @ApiProperty({
    description: [
      'folding: under way; identical: nothing differs; differs: something does, and nothing was changed; mended: put right; cancelled',
      '/ folding: berjalan; identical: tidak ada beda; differs: ada beda, tidak ada yang diubah; mended: sudah dibetulkan; cancelled: dibatalkan',
    ].join(' '),
    enum: [...REBUILD_STATES],
  })
  state: RebuildState;

  @ApiProperty({ description: 'client or tool that asked / klien atau alat yang meminta', example: 'npm-run-rebuild' })
  askedBy: string;

  @ApiProperty({ description: 'records when it began / banyaknya rekaman saat mulai', example: 40_000 })
  total: number;

  @ApiProperty({ description: 'records folded so far / rekaman yang sudah disusun ulang', example: 12_000 })
  done: number;

  @ApiProperty({
    description: 'events folded into them, once for each record / peristiwa yang dipakai, sekali per rekaman',
    example: 90_000,
  })
  events: number;

  @ApiProperty({
    description: 'at the end: records that differ / pada akhirnya: rekaman yang berbeda',
    required: false,
    example: 1,
  })
  differing?: number;

  @ApiPropertyOptional({
    description: 'records by what differs in them / rekaman menurut apa yang berbeda',
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { birthDate: 1, birthYear: 1 },
  })
  attributes?: Record<string, number>;

  @ApiProperty({
    description: 'some of them, at most 20 / sebagian, paling banyak 20',
    type: [DifferingRecordAnswer],
    required: false,
  })
  sample?: DifferingRecordAnswer[];

  @ApiProperty({ description: 'when it was asked for / waktu diminta', ...time })
  createdAt: string;

  @ApiProperty({ description: 'last progress / kemajuan terakhir', ...time })
  changedAt: string;
}

@ApiSchema({ name: 'Rebuilds', description: 'Newest first / Terbaru dulu' })
export class RebuildsAnswer {
  @ApiProperty({ description: 'jobs / pekerjaan', type: [RebuildAnswer] })
  items: RebuildAnswer[];

  @ApiProperty({ description: 'cursor of the next page / penunjuk halaman berikutnya', required: false })
  next?: string;
}

export const toRebuild = (row: RebuildRow): RebuildAnswer => ({
  number: row.id,
  state: row.state,
  askedBy: row.askedBy,
  total: Number(row.total),
  done: Number(row.done),
  events: Number(row.events),
  ...(row.differing !== null && { differing: Number(row.differing) }),
  ...(row.attributes && { attributes: row.attributes }),
  ...(row.sample && { sample: row.sample }),
  createdAt: row.createdAt.toISOString(),
  changedAt: row.changedAt.toISOString(),
});
