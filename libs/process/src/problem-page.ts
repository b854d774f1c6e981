import {
  isProblemCode,
  type Language,
  type ProblemCode,
  PROBLEMS,
  VERDICT_CODES,
  WARNING_CODES,
  type Words,
} from '@simpul/contracts';
import { type Crumb, escapeHtml, linkTo, twoLanguagePage } from './two-language-page.js';

const LABELS = {
  en: { status: 'HTTP status', fix: 'What to do' },
  id: { status: 'Status HTTP', fix: 'Yang dapat dilakukan' },
};

const INDEX: Crumb = { href: '/docs/problems', words: { en: 'Problems', id: 'Galat' } };

const INTRO: Words = {
  en: 'Every refusal carries one of these codes. The texts may be improved; the meaning of a code never changes.',
  id: 'Setiap penolakan memuat salah satu kode ini. Kalimatnya dapat diperbaiki; arti kodenya tidak pernah berubah.',
};

const later = new Set<string>([...VERDICT_CODES, ...WARNING_CODES]);

const GROUPS: readonly { words: Words; codes: readonly ProblemCode[] }[] = [
  {
    words: { en: 'Answers to a request', id: 'Jawaban atas permintaan' },
    codes: (Object.keys(PROBLEMS) as ProblemCode[]).filter((code) => !later.has(code)),
  },
  {
    words: { en: 'Verdicts on an accepted message', id: 'Putusan atas pesan yang sudah diterima' },
    codes: VERDICT_CODES,
  },
  {
    words: {
      en: 'Warnings on identifiers; they refuse nothing',
      id: 'Peringatan nomor identitas; tidak menolak apa pun',
    },
    codes: WARNING_CODES,
  },
];

/** Above the problems there is the entry page, where the process has one. */
export interface ProblemPlace {
  first: Language;
  above: readonly Crumb[];
}

/** The page that the `type` of a problem leads to, in both languages; undefined for a code that is not in the catalogue. */
export function problemPage(code: string, { first, above }: ProblemPlace): string | undefined {
  if (!isProblemCode(code)) return undefined;
  const { status, title, explanation, fix } = PROBLEMS[code];
  return twoLanguagePage({
    first,
    title,
    above: [...above, INDEX],
    section: (language) => `<h1>${escapeHtml(title[language])}</h1>
<p><code>${code}</code> · ${LABELS[language].status} ${status}</p><p class="lead">${escapeHtml(explanation[language])}</p>
<h2>${LABELS[language].fix}</h2><p>${escapeHtml(fix[language])}</p>`,
  });
}

const groupList = (codes: readonly ProblemCode[], language: Language): string =>
  codes
    .toSorted()
    .map(
      (code) =>
        `<li>${linkTo(`/docs/problems/${code}`, language, `<code>${code}</code>`)}<br>${escapeHtml(PROBLEMS[code].title[language])}</li>`,
    )
    .join('\n');

/** All codes that the system ever says, each with its page. */
export const problemIndexPage = ({ first, above }: ProblemPlace): string =>
  twoLanguagePage({
    first,
    title: INDEX.words,
    above,
    section: (language) => `<h1>${INDEX.words[language]}</h1><p class="lead">${INTRO[language]}</p>
${GROUPS.map(({ words, codes }) => `<h2>${words[language]}</h2><ul class="list">${groupList(codes, language)}</ul>`).join('\n')}`,
  });
