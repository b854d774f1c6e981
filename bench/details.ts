/** Figures or facts by name. */
type Details = Readonly<Record<string, number | string>>;

/** In one line: `cores 2, node 24.21.0`. */
export const tellAll = (details: Details): string =>
  Object.entries(details)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

/** Under the name of whom they are of: `Java: events/s`. */
export const named = (who: string, details: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(details).map(([name, value]) => [`${who}: ${name}`, value]));
