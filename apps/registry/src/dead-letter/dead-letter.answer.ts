import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { eventId, type Words } from '@simpul/contracts';

import { DEAD_LETTER_STATES, type DeadLetterRow, type DeadLetterState } from '../ingest/dead-letter.entity.js';
import { reasonOf } from './reason.js';

const words = { type: 'object', properties: { en: { type: 'string' }, id: { type: 'string' } } } as const;
const time = { type: 'string', format: 'date-time', example: '2026-11-24T03:00:00.000Z' } as const;

@ApiSchema({ name: 'DeadLetterPlace', description: 'What is wrong, and where / Apa yang salah dan di mana' })
export class DeadLetterFault {
  @ApiProperty({ description: 'JSON pointer into the data / penunjuk JSON ke dalam data', example: '/weightKg' })
  pointer: string;

  @ApiProperty({ description: 'code of the fault / kode kesalahan', example: 'max' })
  code: string;
}

@ApiSchema({
  name: 'DeadLetter',
  description: 'A message that was refused or is held / Pesan yang ditolak atau tertahan',
})
export class DeadLetterAnswer {
  @ApiProperty({ description: 'id of the event, where it is known / id peristiwa, bila diketahui', required: false })
  id?: string;

  @ApiProperty({
    description:
      'dead: refused; waiting: held; repaired: made good later / dead: ditolak; waiting: ditahan; repaired: sudah diperbaiki',
    enum: [...DEAD_LETTER_STATES],
  })
  state: DeadLetterState;

  @ApiProperty({ description: 'code of the reason / kode alasan', example: 'event.schema' })
  code: string;

  @ApiProperty({ description: 'the reason in words / alasan dalam kata-kata', ...words })
  title: Words;

  @ApiProperty({ description: 'what it means / artinya', ...words })
  explanation: Words;

  @ApiProperty({ description: 'what to do / yang perlu dilakukan', ...words })
  fix: Words;

  @ApiProperty({ description: 'places and codes, never values / letak dan kode, tanpa nilai', type: [DeadLetterFault] })
  errors: DeadLetterFault[];

  @ApiProperty({ description: 'first seen / pertama terlihat', ...time })
  firstSeen: string;

  @ApiProperty({ description: 'last change of state / perubahan terakhir', ...time })
  changedAt: string;
}

@ApiSchema({
  name: 'OperatorDeadLetter',
  description: 'The same with its place in the log / Sama, dengan letak di log',
})
export class OperatorDeadLetterAnswer {
  @ApiProperty({
    description: 'source; (unreadable) where none is proven / sumber',
    example: 'puskesmas-tanjung-barat',
  })
  source: string;

  @ApiProperty({ description: 'log generation / generasi log', example: 1 })
  generation: number;

  @ApiProperty({ description: 'topic / topik', example: 'simpul.health.events.v1' })
  topic: string;

  @ApiProperty({ description: 'partition / partisi', example: 0 })
  partition: number;

  @ApiProperty({ description: 'offset', example: '187' })
  offset: string;

  @ApiProperty({ description: 'registry key it is sealed to / kunci registri', required: false })
  kid?: string;

  @ApiProperty({ description: 'what was refused or held, and why / pesan dan alasannya', type: DeadLetterAnswer })
  letter: DeadLetterAnswer;
}

@ApiSchema({ name: 'DeadLetters', description: 'Newest first / Terbaru dulu' })
export class DeadLettersAnswer {
  @ApiProperty({ description: 'messages / pesan', type: [DeadLetterAnswer] })
  items: DeadLetterAnswer[];

  @ApiProperty({ description: 'cursor of the next page / penunjuk halaman berikutnya', required: false })
  next?: string;
}

@ApiSchema({ name: 'OperatorDeadLetters', description: 'Newest first / Terbaru dulu' })
export class OperatorDeadLettersAnswer {
  @ApiProperty({ description: 'messages / pesan', type: [OperatorDeadLetterAnswer] })
  items: OperatorDeadLetterAnswer[];

  @ApiProperty({ description: 'cursor of the next page / penunjuk halaman berikutnya', required: false })
  next?: string;
}

export function toDeadLetter(row: DeadLetterRow): DeadLetterAnswer {
  const { kind, reference, revision, state, code } = row;
  const isKnown = kind !== null && reference !== null && revision !== null;
  return {
    ...(isKnown && { id: eventId(kind.name, reference, Number(revision)) }),
    state,
    ...reasonOf(code),
    errors: faultsOf(row.detail),
    firstSeen: row.firstSeen.toISOString(),
    changedAt: row.changedAt.toISOString(),
  };
}

export function toOperatorDeadLetter(row: DeadLetterRow): OperatorDeadLetterAnswer {
  const { source, generation, topic, partition, offset, kid } = row;
  const letter = toDeadLetter(row);
  return { source: source.name, generation, topic, partition, offset, ...(kid !== null && { kid }), letter };
}

/** Only the two members that are meant for readers, whatever else stands in the detail. */
function faultsOf(detail: unknown): DeadLetterFault[] {
  if (!Array.isArray(detail)) return [];
  return detail.flatMap((fault: unknown) => {
    const { pointer, code } = (fault ?? {}) as Partial<Record<keyof DeadLetterFault, unknown>>;
    return typeof pointer === 'string' && typeof code === 'string' ? [{ pointer, code }] : [];
  });
}
