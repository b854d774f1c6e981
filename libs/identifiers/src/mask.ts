import { SYSTEMS } from '@simpul/contracts';

import { normaliseIdentifier } from './person-identifier.js';

const HIDDEN = '******';

/**
 * An identifier as it may be shown: `317409******0003` for a NIK or family card (area and serial number, no birth date),
 * the last three characters of other numbers, nothing of what is shorter than ten or not of its form.
 */
export function maskIdentifier(system: string, value: string): string {
  const normalised = normaliseIdentifier(system, value);
  if (system === SYSTEMS.nik || system === SYSTEMS.kk) {
    return /^\d{16}$/.test(normalised) ? `${normalised.slice(0, 6)}${HIDDEN}${normalised.slice(-4)}` : HIDDEN;
  }
  return /^[A-Za-z0-9-]{10,64}$/.test(normalised) ? `${HIDDEN}${normalised.slice(-3)}` : HIDDEN;
}
