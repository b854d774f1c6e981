import type { Language, Words } from '@simpul/contracts';
import { PAGE_STYLE } from './page-style.js';

/** A page above this one. */
export interface Crumb {
  href: string;
  words: Words;
}

/** A page that says the same in both languages, and shows one. */
export interface TwoLanguagePage {
  /** The reader's language: it is shown first. */
  first: Language;
  /** Plain text. */
  title: Words;
  /** The pages above this one, the highest first. */
  above: readonly Crumb[];
  /** Markup of one language, without its section; whatever leads to another page is written with `linkTo`. */
  section(language: Language): string;
}

/** The entry page of the documents. */
export const DOCS: Crumb = { href: '/docs', words: { en: 'Simpul documentation', id: 'Dokumentasi Simpul' } };

const WORDS = {
  en: { skip: 'Skip to content', where: 'You are here', other: 'English' },
  id: { skip: 'Langsung ke isi', where: 'Anda di sini', other: 'Bahasa Indonesia' },
};

/** The other one of the two. */
const otherThan = (language: Language): Language => (language === 'id' ? 'en' : 'id');

/**
 * HTML without anything from elsewhere, so that the strict content security policy holds. The language is chosen by the
 * fragment of the address: it needs no script and no cookie, and every link within a language names it again.
 */
export function twoLanguagePage({ first, title, above, section }: TwoLanguagePage): string {
  const said = (language: Language): string => `<section lang="${language}">${head(language, above, title[language])}
<div id="${language}-content" tabindex="-1">${section(language)}</div></section>`;
  return `<!doctype html><html lang="${first}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title[first])} · Simpul</title><style>${PAGE_STYLE}</style></head>
<body><main>${said(first)}
${said(otherThan(first))}</main></body></html>`;
}

function head(language: Language, above: readonly Crumb[], title: string): string {
  const other = otherThan(language);
  const crumbs = above.map(({ href, words }) => `<li>${linkTo(href, language, escapeHtml(words[language]))}</li>`);
  return `<header id="${language}"><a class="skip" href="#${language}-content">${WORDS[language].skip}</a>
<nav aria-label="${WORDS[language].where}"><ol>${crumbs.join('')}<li aria-current="page">${escapeHtml(title)}</li></ol></nav>
<a href="#${other}" lang="${other}" hreflang="${other}">${WORDS[other].other}</a></header>`;
}

/** A link to another of these pages, in the language of the reader. `label` is markup. */
export const linkTo = (path: string, language: Language, label: string): string =>
  `<a href="${path}#${language}">${label}</a>`;

/** Text inside an element or a quoted attribute. */
export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** Text to copy. Focusable, because it scrolls: whoever has no mouse must reach its end too. */
export const codeBlock = (label: string, text: string): string =>
  `<pre tabindex="0" role="region" aria-label="${escapeHtml(label)}"><code>${escapeHtml(text)}</code></pre>`;
