import { type ProblemCode, PROBLEMS } from '@simpul/contracts';
import { GENERATED, type Page, table } from './page.js';

const TITLES = {
  en: { title: 'Problems', head: ['code', 'status', 'what happened', 'why', 'what to do'] },
  id: { title: 'Galat', head: ['kode', 'status', 'apa yang terjadi', 'mengapa', 'yang dapat dilakukan'] },
};

/** The problem catalogue, one page per language. */
export const problemPages = (): Page[] =>
  (['en', 'id'] as const).map((language) => ({
    path: `docs/reference/problems.${language}.md`,
    text: [
      GENERATED,
      `# ${TITLES[language].title}`,
      table(
        TITLES[language].head,
        (Object.keys(PROBLEMS) as ProblemCode[]).toSorted().map((code) => {
          const { status, title, explanation, fix } = PROBLEMS[code];
          return [`\`${code}\``, String(status), title[language], explanation[language], fix[language]];
        }),
      ),
      '',
    ].join('\n\n'),
  }));
