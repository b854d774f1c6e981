import type { Sector } from '@simpul/contracts';

/**
 * Which sector's sources are believed first, per attribute of a person or family, and how long a claim stays fresh.
 * Versioned: a change is a new table with a later `validFrom`, never an edit of an old one, so that an answer of last
 * year can be made again. A sector that a rule does not name comes after all that it names.
 */
export interface AttributeRule {
  readonly sectors: readonly Sector[];
  /** Calendar months after which a claim is stale and gives way to a fresh one of lower rank; absent: never. */
  readonly freshMonths?: number;
}

export interface SurvivorshipTable {
  readonly version: string;
  /** UTC instant, milliseconds. */
  readonly validFrom: number;
  readonly rules: Readonly<Record<string, AttributeRule>>;
  readonly otherwise: AttributeRule;
}

// Population data: the civil registry first, then where births and deaths happen, then school, then surveys.
const legal: AttributeRule = { sectors: ['civil', 'health', 'education', 'social', 'community'] };
const schooling: Sector[] = ['education', 'social', 'community'];

export const SURVIVORSHIP_TABLES: readonly SurvivorshipTable[] = [
  {
    version: '2024-01',
    validFrom: Date.UTC(2024, 0, 1),
    otherwise: legal,
    rules: {
      nik: legal,
      kk: legal,
      name: legal,
      sex: legal,
      birthDate: legal,
      birthPlace: legal,
      vitalStatus: legal,
      deathDate: { sectors: ['civil', 'health', 'community', 'social', 'education'] },
      motherName: { sectors: ['civil', 'education', 'health', 'social', 'community'] },
      // Where someone really lives: visits of cadres know it better than the register, for a year.
      address: { sectors: ['community', 'social', 'civil', 'education', 'health'], freshMonths: 12 },
      phone: { sectors: ['community', 'social', 'education', 'health', 'civil'], freshMonths: 24 },
      nisn: { sectors: schooling },
      dapodik: { sectors: schooling },
      enrolment: { sectors: schooling, freshMonths: 6 },
      ihs: { sectors: ['health', 'civil', 'social'] },
      jkn: { sectors: ['social', 'health', 'civil'] },
      growth: { sectors: ['health', 'education', 'social'], freshMonths: 3 },
      welfareRanking: { sectors: ['social', 'civil', 'community'], freshMonths: 3 },
      roster: { sectors: ['civil', 'social', 'community', 'health', 'education'] },
    },
  },
];

/** The table in force at an instant (milliseconds); before the first one, the first. */
export function survivorshipAt(instant: number, tables = SURVIVORSHIP_TABLES): SurvivorshipTable {
  const inForce = tables.filter((table) => table.validFrom <= instant);
  const latest = (best: SurvivorshipTable, next: SurvivorshipTable) => (next.validFrom >= best.validFrom ? next : best);
  const [first, ...rest] = inForce.length > 0 ? inForce : tables.slice(0, 1);
  if (!first) throw new Error('no survivorship table');
  return rest.reduce(latest, first);
}
