import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import type { Words } from '@simpul/contracts';

const time = { type: 'string', format: 'date-time', example: '2026-11-12T02:14:00.000Z' } as const;

@ApiSchema({ name: 'TimelineEvent', description: 'Something that happened / Sebuah peristiwa' })
export class TimelineEvent {
  @ApiProperty({ description: 'the event, for your agency only / peristiwa, khusus untuk instansi Anda' })
  event: string;

  @ApiProperty({
    description: 'id of the event, only of your own / id peristiwa, hanya milik Anda sendiri',
    required: false,
    example: 'growth-measurement/posy-rw03-2026-11-000187/0',
  })
  reference?: string;

  @ApiProperty({ description: 'type of event / jenis peristiwa', example: 'id.simpul.health.growth.measured.v1' })
  type: string;

  @ApiProperty({
    description: 'the type in words / jenis dalam kata-kata',
    type: 'object',
    properties: { en: { type: 'string' }, id: { type: 'string' } },
    example: { en: 'A child was weighed and measured', id: 'Seorang anak ditimbang dan diukur' },
  })
  title: Words;

  @ApiProperty({ description: 'when it happened / kapan terjadi', ...time })
  time: string;

  @ApiProperty({ description: 'when the source recorded it / kapan sumber mencatatnya', ...time })
  recordedAt: string;

  @ApiProperty({
    description: 'what the person is to the event / peran orang ini dalam peristiwa',
    type: [String],
    example: ['subject'],
  })
  roles: string[];

  @ApiProperty({
    description: 'the person that it is about, if another one / orang yang bersangkutan, bila orang lain',
    required: false,
  })
  about?: string;

  @ApiProperty({
    description: 'sources that told it, once each / sumber yang menyampaikannya',
    type: [String],
    example: ['puskesmas-tanjung-barat'],
  })
  sources: string[];

  @ApiProperty({
    description: 'facts that the purpose opens / fakta yang terbuka untuk tujuan ini',
    type: 'object',
    additionalProperties: true,
    example: { weightKg: 9.4 },
  })
  facts: Record<string, unknown>;
}

@ApiSchema({ name: 'Timeline', description: 'Events of a person, newest first / Peristiwa seseorang, terbaru dulu' })
export class TimelineAnswer {
  @ApiProperty({ description: "the person's id / id orang" })
  id: string;

  @ApiProperty({ description: 'events / peristiwa', type: [TimelineEvent] })
  items: TimelineEvent[];

  @ApiProperty({ description: 'cursor of the next page / penunjuk halaman berikutnya', required: false })
  next?: string;
}
