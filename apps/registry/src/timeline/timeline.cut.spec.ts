import { describe, expect, it } from '@jest/globals';
import {
  EVENT_TYPES,
  FIELD_GROUPS,
  type FieldGroup,
  fieldsOf,
  type FieldInfo,
  GrowthMeasured,
} from '@simpul/contracts';
import fc from 'fast-check';

import { cutFacts, visibleTypes } from './timeline.cut.js';

const GROUPS = Object.keys(FIELD_GROUPS) as FieldGroup[];

/** A value at every member, identifying ones too, marked by what may show it. */
function canary(fields: readonly FieldInfo[]): Record<string, unknown> {
  const entries = fields.map((field) => {
    const inner = field.part && canary(fieldsOf(field.part));
    const mark = field.identifies ? 'identifies' : field.group;
    return [field.name, inner ? (field.list ? [inner] : inner) : `<${mark}>`];
  });
  return { ...Object.fromEntries(entries), smuggled: '<smuggled>' };
}

describe('cutFacts', () => {
  it('never shows a field of a closed group, one that identifies, or one that the class does not know', () => {
    const groups = fc.subarray(GROUPS);
    fc.assert(
      fc.property(fc.constantFrom(...EVENT_TYPES), groups, (event, open) => {
        const shown = JSON.stringify(cutFacts(event.data, canary(fieldsOf(event.data)), open));
        const marks = new Set(shown.match(/<[a-z]+>/gu) ?? []);
        for (const group of open) marks.delete(`<${group}>`);
        marks.delete('<reference>');
        expect([...marks]).toEqual([]);
      }),
    );
  });

  it('shows the facts of an open group with the facility that they refer to', () => {
    const facts = {
      facility: { system: 'urn:id:kemendagri:posyandu', value: 'TB-RW03-A' },
      weightKg: 9.4,
      lengthCm: null,
    };
    expect(cutFacts(GrowthMeasured, facts, ['health'])).toEqual({ facility: facts.facility, weightKg: 9.4 });
    expect(cutFacts(GrowthMeasured, facts, ['education'])).toEqual({});
  });
});

describe('visibleTypes', () => {
  it('hides even the date of what a purpose does not open', () => {
    expect(visibleTypes(['identity', 'family'])).toEqual([]);
    expect(visibleTypes(['health']).every((type) => type.startsWith('id.simpul.health.'))).toBe(true);
    expect(visibleTypes(GROUPS)).toHaveLength(EVENT_TYPES.length);
  });
});
