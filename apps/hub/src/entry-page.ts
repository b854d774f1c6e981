import { EVENT_TYPES, type Language, PROBLEMS } from '@simpul/contracts';
import { type ApiDescription, DOCS, linkTo, twoLanguagePage } from '@simpul/process';
import { apiList } from './api-list.js';
import { eventWay } from './event-way.js';

const WORDS = {
  en: {
    title: 'Connect your system to Simpul',
    what: 'Simpul joins the information systems of the agencies that serve the same citizens. Each agency pushes what it did; the registry turns it into one picture of each person and family, and shows it for a stated purpose only.',
    start: 'Start here: your first push',
    startNote: 'Three commands: register a source, get a token, push a message.',
    apis: 'APIs',
    apisNote: 'One adapter per sector takes messages; the registry answers.',
    reference: 'Reference',
    events: 'Events',
    eventsNote: 'types: their fields, limits and examples, and the route that makes each',
    problems: 'Problems',
    problemsNote: 'codes: what each means and what to do',
  },
  id: {
    title: 'Hubungkan sistem Anda dengan Simpul',
    what: 'Simpul menghubungkan sistem informasi instansi yang melayani warga yang sama. Setiap instansi mengirim apa yang dikerjakannya; registri menyatukannya menjadi satu gambaran tentang tiap orang dan keluarga, dan memperlihatkannya hanya untuk tujuan yang dinyatakan.',
    start: 'Mulai di sini: kiriman pertama',
    startNote: 'Tiga perintah: daftarkan sumber, minta token, kirim pesan.',
    apis: 'API',
    apisNote: 'Satu adaptor per sektor menerima pesan; registri menjawab pertanyaan.',
    reference: 'Rujukan',
    events: 'Peristiwa',
    eventsNote: 'jenis: kolom, batas, dan contohnya, serta rute yang menghasilkannya',
    problems: 'Galat',
    problemsNote: 'kode: arti masing-masing dan langkah berikutnya',
  },
} as const;

function section(documents: readonly ApiDescription[], language: Language): string {
  const words = WORDS[language];
  return `<div class="opening"><div><h1>${words.title}</h1><p class="lead">${words.what}</p>
<p><a class="door" href="/docs/start#${language}">${words.start}</a><br>${words.startNote}</p>
<h2>${words.apis}</h2><p>${words.apisNote}</p>${apiList(documents, language)}
<h2>${words.reference}</h2><ul class="list">
<li>${linkTo('/docs/events', language, words.events)}<br>${EVENT_TYPES.length} ${words.eventsNote}</li>
<li>${linkTo('/docs/problems', language, words.problems)}<br>${Object.keys(PROBLEMS).length} ${words.problemsNote}</li></ul></div>
<figure>${eventWay(language)}</figure></div>`;
}

/** The door to all documents: what this is, where to begin, and what there is. */
export const entryPage = (documents: readonly ApiDescription[], first: Language): string =>
  twoLanguagePage({ first, title: DOCS.words, above: [], section: (language) => section(documents, language) });
