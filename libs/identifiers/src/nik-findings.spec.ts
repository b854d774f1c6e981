import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { isTruncatedColumn, nikFindings } from './nik-findings.js';
import type { NikContext } from './nik-findings.js';
import { isNikDay, normaliseNik, readNik } from './nik.js';

const on = new Date('2026-11-24T00:00:00Z');
const codes = (value: unknown, context: Partial<NikContext> = {}): string[] =>
  nikFindings(value, { on, ...context }).map((finding) => finding.code);

describe('NIKs that are right', () => {
  it.each([
    ['3174095708900003', 'F', ['1990-08-17'], []],
    ['3174090101010001', 'M', ['2001-01-01'], []],
    ['3174094105250002', 'F', ['1925-05-01', '2025-05-01'], ['nik.century_ambiguous']],
    ['3174095208249001', 'F', ['1924-08-12', '2024-08-12'], ['nik.century_ambiguous']],
    ['3174092902000001', 'M', ['2000-02-29'], []],
    ['3174 0957 0890 0003', 'F', ['1990-08-17'], []],
    ["'3174095708900003", 'F', ['1990-08-17'], []],
    ['31.74.09-570890-0003', 'F', ['1990-08-17'], []],
    ['\u00A0３１７４０９5708900003\u200E', 'F', ['1990-08-17'], []],
    ['٣١٧٤٠٩٥٧٠٨٩٠٠٠٠٣', 'F', ['1990-08-17'], []],
  ])('%s', (value, sex, birthDates, expected) => {
    expect(codes(value)).toEqual(expected);
    expect(readNik(normaliseNik(value), on)).toEqual({ area: '317409', sex, birthDates });
  });
});

describe('NIKs with an error', () => {
  it.each([
    ['3174092902010001', 'nik.date'],
    ['3174093206900001', 'nik.day'],
    ['3174097206900001', 'nik.day'],
    ['3174090006900001', 'nik.day'],
    ['3174094006900001', 'nik.day'],
    ['3174097102030004', 'nik.date'],
    ['3174091211870000', 'nik.serial_zero'],
    ['317409571190000', 'nik.format'],
    ['', 'nik.format'],
    ['-', 'nik.format'],
    ['3174O95708900003', 'nik.format'],
    [null, 'nik.format'],
    [3174095708900003, 'nik.json_number'],
    ['3.17409E+15', 'nik.sci_notation'],
    ['3,17409E+15', 'nik.sci_notation'],
    ['3E+15', 'nik.sci_notation'],
    ['1111111111111111', 'nik.placeholder'],
    ['1234567890123456', 'nik.placeholder'],
    ['3174090000000001', 'nik.placeholder'],
  ])('%s: %s', (value, code) => {
    expect(nikFindings(value, { on })).toEqual([{ code, level: 'error' }]);
  });
});

describe('what is stated beside the NIK', () => {
  it('settles the century', () => {
    expect(codes('3174095208249001', { birthDate: '2024-08-12' })).toEqual([]);
    expect(codes('3174095208249001', { birthDate: '1924-08-12' })).toEqual([]);
  });

  it('may contradict it', () => {
    expect(codes('3174095708900003', { birthDate: '1990-08-18', sex: 'M' })).toEqual([
      'nik.dob_mismatch',
      'nik.sex_mismatch',
    ]);
    expect(codes('3174095708900003', { birthDate: '1890-08-17' })).toEqual(['nik.dob_mismatch']);
  });

  it.each(['3174091201159001', '3174091201159002', '317409120115900', '31740912011590011'])(
    'is the card number: %s',
    (kk) => {
      expect(codes(kk, { kk: '3174 0912 0115 9001' })).toContain('nik.kk_swapped');
    },
  );

  it('is another card number', () => {
    expect(codes('3174091201159002', { kk: '3174091201159013' })).not.toContain('nik.kk_swapped');
    expect(codes('3174091201159002', { kk: '' })).not.toContain('nik.kk_swapped');
  });

  it('knows areas of old and unknown provinces, and the status', () => {
    expect(codes('9171011708909001')).toEqual([]);
    expect(codes('5471011708909001')).toEqual([]);
    expect(codes('0071011708909001')).toEqual(['nik.area_unknown']);
    expect(codes('3174095708900003', { status: 'deactivated_deceased' })).toEqual(['nik.status_inactive']);
    expect(codes('3174095708900003', { status: 'reactivated' })).toEqual([]);
  });
});

