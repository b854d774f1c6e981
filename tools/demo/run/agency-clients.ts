import type { Installation } from '../../installation/installation.js';
import { AGENCIES } from '../plan/agencies.js';
import { AgencyClient } from './agency-client.js';

type Place = Pick<Installation, 'url' | 'keys'> & Partial<Pick<Installation, 'registryUrl'>>;

/** A registered source's client of the installation's hub. Throws for a source that is not registered there. */
export function clientOf({ url, registryUrl = url, keys }: Place, source: string, scope: string): AgencyClient {
  const key = keys.get(source);
  if (!key) throw new RangeError(`no key of ${source}`);
  return new AgencyClient({ url, registryUrl }, key, scope);
}

/** Every agency's own, by its source. */
export const clientsOf = (place: Place): Map<string, AgencyClient> =>
  new Map(AGENCIES.map(({ source, sector }) => [source, clientOf(place, source, `push:${sector} events:own`)]));
