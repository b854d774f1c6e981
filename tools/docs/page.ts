/** A generated file: its path in the project and its whole text. */
export interface Page {
  path: string;
  text: string;
}

/** One row of a Markdown table; pipes and line ends inside a cell would break it. */
export const row = (...cells: string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/gu, ' ')).join(' | ')} |`;

/** A Markdown table with its head. */
export const table = (head: string[], rows: string[][]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');

/** The first line of every generated page. */
export const GENERATED = '<!-- Written by `npm run docs`; change the classes, not this page. -->';
