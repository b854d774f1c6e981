import { formatCheck, isInstant, isText, patternCheck, rangeChecks, textChecks, typeCheck } from './field-check.js';
import { Instant } from './field-decorators.js';
import { field } from './field.js';

/** 1 to 64 of `A–Z a–z 0–9 . _ : -`; no run of 16 digits, so that no NIK or family card becomes a reference. */
export const REFERENCE = /^(?!.*[0-9]{16})[A-Za-z0-9._:-]{1,64}$/u;

/** Systems that write change instants are younger than 1971; so an instant is always greater than a change number. */
const RECORDED_YEARS = /^(?:197[1-9]|19[89]\d|2[01]\d\d)-.{1,31}$/u;

const GREATEST_NUMBER = 999_999_999;

/** The agency's own id of the statement. */
export const Reference = (): PropertyDecorator =>
  field(
    {
      en: "the agency's own id of this statement",
      id: 'nomor rujukan instansi untuk pernyataan ini',
      group: 'reference',
      example: 'posy-rw03-2026-11-000187',
    },
    {
      kind: 'reference',
      schema: { type: 'string', minLength: 1, maxLength: 64, pattern: REFERENCE.source },
      checks: [...textChecks(1, 64), patternCheck(REFERENCE)],
      identifies: false,
    },
  );

const isRevision = (value: unknown): boolean => isText(value) || Number.isInteger(value);

/** The change number (below 10⁹) or the instant of the change, for corrections; the highest revision counts. */
export const Revision = (): PropertyDecorator =>
  field(
    {
      en: 'change number or time of the change; the highest counts',
      id: 'nomor atau waktu perubahan; yang tertinggi berlaku',
      group: 'reference',
      optional: true,
      example: 1,
    },
    {
      kind: 'revision',
      schema: {
        anyOf: [
          { type: 'integer', minimum: 0, maximum: GREATEST_NUMBER },
          { type: 'string', format: 'date-time', pattern: RECORDED_YEARS.source },
        ],
      },
      checks: [
        typeCheck(isRevision, {
          en: 'must be a whole number or a time with its offset',
          id: 'harus bilangan bulat atau waktu lengkap dengan selisih zonanya',
        }),
        ...rangeChecks(0, GREATEST_NUMBER),
        formatCheck((text) => isInstant(text) && RECORDED_YEARS.test(text), {
          en: 'must be a time with its offset, as 2026-11-24T09:14:00+07:00',
          id: 'harus waktu lengkap dengan selisih zonanya, misalnya 2026-11-24T09:14:00+07:00',
        }),
      ],
      identifies: false,
    },
  );

/** When the agency wrote it down. */
export const RecordedAt = (): PropertyDecorator =>
  Instant({
    en: 'when the agency recorded it',
    id: 'waktu pencatatan oleh instansi',
    group: 'reference',
    optional: true,
    example: '2026-11-15T20:03:11+07:00',
    years: RECORDED_YEARS,
  });

/** True on a message that takes its statement back; absent otherwise. */
export const Withdrawn = (): PropertyDecorator =>
  field(
    {
      en: 'true takes the statement back; needs a higher revision',
      id: 'true berarti pernyataan ditarik; perlu revisi yang lebih tinggi',
      group: 'reference',
      optional: true,
    },
    {
      kind: 'withdrawn',
      schema: { type: 'boolean', enum: [true] },
      checks: [typeCheck((value) => value === true, { en: 'must be true or absent', id: 'harus true atau tidak ada' })],
      identifies: false,
    },
  );
