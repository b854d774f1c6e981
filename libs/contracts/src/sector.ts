import type { Words } from './words.js';

export const SECTORS = ['civil', 'health', 'education', 'social', 'community'] as const;

export type Sector = (typeof SECTORS)[number];

export const SECTOR_WORDS: Readonly<Record<Sector, Words>> = {
  civil: { en: 'Civil registry', id: 'Kependudukan dan pencatatan sipil' },
  health: { en: 'Health', id: 'Kesehatan' },
  education: { en: 'Education', id: 'Pendidikan' },
  social: { en: 'Social welfare', id: 'Kesejahteraan sosial' },
  community: { en: 'Community', id: 'Masyarakat dan mitra' },
};

/** True for one of the five sectors. */
export const isSector = (value: string): value is Sector => (SECTORS as readonly string[]).includes(value);

/** The one topic of a sector, without any prefix of the installation. */
export const topicOf = (sector: Sector): string => `simpul.${sector}.events.v1`;

const TYPE = /^id\.simpul\.([a-z]+)\.[a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*\.v[1-9][0-9]*$/u;

/** The sector named in an event type (`id.simpul.health.growth.measured.v1` → `health`); undefined if there is none. */
export function sectorOfType(type: string): Sector | undefined {
  const sector = TYPE.exec(type)?.[1];
  return sector !== undefined && isSector(sector) ? sector : undefined;
}
