import { describe, expect, it } from '@jest/globals';
import { EVENT_TYPES } from './event-types.js';
import { GrowthMeasured } from './events/health-growth-measured.js';
import { contractOf } from './field-info.js';
import { fieldTextsOf, partsBelow } from './field-text.js';
import { Address } from './part/address.js';
import { PersonRef } from './part/person-ref.js';

const find = (name: string, type = GrowthMeasured as new () => object) =>
  fieldTextsOf(type, 'id').find((field) => field.name === name);

describe('the words about a field', () => {
  it('name its kind, limits and unit, and whether it is needed', () => {
    expect(find('weightKg')).toEqual({
      name: 'weightKg',
      kind: 'angka',
      needed: true,
      meaning: 'berat badan',
      limits: '0.5–60 kg',
      codes: [],
      group: 'Kesehatan',
      identifies: false,
    });
  });

  it('list the codes with their words, and lead to parts', () => {
    expect(find('gainedCode')?.codes[0]).toEqual(['N', 'naik']);
    expect(find('child')).toMatchObject({ kind: 'objek', part: PersonRef, identifies: true });
    expect(find('identifiers', PersonRef)).toMatchObject({ kind: 'daftar objek', limits: '0–8 butir', needed: false });
  });

  it('show a form as its pattern only where no words say it', () => {
    expect(find('postcode', Address)).toMatchObject({ limits: '1–5 karakter', pattern: '^[0-9]{5}$' });
    expect(find('birthDate', PersonRef)).toMatchObject({ limits: 'YYYY-MM-DD' });
    expect(find('birthDate', PersonRef)).not.toHaveProperty('pattern');
  });

  it('reach every part below, each once', () => {
    const names = partsBelow(EVENT_TYPES.map(({ data }) => data)).map((part) => contractOf(part).name);
    expect(names).toEqual([...new Set(names)]);
    expect(names).toEqual(expect.arrayContaining(['PersonRef', 'Identifier', 'Address', 'AreaCode', 'FacilityRef']));
  });
});
