import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import type { Words } from '@simpul/contracts';

import { RECEIPT_STATUSES, type ReceiptStatus } from './receipt.view.js';

/** Most receipts that one request may ask about. */
export const MOST_RECEIPTS = 1000;

@ApiSchema({ name: 'ReceiptsQuestion', description: 'Receipts to be looked up / Tanda terima yang ditanyakan' })
export class ReceiptsQuestion {
  @ApiProperty({
    description: 'receipts as they were answered / tanda terima persis seperti yang diterima',
    type: 'array',
    items: { type: 'string' },
    minItems: 1,
    maxItems: MOST_RECEIPTS,
    example: ['WyJncm93dGgtbWVhc3VyZW1lbnQvcG9zeS1ydzAzLTIwMjYtMTEtMDAwMTg3LzAiLCIuLi4iXQ'],
  })
  receipts: string[];
}

const words = { type: 'object', properties: { en: { type: 'string' }, id: { type: 'string' } } } as const;

@ApiSchema({ name: 'ReceiptReason', description: 'Why, in words / Alasannya' })
export class ReceiptReason {
  @ApiProperty({ description: 'code of the problem / kode masalah', example: 'event.conflict' })
  code: string;

  @ApiProperty({ description: 'what it means / artinya', ...words })
  explanation: Words;

  @ApiProperty({ description: 'what to do / yang perlu dilakukan', ...words })
  fix: Words;
}

@ApiSchema({ name: 'ReceiptOutcome', description: 'What became of one message / Hasil satu pesan' })
export class ReceiptOutcome {
  @ApiProperty({ description: 'place in the question, from 0 / urutan dalam pertanyaan, mulai 0', example: 0 })
  index: number;

  @ApiProperty({
    description: 'id of the event, where the receipt can be read / id peristiwa, bila tanda terima terbaca',
    required: false,
    example: 'growth-measurement/posy-rw03-2026-11-000187/0',
  })
  id?: string;

  @ApiProperty({
    description: [
      'pending: not yet reached; applied: it counts; superseded: a higher revision counts; duplicate: told before;',
      'repaired: made good by a repaired translation; conflict: same id, other content; dead: refused;',
      'waiting: held until the hub knows a key, type or source; unknown: not yours, malformed or lost: send it again.',
      '/ pending: belum sampai; applied: berlaku; superseded: revisi lebih tinggi berlaku; duplicate: sudah pernah;',
      'repaired: diperbaiki; conflict: id sama, isi lain; dead: ditolak; waiting: ditahan;',
      'unknown: bukan milik Anda, rusak, atau hilang: kirim ulang.',
    ].join(' '),
    enum: [...RECEIPT_STATUSES],
  })
  status: ReceiptStatus;

  @ApiProperty({
    description: 'why it was refused or held / alasan ditolak atau ditahan',
    required: false,
    type: ReceiptReason,
  })
  reason?: ReceiptReason;
}

@ApiSchema({ name: 'ReceiptsAnswer', description: 'Outcomes in the order of the question / Hasil sesuai urutan' })
export class ReceiptsAnswer {
  @ApiProperty({ description: 'one outcome per receipt / satu hasil per tanda terima', type: [ReceiptOutcome] })
  items: ReceiptOutcome[];
}
