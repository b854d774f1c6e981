import { describe, expect, it } from '@jest/globals';
import { ATTRIBUTE_OF_SYSTEM, ATTRIBUTES } from './attribute.js';
import { EVENT_TYPES, findEventType } from './event-types.js';
import { birthRegistered } from './events/civil-birth-registered.js';
import { familyChanged } from './events/civil-family-changed.js';
import { aidDelivered } from './events/community-aid-delivered.js';
import { feedbackSubmitted } from './events/community-feedback-submitted.js';
import { growthMeasured } from './events/health-growth-measured.js';
import { benefitDisbursed } from './events/social-benefit-disbursed.js';
import { explain } from './explain.js';
import { FIELD_GROUPS } from './field-group.js';
import { fieldsOf } from './field-info.js';
import { findParts, partsOf } from './parts.js';
import { sectorOfType, SECTORS, topicOf } from './sector.js';

const events = EVENT_TYPES.map((event) => [event.name, event] as const);

/** Follows a pointer without escapes. */
const at = (data: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, step) => (value as Record<string, unknown>)[step], data);

const kindOf = (name: string): string => ATTRIBUTES[name as keyof typeof ATTRIBUTES].kind;

describe.each(events)('%s', (_name, event) => {
  it('has one name everywhere', () => {
    expect(event.type).toBe(`id.simpul.${event.name}.v1`);
    expect(event.dataschema).toBe(`urn:simpul:schema:${event.name}:1`);
    expect(findEventType(event.type)).toBe(event);
    expect(sectorOfType(event.type)).toBe(event.sector);
  });

  it('takes its own examples, with the zone made plain', () => {
    expect(event.examples.length).toBeGreaterThan(0);
    for (const { data, time } of event.examples) {
      expect(explain(event.data, data)).toEqual([]);
      expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00\.000Z$/u);
    }
  });

  it('points at what it names', () => {
    for (const { data } of event.examples) {
      for (const { pointer, person } of event.people(data)) expect(at(data, pointer)).toBe(person);
      for (const { pointer, family } of event.families(data)) expect(at(data, pointer)).toBe(family);
    }
  });

  it('is about, and claims something of, those whom it names, each by its kind', () => {
    for (const { data, time } of event.examples) {
      const people = event.people(data).map(({ pointer }) => `person ${pointer}`);
      const mentioned = [...people, ...event.families(data).map(({ pointer }) => `family ${pointer}`)];
      const claimed = event
        .claims(data, time)
        .flatMap(({ pointer, attributes }) => Object.keys(attributes).map((name) => `${kindOf(name)} ${pointer}`));
      const subject = event.subject(data);
      const about = 'pointer' in subject ? [`${subject.kind} ${subject.pointer}`] : [];
      expect(mentioned).toEqual(expect.arrayContaining([...claimed, ...about]));
    }
  });

  it('has a business key of texts without a person in it', () => {
    for (const { data, time } of event.examples) {
      const key = event.businessKey(data, time).join('|');
      expect(key).not.toMatch(/\d{16}/u);
      expect(event.businessKey({ ...data }, time).join('|')).toBe(key);
    }
  });

  it('can be withdrawn, and gives every field a known group', () => {
    const fields = fieldsOf(event.data);
    expect(fields.at(-1)).toMatchObject({ name: 'withdrawn', optional: true });
    for (const { group } of fields) expect(FIELD_GROUPS).toHaveProperty(group);
  });

  it('seals whoever it names', () => {
    const sealed = fieldsOf(event.data).filter(({ identifies }) => identifies);
    const named = partsOf(event.data).filter(({ list }) => !list);
    expect(sealed.map(({ name }) => name)).toEqual(
      expect.arrayContaining(named.map(({ pointer }) => pointer.join('/'))),
    );
  });
});

describe('the catalogue of events', () => {
  it('has every type once, on one of five topics', () => {
    expect(new Set(EVENT_TYPES.map(({ type }) => type)).size).toBe(10);
    expect(new Set(EVENT_TYPES.map(({ sector }) => topicOf(sector)))).toEqual(
      new Set(SECTORS.map((sector) => `simpul.${sector}.events.v1`)),
    );
    expect(findEventType('id.simpul.health.growth.measured.v2')).toBeUndefined();
  });

  it.each([
    '',
    'health.growth.measured',
    'id.simpul.registry.person.merged.v1',
    'id.simpul.health.growth.v1',
    'id.simpul.health.growth.measured.v0',
  ])('finds no sector in %p', (type) => {
    expect(sectorOfType(type)).toBeUndefined();
  });

  it('marks children where a NIK may be the mother’s', () => {
    const children = EVENT_TYPES.flatMap((event) =>
      event.examples.flatMap(({ data }) =>
        event.people(data).flatMap(({ role, child }) => (child ? [`${event.name} ${role}`] : [])),
      ),
    );
    expect(children).toEqual([
      'civil.birth.registered child',
      'health.growth.measured child',
      'health.immunisation.given child',
    ]);
  });

  it('knows the attribute of each identifier that links people', () => {
    expect(ATTRIBUTE_OF_SYSTEM.get('https://fhir.kemkes.go.id/id/nik')).toBe('nik');
    expect(ATTRIBUTE_OF_SYSTEM.size).toBe(6);
  });
});

