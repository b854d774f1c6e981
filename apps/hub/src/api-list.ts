import { isSector, type Language, SECTOR_WORDS, type Words } from '@simpul/contracts';
import { type ApiDescription, APIS_PATH, escapeHtml } from '@simpul/process';

const SAID_IN_BOTH = ' / ';

/** Its part in one language, of a text of a document that says it as `English / Indonesian`. */
export function partOf(text: string, language: Language): string {
  const [en = text, id = en] = text.split(SAID_IN_BOTH);
  return language === 'id' ? id : en;
}

const REGISTRY: Words = { en: 'Registry', id: 'Registri' };
const RAW: Words = { en: 'as openapi.json', id: 'sebagai openapi.json' };

const adaptersFirst = (one: ApiDescription, other: ApiDescription): number =>
  Number(isSector(other.name)) - Number(isSector(one.name));

function item({ name, document: { info } }: ApiDescription, language: Language): string {
  const title = (isSector(name) ? SECTOR_WORDS[name] : REGISTRY)[language];
  return `<li><a href="${APIS_PATH}/${name}">${title}</a> · <a href="/docs/openapi/${name}.json" aria-label="${title}, ${RAW[language]}">openapi.json</a><br>${escapeHtml(partOf(info.description ?? '', language))}</li>`;
}

/** Every API of this process: to read and try, and as a file for generators. */
export const apiList = (documents: readonly ApiDescription[], language: Language): string =>
  `<ul class="list">${documents
    .toSorted(adaptersFirst)
    .map((api) => item(api, language))
    .join('\n')}</ul>`;
