import { EVENT_TYPES, type Language, SECTOR_WORDS, SECTORS, topicOf } from '@simpul/contracts';
import { type Crumb, DOCS, escapeHtml, linkTo, twoLanguagePage } from '@simpul/process';

export const EVENTS: Crumb = { href: '/docs/events', words: { en: 'Events', id: 'Peristiwa' } };

const WORDS = {
  en: {
    intro:
      'An event says what an agency did. You push messages; the adapter of your sector turns each into one event of these types.',
    topic: 'Topic',
  },
  id: {
    intro:
      'Peristiwa menyatakan apa yang dikerjakan instansi. Anda mengirim pesan; adaptor sektor Anda mengubah tiap pesan menjadi satu peristiwa dari jenis berikut.',
    topic: 'Topik',
  },
} as const;

function section(language: Language): string {
  const sectors = SECTORS.map((sector) => {
    const events = EVENT_TYPES.filter((event) => event.sector === sector).map(
      ({ name, words }) =>
        `<li>${linkTo(`${EVENTS.href}/${name}`, language, `<code>${name}</code>`)}<br>${escapeHtml(words[language])}</li>`,
    );
    return `<h2>${SECTOR_WORDS[sector][language]}</h2><p class="soft">${WORDS[language].topic}: <code>${topicOf(sector)}</code></p><ul class="list">${events.join('\n')}</ul>`;
  });
  return `<h1>${EVENTS.words[language]}</h1><p class="lead">${WORDS[language].intro}</p>${sectors.join('\n')}`;
}

/** Every event type that this build knows, by sector. */
export const eventIndexPage = (first: Language): string =>
  twoLanguagePage({ first, title: EVENTS.words, above: [DOCS], section });
