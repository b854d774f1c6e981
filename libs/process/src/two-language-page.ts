import type { Language } from '@simpul/contracts';

/** A page that says the same in both languages. */
export interface TwoLanguagePage {
  /** The reader's language: it comes first. */
  first: Language;
  /** Plain text. */
  title: string;
  /** Width of the text and what the page needs beside it: CSS of the installation, never of a request. */
  maxWidth: string;
  style?: string;
  /** Markup of one language, without its section. */
  section(language: Language): string;
}

/** HTML without anything from elsewhere, so that the strict content security policy holds. */
export function twoLanguagePage({ first, title, maxWidth, style = '', section }: TwoLanguagePage): string {
  const said = (language: Language): string => `<section lang="${language}">${section(language)}</section>`;
  return `<!doctype html><html lang="${first}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title><style>body{font:1rem/1.5 system-ui;max-width:${maxWidth};margin:2rem auto;padding:0 1rem}${style}</style>
<main>${said(first)}<hr>${said(first === 'id' ? 'en' : 'id')}</main></html>`;
}

/** Text inside an element or a quoted attribute. */
export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
