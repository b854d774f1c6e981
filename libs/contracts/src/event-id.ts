import { instantMs } from './instant.js';

export interface EventIdParts {
  kind: string;
  reference: string;
  revision: number;
}

const EVENT_ID = /^([a-z]+(?:-[a-z]+)*)\/([A-Za-z0-9._:-]{1,64})\/(0|[1-9][0-9]{0,14})$/u;

/** `<kind>/<reference>/<revision>`: the id of an event within its source. */
export const eventId = (kind: string, reference: string, revision: number): string =>
  `${kind}/${reference}/${revision}`;

const SOURCE = 'urn:simpul:source:';
const SOURCE_NAME = /^(?=.{2,63}$)[a-z0-9]+(?:-[a-z0-9]+)*$/u;

/** Whether a text can be the short name of a source: 2 to 63 of `a–z 0–9`, with single hyphens in between. */
export const isSourceName = (name: unknown): name is string => typeof name === 'string' && SOURCE_NAME.test(name);

/** `source` of an envelope, from the short name of a source. */
export const sourceUri = (name: string): string => `${SOURCE}${name}`;

/** The short name of a source, from the `source` of an envelope whose form was checked. */
export const sourceNameOf = (uri: string): string => uri.slice(SOURCE.length);

/** The parts of an event id; undefined if it is none. */
export function parseEventId(id: string): EventIdParts | undefined {
  const [, kind, reference, revision] = EVENT_ID.exec(id) ?? [];
  if (kind === undefined || reference === undefined || revision === undefined) return undefined;
  return { kind, reference, revision: Number(revision) };
}

/**
 * The revision of a message: the given whole number (below 10⁹), else the given instant or `recordedAt`
 * in milliseconds (so always greater), else 0.
 */
export function revisionOf(message: { revision?: number | string; recordedAt?: string }): number {
  const { revision, recordedAt } = message;
  if (typeof revision === 'number') return revision;
  const instant = revision ?? recordedAt;
  return instant === undefined ? 0 : instantMs(instant);
}
