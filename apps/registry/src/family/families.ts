import { type Look, Looks, type PersonRows } from '../person/looks.js';
import { toAttribute, toAttributes, type ViewFrame, visibleView } from '../person/person.cut.js';
import { PersonStore } from '../person/person.store.js';
import type { AttributeView } from '../person/person.view.js';
import { survivorshipAt } from '../person/survivorship.data.js';
import type { RecordRow, RecordStore } from '../record/record.store.js';
import type { FamilyAnswer, FamilyMemberAnswer } from './family.answer.js';
import type { FamilyStore } from './family.store.js';
import { findBestRoster, readRoster, type RosterMember } from './family.view.js';

// Of a member only who it is: everything else is asked of the member itself, as a look of its own.
const OF_A_MEMBER: ReadonlySet<string> = new Set(['name', 'sex', 'birthDate', 'nik', 'vitalStatus']);

/** Puts a person's family together, and writes the look down before it gives it away. */
export class Families {
  constructor(
    private readonly looks: Looks,
    private readonly persons: PersonStore,
    private readonly families: FamilyStore,
    private readonly records: RecordStore,
  ) {}

  async familyOf(look: Look, found: PersonRows): Promise<FamilyAnswer> {
    const asOf = Date.now();
    const frame: ViewFrame = { look, kind: 'family', ranks: survivorshipAt(asOf), asOf };
    const head = { asOf: new Date(asOf).toISOString(), ranks: frame.ranks.version };
    const own = found.rows.map((row) => row.id);
    const family = await this.findFamily(frame, own);
    if (!family) {
      await this.looks.record(look, own);
      return { ...head, attributes: {}, members: [] };
    }
    const { person: id, rows } = family;
    const view = visibleView(await this.persons.open(rows), frame);
    const roster = readRoster(view.find(({ name }) => name === 'roster')?.chosen.value);
    const people = await this.membersOf(roster);
    const seen = [...rows, ...people.flatMap((person) => this.reached(look, person))];
    await this.looks.record(look, [...own, ...seen.map((row) => row.id)]);
    const members = await Promise.all(roster.map((member) => this.showMember(frame, member, people)));
    return { id: this.looks.hide(look, id), ...head, attributes: toAttributes(view.filter(isNoRoster)), members };
  }

  private async findFamily(frame: ViewFrame, own: readonly string[]): Promise<PersonRows | undefined> {
    const rows = await this.records.findRecords(await this.families.listNaming(own));
    const best = findBestRoster(await this.persons.open(rows), new Set(own), frame.ranks, frame.asOf);
    const [family] = await this.persons.withAllRecords(
      rows.filter((row) => row.id === best),
      'family',
    );
    return family;
  }

  private async membersOf(roster: readonly RosterMember[]): Promise<PersonRows[]> {
    return this.persons.withAllRecords(await this.records.findRecords(roster.map((member) => member.record)));
  }

  private reached(look: Look, { rows }: PersonRows): readonly RecordRow[] {
    return this.looks.isInReach(look, rows) ? rows : [];
  }

  /** Where the purpose does not reach a member, only that there is one. */
  private async showMember(
    frame: ViewFrame,
    { record, relation }: RosterMember,
    people: readonly PersonRows[],
  ): Promise<FamilyMemberAnswer> {
    const { look } = frame;
    const member = people.find(({ rows }) => rows.some((row) => row.id === record));
    if (!member || !this.looks.isInReach(look, member.rows)) return { relation, attributes: {} };
    const view = visibleView(await this.persons.open(member.rows), { ...frame, kind: 'person' });
    const shown = view.filter(({ name }) => OF_A_MEMBER.has(name)).map((one) => [one.name, toAttribute(one)] as const);
    return { person: this.looks.hide(look, member.person), relation, attributes: Object.fromEntries(shown) };
  }
}

// The roster names records by ids that only the hub may see; it is shown as the members.
const isNoRoster = ({ name }: AttributeView): boolean => name !== 'roster';
