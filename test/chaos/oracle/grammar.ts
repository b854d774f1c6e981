// How each kind of message speaks of people and families, from its documentation alone.
export type Members = Record<string, unknown>;
export interface PersonRef extends Members {
  identifiers?: { system: string; value: string }[];
  localId?: string;
  birthDate?: string;
  sex?: string;
  motherNik?: string;
  birthOrder?: number;
}

export interface Mention {
  /** Where in the message: `/child`. */
  pointer: string;
  person: PersonRef;
  child: boolean;
}

/** How a kind speaks of people and families. */
export interface Grammar {
  time: string;
  /** Members that are a PersonRef, and whether the message is about a child there. */
  people: Record<string, { child: boolean }>;
  families?: string[];
  /** Has the members of the first family, whole. */
  roster?: true;
  /** What the statement is about when it names nobody. */
  about?: (message: Members) => { system: string; value: string };
  claims?: (message: Members, day: string) => Record<string, Members>;
}

export const pick = (from: Members, ...names: string[]): Members =>
  Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])));

export const GRAMMARS: Record<string, Grammar> = {
  'family-card-change': {
    time: 'changedOn',
    people: {},
    families: ['family', 'previousFamily'],
    roster: true,
    claims: ({ address }) => ({ family: { familyAddress: address } }),
  },
  feedback: {
    time: 'submittedAt',
    people: { person: { child: false } },
    about: ({ channel, ticket }) => ({ system: 'urn:simpul:ticket', value: `${String(channel)}|${String(ticket)}` }),
  },
  'birth-registration': {
    time: 'bornOn',
    people: { child: { child: true }, mother: { child: false } },
    claims: () => ({ child: { vitalStatus: 'alive' } }),
  },
  'death-registration': {
    time: 'diedOn',
    people: { person: { child: false } },
    claims: (_message, day) => ({ person: { vitalStatus: 'deceased', deathDate: day } }),
  },
  'growth-measurement': {
    time: 'measuredAt',
    people: { child: { child: true } },
    claims: (message) => ({
      child: { growth: pick(message, 'weightKg', 'lengthCm', 'position', 'gainedCode', 'muacCm', 'headCm') },
    }),
  },
  immunisation: { time: 'givenAt', people: { child: { child: true } } },
  'pupil-enrolment': {
    time: 'entryDate',
    people: { pupil: { child: false } },
    claims: (message) => ({
      pupil: { enrolment: pick(message, 'schoolNpsn', 'schoolName', 'level', 'grade', 'entryKind', 'semester') },
    }),
  },
  'benefit-disbursement': { time: 'disbursedOn', people: { recipient: { child: false } }, families: ['family'] },
  'welfare-ranking': {
    time: 'publishedOn',
    people: {},
    families: ['family'],
    claims: (message) => ({ family: { welfareRanking: pick(message, 'scheme', 'version', 'decile') } }),
  },
  'aid-delivery': { time: 'deliveredOn', people: { recipient: { child: false } } },
};

/** Whom a message names, and where. */
export function mentionsOf({ people, roster }: Grammar, message: Members): Mention[] {
  const ofRoster = roster ? (message['members'] as { person: PersonRef }[]) : [];
  return [
    ...Object.entries(people).flatMap(([member, { child }]) => {
      const person = message[member] as PersonRef | undefined;
      return person ? [{ pointer: `/${member}`, person, child }] : [];
    }),
    ...ofRoster.map(({ person }, index) => ({ pointer: `/members/${index}/person`, person, child: false })),
  ];
}
