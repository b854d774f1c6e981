// Province codes of the Ministry of Home Affairs, current and former (54 was East Timor; people born there keep it).
const PROVINCES = new Set(
  '11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 51 52 53 54 61 62 63 64 65 71 72 73 74 75 76 81 82 91 92 93 94 95 96 97'.split(
    ' ',
  ),
);

/**
 * Whether six digits can be a district of Indonesia, now or before a region was split: a known province and a regency
 * and district that are not zero. Coarser than the list of all districts ever, so it never warns about a true one.
 */
export function isKnownArea(area: string): boolean {
  return PROVINCES.has(area.slice(0, 2)) && area.slice(2, 4) !== '00' && area.slice(4, 6) !== '00';
}
