import { Code, Contract, Flag, Text } from '@simpul/contracts';

const go = {
  en: 'true: do it; else it is only told what would happen',
  id: 'true: lakukan; selain itu hanya diberitahukan akibatnya',
  group: 'reference',
  optional: true,
} as const;

@Contract('LogReason', { en: 'Why an operator gives an order', id: 'Alasan perintah operator' })
export class LogReason {
  @Text({
    en: 'in plain words, without personal data',
    id: 'dengan kata biasa, tanpa data pribadi',
    group: 'reference',
    max: 200,
    identifies: false,
    example: 'new release',
  })
  reason: string;
}

@Contract('LogMove', { en: 'Where the position is to go', id: 'Tujuan pemindahan posisi' })
export class LogMove {
  @Code({
    en: 'offset to be read next',
    id: 'offset berikutnya yang akan dibaca',
    group: 'reference',
    pattern: /^(0|[1-9][0-9]{0,17})$/u,
    example: '1024',
  })
  offset: string;

  @Flag(go)
  go?: boolean;
}

@Contract('LogAdopt', { en: 'Adopting the log that the broker has now', id: 'Adopsi log yang kini dimiliki broker' })
export class LogAdopt {
  @Flag(go)
  go?: boolean;
}
