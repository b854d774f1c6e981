import {
  type Class,
  CLASSIFICATIONS,
  contractOf,
  EVENT_TYPES,
  type EventType,
  type FieldText,
  fieldTextsOf,
  jsonSchemaOf,
  type Language,
  partsBelow,
  topicOf,
} from '@simpul/contracts';
import { GENERATED, type Page, table } from './page.js';

const WORDS = {
  en: {
    title: 'Events',
    head: ['field', 'kind', 'needed', 'meaning', 'limits', 'field group', 'identifies'],
    yes: 'yes',
    no: '',
    parts: 'Parts',
    example: 'Example',
    topic: 'Topic',
    classification: 'Classification',
  },
  id: {
    title: 'Peristiwa',
    head: ['kolom', 'jenis', 'wajib', 'arti', 'batas', 'kelompok kolom', 'mengenali orang'],
    yes: 'ya',
    no: '',
    parts: 'Bagian',
    example: 'Contoh',
    topic: 'Topik',
    classification: 'Klasifikasi',
  },
};

const kindOf = ({ kind, part }: FieldText): string => (part ? `${kind}: ${contractOf(part).name}` : kind);

const limitsOf = ({ limits, pattern, codes }: FieldText): string =>
  [
    ...(limits ? [limits] : []),
    ...(pattern === undefined ? [] : [`\`${pattern}\``]),
    ...codes.map(([code, meaning]) => `\`${code}\`${meaning && ` ${meaning}`}`),
  ].join('; ');

function fieldTable(type: Class, language: Language): string {
  const words = WORDS[language];
  const rows = fieldTextsOf(type, language).map((field) => [
    `\`${field.name}\``,
    kindOf(field),
    field.needed ? words.yes : words.no,
    field.meaning,
    limitsOf(field),
    field.group,
    field.identifies ? words.yes : words.no,
  ]);
  return table(words.head, rows);
}

const eventSection = (event: EventType, language: Language): string[] => [
  `## ${event.name}`,
  event.words[language],
  `\`${event.type}\` · ${WORDS[language].topic}: \`${topicOf(event.sector)}\` · ${WORDS[language].classification}: ${CLASSIFICATIONS[event.classification][language]}`,
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
