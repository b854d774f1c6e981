import { describe, expect, it } from '@jest/globals';
import { ATTRIBUTES, type AttributeName, FIELD_GROUPS, type FieldGroup, type RecordKind } from '@simpul/contracts';
import fc from 'fast-check';

import type { Look } from './looks.js';
import { toAttributes, visibleView } from './person.cut.js';
import { survivorshipAt } from './survivorship.data.js';

const asOf = Date.UTC(2026, 10, 24);
const NAMES = Object.keys(ATTRIBUTES) as AttributeName[];
const GROUPS = Object.keys(FIELD_GROUPS) as FieldGroup[];

/** A record that holds every attribute there is, and one that there is not. */
const record = (source: string) => ({
  id: `record-of-${source}`,
  source,
  sectors: [],
  attributes: Object.fromEntries(
    [...NAMES, 'smuggled'].map((name) => [
      name,
      { value: `<${name}>`, time: asOf, recordedTime: asOf, eventId: 'k/r/0' },
    ]),
  ),
});

const shown = (groups: FieldGroup[], kind: RecordKind, sources: string[]) => {
  const purpose = { code: 'p', legalBasis: 'l', groups, sources: '*', reach: 'any' } as const;
  const look: Look = { caller: { clientId: 'me', source: 'me', scopes: [] }, purpose, route: 'GET /' };
  return toAttributes(visibleView(sources.map(record), { look, kind, ranks: survivorshipAt(asOf), asOf }));
};

describe('visibleView', () => {
  it('shows exactly the attributes of the groups that the purpose opens', () => {
    const kinds = fc.constantFrom<RecordKind>('person', 'family', 'statement');
    fc.assert(
      fc.property(fc.subarray(GROUPS), kinds, (groups, kind) => {
        const open = NAMES.filter((name) => ATTRIBUTES[name].kind === kind && groups.includes(ATTRIBUTES[name].group));
        const view = shown(groups, kind, ['me', 'other']);
        expect(Object.keys(view).toSorted()).toEqual(open.toSorted());
        expect(JSON.stringify(view)).not.toMatch(/smuggled/u);
      }),
    );
  });

  it("never shows another source's own number of a person", () => {
    expect(shown(GROUPS, 'person', ['other'])).not.toHaveProperty('localId');
    expect(shown(GROUPS, 'person', ['other', 'me'])).toHaveProperty('localId.source', 'me');
  });
});
