import { ApiProperty, ApiSchema } from '@nestjs/swagger';

import { LetterFilterQuestion } from './replay.question.js';
import type { ReplayPlan } from './letter-filter.js';
import {
  REPLAY_OUTCOMES,
  REPLAY_STATES,
  type ReplayOutcome,
  type ReplayRow,
  type ReplayState,
} from './replay.entity.js';
import type { ReplayItem } from './replay.store.js';

const time = { type: 'string', format: 'date-time', example: '2026-11-24T03:00:00.000Z' } as const;
const counts = (example: object) => ({ type: 'object', additionalProperties: { type: 'integer' }, example }) as const;

@ApiSchema({ name: 'ReplayPlan', description: 'What a replay would do / Yang akan dilakukan' })
export class ReplayPlanAnswer implements ReplayPlan {
  @ApiProperty({ description: 'letters that would be tried / surat yang akan dicoba', example: 120 })
  tried: number;

  @ApiProperty({
    description: 'letters in conflict: they stay as they are / surat yang bertentangan: tetap seperti adanya',
    example: 2,
  })
  conflicts: number;

  @ApiProperty({
    description:
      'true: more are meant than one replay takes, the oldest come first / true: lebih dari yang dapat diambil sekali jalan, yang tertua lebih dulu',
    example: false,
  })
  more: boolean;

  @ApiProperty({ description: 'by code / per kode', ...counts({ 'event.schema': 120, 'event.conflict': 2 }) })
  byCode: Record<string, number>;

  @ApiProperty({ description: 'by source / per sumber', ...counts({ 'puskesmas-tanjung-barat': 122 }) })
  bySource: Record<string, number>;
}

@ApiSchema({
  name: 'Replay',
  description: 'A job that tries dead letters again / Pekerjaan yang mencoba lagi surat mati',
})
export class ReplayAnswer {
  @ApiProperty({ description: 'number of the job / nomor pekerjaan', example: '7' })
  number: string;

  @ApiProperty({
    description: 'running, done or cancelled / berjalan, selesai, atau dibatalkan',
    enum: [...REPLAY_STATES],
  })
  state: ReplayState;

  @ApiProperty({ description: 'what was asked for / yang diminta', type: LetterFilterQuestion })
  filter: object;

  @ApiProperty({ description: 'client or tool that asked / klien atau alat yang meminta', example: 'kota' })
  askedBy: string;

  @ApiProperty({ description: 'letters / banyaknya surat', example: 122 })
  total: number;

  @ApiProperty({ description: 'letters with an outcome / surat yang sudah ada hasilnya', example: 80 })
  done: number;

  @ApiProperty({ description: 'when it was asked for / waktu diminta', ...time })
  createdAt: string;

  @ApiProperty({ description: 'last progress / kemajuan terakhir', ...time })
  changedAt: string;
}

@ApiSchema({ name: 'ReplayItem', description: 'What became of one letter / Hasil satu surat' })
export class ReplayItemAnswer {
  @ApiProperty({ description: 'place in the order of trial / urutan percobaan', example: 1 })
  place: number;

  @ApiProperty({ description: 'number of the letter / nomor surat', example: '41' })
  letter: string;

  @ApiProperty({ description: 'source, while the letter is there / sumber, selama suratnya ada', required: false })
  source?: string;

  @ApiProperty({ description: 'id of the event, where it is known / id peristiwa, bila diketahui', required: false })
  id?: string;

  @ApiProperty({
    description: [
      'absent: not tried yet; applied, duplicate, repaired: it is good now; dead: still refused; conflict: other content of a known id, never merged;',
      'waiting: behind a message that waits; skipped: no dead letter any more when its turn came.',
      '/ tidak ada: belum dicoba; applied, duplicate, repaired: sudah baik; dead: tetap ditolak; conflict: isi lain dari id yang sudah ada, tidak pernah digabung;',
      'waiting: di belakang pesan yang tertahan; skipped: bukan surat mati lagi saat gilirannya.',
    ].join(' '),
    enum: [...REPLAY_OUTCOMES],
    required: false,
  })
  outcome?: ReplayOutcome;

  @ApiProperty({ description: 'code of the reason / kode alasan', required: false, example: 'event.schema' })
  code?: string;
}

@ApiSchema({ name: 'Replays', description: 'Newest first / Terbaru dulu' })
export class ReplaysAnswer {
  @ApiProperty({ description: 'jobs / pekerjaan', type: [ReplayAnswer] })
  items: ReplayAnswer[];

  @ApiProperty({ description: 'cursor of the next page / penunjuk halaman berikutnya', required: false })
  next?: string;
}

@ApiSchema({ name: 'ReplayProgress', description: 'A job with its letters / Pekerjaan beserta suratnya' })
export class ReplayProgressAnswer {
  @ApiProperty({ description: 'the job / pekerjaan', type: ReplayAnswer })
  replay: ReplayAnswer;

  @ApiProperty({ description: 'letters by outcome / surat per hasil', ...counts({ applied: 78, dead: 2 }) })
  outcomes: Partial<Record<ReplayOutcome, number>>;

  @ApiProperty({ description: 'its letters in the order of trial / suratnya menurut urutan', type: [ReplayItemAnswer] })
  items: ReplayItemAnswer[];

  @ApiProperty({ description: 'cursor of the next page / penunjuk halaman berikutnya', required: false })
  next?: string;
}

export const toReplay = ({ id, createdAt, changedAt, ...row }: ReplayRow): ReplayAnswer => ({
  number: id,
  ...row,
  createdAt: createdAt.toISOString(),
  changedAt: changedAt.toISOString(),
});

export const toReplayItem = ({ n, letter, source, event, outcome, code }: ReplayItem): ReplayItemAnswer => ({
  place: n,
  letter,
  ...(source !== null && { source }),
  ...(event !== null && { id: event }),
  ...(outcome !== null && { outcome }),
  ...(code !== null && { code }),
});
