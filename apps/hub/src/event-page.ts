import {
  CLASSIFICATIONS,
  contractOf,
  EVENT_TYPES,
  type EventType,
  type Language,
  partsBelow,
  topicOf,
} from '@simpul/contracts';
import { codeBlock, DOCS, escapeHtml, twoLanguagePage } from '@simpul/process';
import { partOf } from './api-list.js';
import { EVENTS } from './event-index-page.js';
import type { EventRoute } from './event-routes.js';
import { fieldList, partId } from './field-list.js';

const WORDS = {
  en: {
    type: 'Type',
    topic: 'Topic',
    classification: 'Classification',
    madeBy: 'Made by',
    nowhere: 'no adapter of this process',
    fields: 'Fields',
    parts: 'Parts',
    example: 'Example',
  },
  id: {
    type: 'Jenis',
    topic: 'Topik',
    classification: 'Klasifikasi',
    madeBy: 'Dihasilkan oleh',
    nowhere: 'tidak ada adaptor di proses ini',
    fields: 'Kolom',
    parts: 'Bagian',
    example: 'Contoh',
  },
} as const;

const madeBy = (routes: readonly EventRoute[], language: Language): string =>
  routes
    .map(
      ({ href, route, summary }) =>
        `<a href="${href}"><code>${escapeHtml(route)}</code></a><br>${escapeHtml(partOf(summary, language))}`,
    )
    .join('<br>') || WORDS[language].nowhere;

function facts(event: EventType, routes: readonly EventRoute[], language: Language): string {
  const words = WORDS[language];
  const said = [
    [words.type, `<code>${event.type}</code>`],
    [words.topic, `<code>${topicOf(event.sector)}</code>`],
    [words.classification, CLASSIFICATIONS[event.classification][language]],
    [words.madeBy, madeBy(routes, language)],
  ];
  return `<dl class="facts">${said.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('\n')}</dl>`;
}

const examples = (event: EventType, language: Language): string =>
  event.examples
    .map(({ title, data }) => {
      const name = `${WORDS[language].example}: ${title[language]}`;
      return `<h2>${escapeHtml(name)}</h2>${codeBlock(name, JSON.stringify(data, null, 2))}`;
    })
    .join('\n');

function parts(event: EventType, language: Language): string {
  const used = partsBelow([event.data]).map(
    (part) =>
      `<h3 id="${partId(part, language)}"><code>${contractOf(part).name}</code></h3><p>${escapeHtml(contractOf(part).words[language])}</p>${fieldList(part, language)}`,
  );
  return used.length === 0 ? '' : `<h2>${WORDS[language].parts}</h2>${used.join('\n')}`;
}

/** One event type: what it says, field by field, and what makes it. Undefined for a name that is no type. */
export function eventPage(name: string, routes: readonly EventRoute[], first: Language): string | undefined {
  const event = EVENT_TYPES.find((known) => known.name === name);
  if (!event) return undefined;
  const own = routes.filter(({ type }) => type === event.type);
  return twoLanguagePage({
    first,
    title: { en: event.name, id: event.name },
    above: [DOCS, EVENTS],
    section: (language) => `<h1><code>${event.name}</code></h1><p class="lead">${escapeHtml(event.words[language])}</p>
${facts(event, own, language)}<h2>${WORDS[language].fields}</h2>${fieldList(event.data, language)}
${examples(event, language)}${parts(event, language)}`,
  });
}
