/** What this installation may lack to judge a message. */
type Lacking = 'key' | 'type' | 'source';

/** What of it is known now. */
export interface Known {
  hasKey: (kid: string) => boolean;
  hasType: (type: string) => boolean;
  hasSource: (source: string) => boolean;
}

/** `key:registry-2`: what a waiting message waits for, as it is stored and told to operators. */
export const lackOf = (lacking: Lacking, name: string): string => `${lacking}:${name}`;

/** Whether waiting for this may have come to an end; also where it is not known what is waited for. */
export function isCured(lacks: string, known: Known): boolean {
  const [lacking, ...rest] = lacks.split(':');
  const name = rest.join(':');
  switch (lacking) {
    case 'key':
      return known.hasKey(name);
    case 'type':
      return known.hasType(name);
    case 'source':
      return known.hasSource(name);
    case undefined:
    default:
      return true;
  }
}
