import { BOUNDED, KEPT, WITH_ITS_PARENT } from '@simpul/database';
import { GENERATED, type Page, table } from './page.js';

/** How long every table keeps its rows, from the declaration that a test compares with the database. */
export const retentionPage = (): Page => ({
  path: 'docs/reference/retention.md',
  text: [
    GENERATED,
    '# Retention / Masa simpan',
    'Kept by `npm run retention -- apply --go`, run daily as the owner; the processes may delete none of this. / Dijalankan harian oleh pemilik basis data dengan `npm run retention -- apply --go`; proses tidak berhak menghapusnya.',
    '## Bounded / Terbatas',
    table(
      ['table', 'days / hari', 'setting', 'what', 'apa', 'why', 'mengapa'],
      Object.values(BOUNDED).map(({ table: name, days, env, what, because }) => [
        `\`${name}\``,
        String(days),
        `\`${env}\``,
        what.en,
        what.id,
        because.en,
        because.id,
      ]),
    ),
    '## Kept / Disimpan seterusnya',
    table(
      ['table', 'why', 'mengapa'],
      KEPT.map(({ table: name, because }) => [`\`${name}\``, because.en, because.id]),
    ),
    ...Object.entries(WITH_ITS_PARENT).map(
      ([name, parent]) => `\`${name}\` goes with \`${parent}\`. / \`${name}\` ikut terhapus bersama \`${parent}\`.`,
    ),
    '',
  ].join('\n\n'),
});
