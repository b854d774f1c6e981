import { Code, Contract, Text, type Words } from '@simpul/contracts';

/** Why an operator lets a dead letter rest. */
export const ASIDE_REASONS: Readonly<Record<string, Words>> = {
  'agency-informed': { en: 'the agency knows and decides', id: 'instansi sudah tahu dan memutuskan' },
  'not-meant': { en: 'a test, or not meant for this hub', id: 'uji coba, atau bukan untuk hub ini' },
  'sent-anew': { en: 'the agency has sent it anew', id: 'instansi sudah mengirim ulang' },
  'conflict-settled': { en: 'the first content is right', id: 'isi yang pertama sudah benar' },
  other: { en: 'see the note', id: 'lihat catatan' },
};

/** One line without six digits close together: no NIK, no phone, no date of birth. */
const NOTE = /^(?!.*(?:\d[ ./-]?){6})[^\p{Cc}]+$/u;

@Contract('SetAside', { en: 'Nothing will be done about a dead letter', id: 'Surat mati tidak akan ditindaklanjuti' })
export class SetAside {
  @Code({
    values: ASIDE_REASONS,
    en: 'why nothing will be done',
    id: 'alasan tidak ditindaklanjuti',
    group: 'reference',
    example: 'sent-anew',
  })
  reason: string;

  @Text({
    max: 200,
    pattern: NOTE,
    identifies: false,
    en: 'in your words, without anything about a person; no six digits close together',
    id: 'dengan kata-kata Anda, tanpa apa pun tentang orang; tanpa enam angka berdekatan',
    group: 'reference',
    example: 'Agreed with the data officer of the puskesmas',
  })
  note: string;
}
