import type { Identifier, RecordKind } from '@simpul/contracts';
import { normaliseIdentifier } from '@simpul/identifiers';

import type { RecordRow, RecordStore } from '../record/record.store.js';
import type { Look, Looks, PersonRows } from './looks.js';
import type { RecordView } from './person.view.js';
import type { SourceSectors } from './source-sectors.js';

/** The person (family) that a record belongs to. */
export const personOf = (row: Pick<RecordRow, 'id' | 'linking'>): string => row.linking ?? row.id;

function toPersons(rows: readonly RecordRow[]): PersonRows[] {
  const byPerson = Map.groupBy(rows, personOf);
  return [...byPerson]
    .map(([person, own]) => ({ person, rows: own }))
    .toSorted((a, b) => (a.person < b.person ? -1 : 1));
}

/** Finds persons within a look's reach. What it finds is not yet written down: see `Looks.record`. */
export class PersonStore {
  constructor(
    private readonly records: RecordStore,
    private readonly looks: Looks,
    private readonly sectors: SourceSectors,
  ) {}

  /**
   * All persons in reach that carry the identifier, by id; one in all but faulty cases. The 404 problem, after the miss
   * is durable, when there is none.
   */
  async getByIdentifier(look: Look, { system, value }: Identifier): Promise<[PersonRows, ...PersonRows[]]> {
    const normal = normaliseIdentifier(system, value);
    const found = toPersons(await this.records.findPersons(system, normal));
    const reached = found.filter(({ rows }) => this.looks.isInReach(look, rows));
    const [first, ...others] = reached;
    if (first) return [first, ...others];
    throw await this.looks.miss(look, { records: [], missed: this.records.blindIndex(system, normal) });
  }

  /** The person that has this id, or that the record of this id belongs to. The 404 problem as above. */
  async getById(look: Look, token: string): Promise<PersonRows> {
    const id = this.looks.reveal(look, token);
    const asRecord = await this.records.findRecords([id]);
    const hits = asRecord.length > 0 ? asRecord : await this.records.findLinkedRecords([id]);
    const [found] = await this.withAllRecords(hits);
    if (found && this.looks.isInReach(look, found.rows)) return found;
    throw await this.looks.miss(look, { records: [id] });
  }

  /** The persons that these records belong to, each with all its records, by id. */
  async withAllRecords(hits: readonly RecordRow[], kind: RecordKind = 'person'): Promise<PersonRows[]> {
    const wanted = hits.filter((row) => row.kind === kind);
    const linked = wanted.flatMap((row) => row.linking ?? []);
    const all = await this.records.findLinkedRecords(linked);
    return toPersons([...wanted.filter((row) => row.linking === null), ...all]);
  }

  /** Opens the records for a view. */
  async open(rows: readonly RecordRow[]): Promise<RecordView[]> {
    const sectors = await this.sectors.sectorsOf();
    return rows.map((row) => {
      const attributes = Object.entries(this.records.openFolded(row)).map(
        ([name, { value, time, recordedTime, id }]) => [name, { value, time, recordedTime, eventId: id }] as const,
      );
      const { id, source } = row;
      return { id, source, sectors: sectors.get(source) ?? [], attributes: Object.fromEntries(attributes) };
    });
  }
}