describe('the day of judgement', () => {
  it("is each number's own, whatever was judged before", () => {
    const anyDay = fc.date({ min: new Date('1990-01-01'), max: new Date('2060-01-01'), noInvalidDate: true });
    const anyNik = fc
      .tuple(fc.integer({ min: 1, max: 71 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 99 }))
      .map((parts) => `317409${parts.map((part) => String(part).padStart(2, '0')).join('')}9001`);
    fc.assert(
      fc.property(fc.array(fc.tuple(anyNik, anyDay), { maxLength: 20 }), (judged) => {
        for (const [nik, day] of judged) {
          const today = new Date(day.getTime() + 9 * 3_600_000).toISOString().slice(0, 10);
          const oldest = `${Number(today.slice(0, 4)) - 125}${today.slice(4)}`;
          const shown = Number(nik.slice(6, 8));
          const monthDay = `${nik.slice(8, 10)}-${String(shown > 40 ? shown - 40 : shown).padStart(2, '0')}`;
          const dates = ['19', '20'].map((century) => `${century}${nik.slice(10, 12)}-${monthDay}`);
          const isReal = (date: string): boolean =>
            !Number.isNaN(Date.parse(date)) && new Date(date).toISOString().startsWith(date);
          const expected = dates.filter((date) => isReal(date) && date >= oldest && date <= today);
          expect(readNik(nik, day)?.birthDates ?? []).toEqual(isNikDay(nik.slice(6, 8)) ? expected : []);
        }
      }),
    );
  });

  it('admits a child born today anywhere in Indonesia, and nobody born tomorrow', () => {
    const nightInJayapura = new Date('2026-11-23T15:30:00Z');
    expect(readNik('9171012411269001', nightInJayapura)?.birthDates).toEqual(['1926-11-24', '2026-11-24']);
    expect(readNik('9171012511269001', nightInJayapura)?.birthDates).toEqual(['1926-11-25']);
  });

  it('goes back 125 years to the day', () => {
    expect(readNik('3174092411019001', on)?.birthDates).toEqual(['1901-11-24', '2001-11-24']);
    expect(readNik('3174092311019001', on)?.birthDates).toEqual(['2001-11-23']);
  });
});

// The same rules told another way: which day numbers exist for which dates, listed day by day over 125 years.
const listed = new Map<string, string[]>();
for (let day = Date.UTC(1901, 10, 24); day <= Date.UTC(2026, 10, 24); day += 86_400_000) {
  const date = new Date(day).toISOString().slice(0, 10);
  const [year = '', month = '', dayOfMonth = ''] = date.split('-');
  for (const shown of [dayOfMonth, String(Number(dayOfMonth) + 40)]) {
    const key = shown + month + year.slice(2);
    listed.set(key, [...(listed.get(key) ?? []), date]);
  }
}

describe('against a list of all dates', () => {
  const digits = (length: number): fc.Arbitrary<string> =>
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((list) => list.join(''));
  const part = (below: number): fc.Arbitrary<string> =>
    fc.nat({ max: below - 1 }).map((n) => String(n).padStart(2, '0'));
  const datePart = fc.tuple(part(80), part(14), part(100)).map((list) => list.join(''));

  it('agrees on dates and errors', () => {
    fc.assert(
      fc.property(digits(6), datePart, fc.oneof(digits(4), fc.constant('0000')), (area, date, serial) => {
        fc.pre(date !== '000000');
        const value = area + date + serial;
        const day = Number(date.slice(0, 2));
        const expected = new Set<string>();
        if (serial === '0000') expected.add('nik.serial_zero');
        if (day === 0 || (day > 31 && day < 41) || day > 71) expected.add('nik.day');
        else if (!listed.has(date)) expected.add('nik.date');
        const errors = nikFindings(value, { on }).filter((finding) => finding.level === 'error');
        expect(new Set(errors.map((finding) => finding.code))).toEqual(expected);
        expect(readNik(value, on)?.birthDates).toEqual(listed.get(date));
      }),
      { numRuns: 3_000 },
    );
  });

  it('never throws and always says something of what is not 16 digits', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const isNumber = typeof value === 'string' && /^\d{16}$/.test(value);
        return nikFindings(value, { on }).length > 0 || isNumber;
      }),
    );
  });
});

describe('digits of all scripts', () => {
  it('are read by their place in their run', () => {
    let run = 0;
    const misread: string[] = [];
    for (let codePoint = 0x80; codePoint <= 0x1ffff; codePoint += 1) {
      const character = String.fromCodePoint(codePoint);
      run = /\p{Nd}/u.test(character) ? run + 1 : 0;
      if (run > 0 && normaliseNik(character) !== String((run - 1) % 10)) misread.push(character);
    }
    expect(misread).toEqual([]);
  });
});

describe('a column that went through a spreadsheet', () => {
  const column = (rows: number, ending: number): string[] =>
    Array.from({ length: rows }, (_, row) => `317409570890900${row < ending ? 0 : (row % 9) + 1}`);

  it.each([
    [29, 29, false],
    [30, 6, false],
    [30, 7, true],
    [500, 100, false],
    [500, 500, true],
  ])('%i rows, %i ending in 0: %s', (rows, ending, expected) => {
    expect(isTruncatedColumn(column(rows, ending))).toBe(expected);
  });
});