describe('a changed family', () => {
  const data = {
    family: { familyCard: '3174091201189001' },
    previousFamily: { familyCard: '3174091201179001' },
    members: [
      { person: { name: 'SATU' }, relation: 'head' as const },
      { person: { name: 'DUA' }, relation: 'child' as const },
    ],
    reason: 'split' as const,
  };

  it('claims one roster and the card of each member', () => {
    expect(familyChanged.claims(data, '2026-11-09T17:00:00.000Z')).toEqual([
      {
        pointer: '/family',
        attributes: {
          roster: [
            { pointer: '/members/0/person', relation: 'head' },
            { pointer: '/members/1/person', relation: 'child' },
          ],
        },
      },
      { pointer: '/members/0/person', attributes: { kk: '3174091201189001' } },
      { pointer: '/members/1/person', attributes: { kk: '3174091201189001' } },
    ]);
  });

  it('claims no card where it has none', () => {
    const claims = familyChanged.claims({ ...data, family: { localId: 'F-1' } }, '2026-11-09T17:00:00.000Z');
    expect(claims.map(({ pointer }) => pointer)).toEqual(['/family']);
  });

  it('names its members by their place in the list', () => {
    expect(partsOf(familyChanged.data).map(({ pointer, list, role }) => [pointer.join('/'), list, role])).toEqual([
      ['family', false, 'family'],
      ['previousFamily', false, 'previousFamily'],
      ['members/*/person', true, 'member'],
    ]);
    expect(familyChanged.people(data).map(({ pointer, role }) => [pointer, role])).toEqual([
      ['/members/0/person', 'member'],
      ['/members/1/person', 'member'],
    ]);
    expect(familyChanged.families(data).map(({ role }) => role)).toEqual(['family', 'previousFamily']);
  });

  it('finds nothing in what does not have its shape', () => {
    expect(findParts(familyChanged.data, { members: [null, 7, { person: [] }], family: 'x' })).toEqual([]);
  });
});

describe('subjects and keys', () => {
  const partner = { system: 'urn:id:simpul:partner', value: 'yayasan-contoh' };
  const aid = { partner, kind: 'food' as const, quantity: 1, unit: 'kg' as const };
  const paid = { programme: 'PKH', period: '2026Q4', amountRupiah: 1, channel: 'cash' as const };

  it('prefer the person, then the family, then what is left', () => {
    expect(aidDelivered.subject({ ...aid, recipient: {}, family: {} }).kind).toBe('person');
    expect(aidDelivered.subject({ ...aid, family: {} }).kind).toBe('family');
    expect(aidDelivered.subject(aid)).toEqual({ kind: 'other', ...partner });
    expect(benefitDisbursed.subject({ ...paid, recipient: {} }).kind).toBe('person');
    expect(benefitDisbursed.subject({ ...paid, family: {} }).kind).toBe('family');
    expect(benefitDisbursed.subject(paid)).toEqual({ kind: 'event' });
  });

  it('keep anonymous feedback anonymous, under its ticket', () => {
    const said = {
      channel: 'jaki' as const,
      ticket: 'T-1',
      kind: 'praise' as const,
      category: 'health' as const,
      text: 'x',
    };
    expect(feedbackSubmitted.subject(said)).toEqual({ kind: 'other', system: 'urn:simpul:ticket', value: 'jaki|T-1' });
    expect(feedbackSubmitted.people(said)).toEqual([]);
    expect(feedbackSubmitted.subject({ ...said, person: { name: 'X' } }).kind).toBe('person');
  });

  it('use the day of the place, not of Greenwich', () => {
    const child = { child: {}, facility: partner, weightKg: 9 };
    expect(growthMeasured.businessKey(child, '2026-11-11T17:00:00.000Z')).toEqual(['2026-11-12']);
    expect(growthMeasured.businessKey(child, '2026-11-12T16:59:59.999Z')).toEqual(['2026-11-12']);
    expect(growthMeasured.businessKey(child, '2026-11-11T17:00:00.000Z', '+00:00')).toEqual(['2026-11-11']);
  });

  it('tell twins apart without a certificate', () => {
    const born = { child: {}, mother: {}, birthPlace: 'x', birthOrder: 2 };
    expect(birthRegistered.businessKey(born, '2026-11-02T17:00:00.000Z')).toEqual(['2026-11-03', '2']);
    expect(birthRegistered.businessKey({ ...born, certificateNumber: 'A' }, '2026-11-02T17:00:00.000Z')).toEqual(['A']);
  });
});
