import type { NewSource } from '@simpul/access';
import type { Sector } from '@simpul/contracts';

/** One of the five agencies of the demonstration: its source, and what it may do. */
export interface Agency {
  source: string;
  sector: Sector;
  name: string;
  purposes: string[];
}

export const AGENCIES: readonly Agency[] = [
  { source: 'dukcapil-jaksel', sector: 'civil', name: 'Dukcapil', purposes: ['civil-verification'] },
  { source: 'puskesmas-tanjung-barat', sector: 'health', name: 'Puskesmas', purposes: ['health-care'] },
  { source: 'disdik-jagakarsa', sector: 'education', name: 'Disdik', purposes: ['education-enrolment'] },
  { source: 'dinsos-jaksel', sector: 'social', name: 'Dinsos', purposes: ['social-eligibility'] },
  { source: 'forum-tanjung-barat', sector: 'community', name: 'Forum warga', purposes: ['case-follow-up'] },
];

/** Reads the balance and the dead letters. */
export const OPERATOR = 'operator-hub';

export const sourceOf = (sector: Sector): string => {
  const agency = AGENCIES.find((candidate) => candidate.sector === sector);
  if (!agency) throw new RangeError(`no agency of ${sector}`);
  return agency.source;
};

/** All of them as they are registered. */
export const SOURCES: readonly NewSource[] = [
  ...AGENCIES.map(({ source, sector, purposes }) => ({
    name: source,
    sectors: [sector],
    scopes: [`push:${sector}`, 'events:own', 'persons:read'],
    purposes,
  })),
  { name: OPERATOR, sectors: [], scopes: ['operations'], purposes: [] },
];
