import { type Class, contractOf, type FieldText, fieldTextsOf, type Language } from '@simpul/contracts';
import { escapeHtml } from '@simpul/process';

const WORDS = {
  en: { needed: 'needed', optional: 'optional', identifies: 'identifies a person' },
  id: { needed: 'wajib', optional: 'opsional', identifies: 'mengidentifikasi orang' },
} as const;

/** Where a part is explained on the same page. */
export const partId = (part: Class, language: Language): string => `${language}-${contractOf(part).name}`;

const kindOf = ({ kind, part }: FieldText, language: Language): string =>
  part ? `${kind} <a href="#${partId(part, language)}">${contractOf(part).name}</a>` : kind;

function limitsOf({ limits, pattern }: FieldText): string {
  const form = pattern === undefined ? [] : [`<code>${escapeHtml(pattern)}</code>`];
  return [...(limits ? [escapeHtml(limits)] : []), ...form].join(' · ');
}

const codeList = (codes: FieldText['codes']): string =>
  codes.length === 0
    ? ''
    : `<dd><ul>${codes.map(([code, meaning]) => `<li><code>${escapeHtml(code)}</code>${meaning && `: ${escapeHtml(meaning)}`}</li>`).join('')}</ul></dd>`;

function entry(field: FieldText, language: Language): string {
  const { needed, optional, identifies } = WORDS[language];
  const marks = [
    field.needed ? `<span class="need">${needed}</span>` : `<span class="soft">${optional}</span>`,
    ...(field.identifies ? [`<span class="mark">${identifies}</span>`] : []),
  ];
  const kinds = [kindOf(field, language), limitsOf(field)].filter(Boolean).join(' · ');
  return `<div><dt><code>${field.name}</code> ${marks.join(' ')}</dt><dd>${escapeHtml(field.meaning)}</dd>
<dd>${kinds}</dd>${codeList(field.codes)}<dd class="soft">${escapeHtml(field.group)}</dd></div>`;
}

/** The fields of a class: a list, as no table of six columns fits a telephone. */
export const fieldList = (type: Class, language: Language): string =>
  `<dl class="fields">${fieldTextsOf(type, language)
    .map((field) => entry(field, language))
    .join('\n')}</dl>`;
