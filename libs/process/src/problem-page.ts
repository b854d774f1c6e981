import { isProblemCode, type Language, PROBLEMS } from '@simpul/contracts';

const LABELS = {
  en: { status: 'HTTP status', fix: 'What to do' },
  id: { status: 'Status HTTP', fix: 'Yang dapat dilakukan' },
};

/** The page that the `type` of a problem leads to, in both languages; undefined for a code that is not in the catalogue. */
export function problemPage(code: string, first: Language): string | undefined {
  if (!isProblemCode(code)) return undefined;
  const { status, title, explanation, fix } = PROBLEMS[code];
  const section = (language: Language): string => `<section lang="${language}"><h1>${escape(title[language])}</h1>
<p><code>${code}</code> · ${LABELS[language].status} ${status}</p><p>${escape(explanation[language])}</p>
<h2>${LABELS[language].fix}</h2><p>${escape(fix[language])}</p></section>`;
  const second = first === 'id' ? 'en' : 'id';
  return `<!doctype html><html lang="${first}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escape(title[first])}</title><style>body{font:1rem/1.5 system-ui;max-width:40rem;margin:2rem auto;padding:0 1rem}</style>
<main>${section(first)}<hr>${section(second)}</main></html>`;
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
