import { isProblemCode, type Language, PROBLEMS } from '@simpul/contracts';
import { escapeHtml, twoLanguagePage } from './two-language-page.js';

const LABELS = {
  en: { status: 'HTTP status', fix: 'What to do' },
  id: { status: 'Status HTTP', fix: 'Yang dapat dilakukan' },
};

/** The page that the `type` of a problem leads to, in both languages; undefined for a code that is not in the catalogue. */
export function problemPage(code: string, first: Language): string | undefined {
  if (!isProblemCode(code)) return undefined;
  const { status, title, explanation, fix } = PROBLEMS[code];
  return twoLanguagePage({
    first,
    title: title[first],
    maxWidth: '40rem',
    section: (language) => `<h1>${escapeHtml(title[language])}</h1>
<p><code>${code}</code> · ${LABELS[language].status} ${status}</p><p>${escapeHtml(explanation[language])}</p>
<h2>${LABELS[language].fix}</h2><p>${escapeHtml(fix[language])}</p>`,
  });
}
