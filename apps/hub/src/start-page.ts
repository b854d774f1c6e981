import type { Language } from '@simpul/contracts';
import { type ApiDescription, codeBlock, DOCS, twoLanguagePage } from '@simpul/process';
import { apiList } from './api-list.js';
import { firstPush, type Push } from './first-push.js';

const WORDS = {
  en: {
    title: 'From nothing to the first accepted push',
    intro:
      'All commands run in the folder of the project, on the computer of the hub. Names and numbers in the example are invented.',
    register: '1. Register a source',
    registered: 'A source is one agency system. Its private key is written to .simpul/clients and kept nowhere else.',
    token: '2. Get a token',
    tokenLives: 'It opens the adapter for 300 seconds; then ask for the next one.',
    push: '3. Push a message',
    accepted:
      'The answer is 202 with “accepted” once the event is durably in the log, and a receipt. Sending the same again is always safe. Anything refused names its place and a page that says what to do.',
    none: 'This process has no adapter: ask for the address of one that has.',
    apis: 'All APIs of this process',
  },
  id: {
    title: 'Dari nol sampai kiriman pertama diterima',
    intro: 'Semua perintah dijalankan di folder proyek, pada komputer hub. Nama dan nomor dalam contoh adalah rekaan.',
    register: '1. Daftarkan sumber',
    registered:
      'Sumber adalah satu sistem milik instansi. Kunci privatnya ditulis ke .simpul/clients dan tidak disimpan di tempat lain.',
    token: '2. Minta token',
    tokenLives: 'Token membuka adaptor selama 300 detik; sesudah itu mintalah yang baru.',
    push: '3. Kirim pesan',
    accepted:
      'Jawabannya 202 dengan “accepted” setelah peristiwa tersimpan tetap di log, beserta tanda terima. Mengirim ulang pesan yang sama selalu aman. Setiap penolakan menyebut letak galat dan halaman yang menjelaskan langkah berikutnya.',
    none: 'Proses ini tidak memiliki adaptor: mintalah alamat proses yang memilikinya.',
    apis: 'Semua API pada proses ini',
  },
} as const;

const curl = ({ path, body }: Push): string => `curl -X POST "$HUB${path}" \\
  -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
  -d @- <<'JSON'
${JSON.stringify(body, null, 2)}
JSON`;

function steps(push: Push, hub: string, language: Language): string {
  const words = WORDS[language];
  const source = `my-${push.sector}-system`;
  return `<h2>${words.register}</h2>${codeBlock(words.register, `npm run source -- add ${source} --sector ${push.sector}`)}<p>${words.registered}</p>
<h2>${words.token}</h2>${codeBlock(words.token, `HUB=${hub}\nTOKEN=$(ISSUER_URL=$HUB/issuer npm run -s token -- ${source})`)}<p>${words.tokenLives}</p>
<h2>${words.push}</h2>${codeBlock(words.push, curl(push))}<p>${words.accepted}</p>`;
}

/** The page that leads a developer to the first accepted push, in both languages, the reader's first. `hub` is the address that the commands name. */
export function startPage(documents: readonly ApiDescription[], hub: string, first: Language): string {
  const push = firstPush(documents);
  return twoLanguagePage({
    first,
    title: { en: WORDS.en.title, id: WORDS.id.title },
    above: [DOCS],
    section: (language) => {
      const words = WORDS[language];
      return `<h1>${words.title}</h1><p class="lead">${words.intro}</p>
${push ? steps(push, hub, language) : `<p>${words.none}</p>`}
<h2>${words.apis}</h2>${apiList(documents, language)}`;
    },
  });
}
