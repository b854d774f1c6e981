import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { eventId, type Words } from '@simpul/contracts';

import { DEAD_LETTER_STATES, type DeadLetterRow, type DeadLetterState } from '../ingest/dead-letter.entity.js';
import { reasonOf } from './reason.js';
import { ASIDE_REASONS } from './set-aside.js';

const words = { type: 'object', properties: { en: { type: 'string' }, id: { type: 'string' } } } as const;
const time = { type: 'string', format: 'date-time', example: '2026-11-24T03:00:00.000Z' } as const;

@ApiSchema({ name: 'DeadLetterPlace', description: 'What is wrong, and where / Apa yang salah dan di mana' })
export class DeadLetterFault {
  @ApiProperty({ description: 'JSON pointer into the data / penunjuk JSON ke dalam data', example: '/weightKg' })
  pointer: string;

  @ApiProperty({ description: 'code of the fault / kode kesalahan', example: 'max' })
  code: string;
}

@ApiSchema({ name: 'SetAsideWords', description: 'Why nothing will be done / Mengapa tidak ditindaklanjuti' })
export class SetAsideWords {
  @ApiProperty({ description: 'code of the reason / kode alasan', enum: Object.keys(ASIDE_REASONS) })
  reason: string;

  @ApiProperty({ description: "the operator's words / kata-kata operator", example: 'Agreed with the agency by phone' })
  note: string;
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
      'dead: refused; waiting: held; repaired: made good later; set-aside: refused, and nothing will be done / dead: ditolak; waiting: ditahan; repaired: sudah diperbaiki; set-aside: ditolak dan tidak ditindaklanjuti',
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

  @ApiProperty({
    description:
      'the applied event of a higher revision that says it anew: nothing is left to do / peristiwa berlaku dengan revisi lebih tinggi yang menggantikannya: tidak perlu tindakan lagi',
    required: false,
    example: 'growth-measurement/posy-rw03-2026-11-000187/1',
  })
  supersededBy?: string;

  @ApiProperty({ description: 'why it was set aside / alasan dikesampingkan', required: false, type: SetAsideWords })
  setAside?: SetAsideWords;

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
  @ApiProperty({ description: 'number of the letter / nomor surat', example: '41' })
  number: string;

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

  @ApiProperty({
    description: 'what a waiting message waits for / yang ditunggu pesan tertahan',
    required: false,
    example: 'key:registry-2',
  })
  lacks?: string;

  @ApiProperty({ description: 'client that set it aside / klien yang mengesampingkan', required: false })
  setAsideBy?: string;

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

/** `superseding`: the applied higher revision of each letter's statement, by the letter's number. */
export function toDeadLetter(row: DeadLetterRow, superseding: ReadonlyMap<string, number>): DeadLetterAnswer {
  const { kind, reference, revision, state, code } = row;
  const isKnown = kind !== null && reference !== null && revision !== null;
  const higher = superseding.get(row.id);
  return {
    ...(isKnown && { id: eventId(kind.name, reference, Number(revision)) }),
    state,
    ...reasonOf(code),
    errors: faultsOf(row.detail),
    ...(isKnown && higher !== undefined && { supersededBy: eventId(kind.name, reference, higher) }),
    ...toSetAside(row),
    firstSeen: row.firstSeen.toISOString(),
    changedAt: row.changedAt.toISOString(),
  };
}

const toSetAside = ({ asideReason, asideNote }: DeadLetterRow): Pick<DeadLetterAnswer, 'setAside'> =>
  asideReason === null ? {} : { setAside: { reason: asideReason, note: asideNote ?? '' } };

export function toOperatorDeadLetter(
  row: DeadLetterRow,
  superseding: ReadonlyMap<string, number>,
): OperatorDeadLetterAnswer {
  const { id: number, source, generation, topic, partition, offset, kid, lacks, asideBy } = row;
  return {
    number,
    source: source.name,
    generation,
    topic,
    partition,
    offset,
    ...(kid !== null && { kid }),
    ...(lacks !== '' && { lacks }),
    ...(asideBy !== null && { setAsideBy: asideBy }),
    letter: toDeadLetter(row, superseding),
  };
}

/** Only the two members that are meant for readers, whatever else stands in the detail. */
function faultsOf(detail: unknown): DeadLetterFault[] {
  if (!Array.isArray(detail)) return [];
  return detail.flatMap((fault: unknown) => {
    const { pointer, code } = (fault ?? {}) as Partial<Record<keyof DeadLetterFault, unknown>>;
    return typeof pointer === 'string' && typeof code === 'string' ? [{ pointer, code }] : [];
  });
}
