import {
  type Class,
  contractOf,
  EVENT_TYPES,
  type EventType,
  FIELD_GROUPS,
  fieldsOf,
  jsonSchemaOf,
  type Language,
  topicOf,
} from '@simpul/contracts';
import { GENERATED, type Page, table } from './page.js';

const WORDS = {
  en: {
    title: 'Events',
    head: ['field', 'kind', 'needed', 'meaning', 'field group', 'identifies'],
    yes: 'yes',
    no: '',
    parts: 'Parts',
    example: 'Example',
    topic: 'Topic',
    classification: 'Classification',
  },
  id: {
    title: 'Peristiwa',
    head: ['kolom', 'jenis', 'wajib', 'arti', 'kelompok kolom', 'mengenali orang'],
    yes: 'ya',
    no: '',
    parts: 'Bagian',
    example: 'Contoh',
    topic: 'Topik',
    classification: 'Klasifikasi',
  },
};

function fieldTable(type: Class, language: Language): string {
  const words = WORDS[language];
  const rows = fieldsOf(type).map(({ name, kind, optional, words: said, group, identifies, part }) => [
    `\`${name}\``,
    part ? contractOf(part).name : kind,
    optional ? words.no : words.yes,
    said[language],
    FIELD_GROUPS[group][language],
    identifies ? words.yes : words.no,
  ]);
  return table(words.head, rows);
}

/** All classes used by these, each once, in the order of first use. */
function partsBelow(types: readonly Class[]): Class[] {
  const found = new Set<Class>();
  const visit = (type: Class): void => {
    for (const { part } of fieldsOf(type)) {
      if (!part || found.has(part)) continue;
      found.add(part);
      visit(part);
    }
  };
  types.forEach(visit);
  return [...found];
}

const eventSection = (event: EventType, language: Language): string[] => [
  `## ${event.name}`,
  event.words[language],
  `\`${event.type}\` · ${WORDS[language].topic}: \`${topicOf(event.sector)}\` · ${WORDS[language].classification}: ${event.classification}`,
  fieldTable(event.data, language),
  ...event.examples.map(
    ({ title, data }) =>
      `${WORDS[language].example}: ${title[language]}\n\n\`\`\`json\n${JSON.stringify(data, null, 2)}\n\`\`\``,
  ),
];

/** The event reference, one page per language, from the event classes. */
export const eventPages = (): Page[] =>
  (['en', 'id'] as const).map((language) => ({
    path: `docs/reference/events.${language}.md`,
    text: [
      GENERATED,
      `# ${WORDS[language].title}`,
      ...EVENT_TYPES.flatMap((event) => eventSection(event, language)),
      `## ${WORDS[language].parts}`,
      ...partsBelow(EVENT_TYPES.map(({ data }) => data)).flatMap((type) => [
        `### ${contractOf(type).name}`,
        contractOf(type).words[language],
        fieldTable(type, language),
      ]),
      '',
    ].join('\n\n'),
  }));

/** The JSON Schema of every event's data, one file per type and major version. */
export const schemaPages = (): Page[] =>
  EVENT_TYPES.map(({ name, version, data }) => ({
    path: `docs/reference/schemas/${name}.v${version}.json`,
    text: `${JSON.stringify(jsonSchemaOf(data), null, 2)}\n`,
  }));
