import type { Language } from '@simpul/contracts';

interface Stop {
  name: string;
  note: string;
}

const TITLES: Readonly<Record<Language, string>> = { en: 'The way of an event', id: 'Perjalanan sebuah peristiwa' };

/** From the agency that states something to those who may see it. */
const STOPS: Readonly<Record<Language, readonly Stop[]>> = {
  en: [
    { name: 'Agency system', note: 'pushes over HTTP with its token' },
    { name: 'Adapter of the sector', note: 'checks, seals, gives a receipt' },
    { name: 'Kafka', note: 'keeps the sealed event durably' },
    { name: 'Registry', note: 'applies it once, in one transaction' },
    { name: 'Those who ask', note: 'see it for a stated purpose only' },
  ],
  id: [
    { name: 'Sistem instansi', note: 'mengirim lewat HTTP dengan tokennya' },
    { name: 'Adaptor sektor', note: 'memeriksa, menyegel, memberi tanda terima' },
    { name: 'Kafka', note: 'menyimpan peristiwa tersegel' },
    { name: 'Registri', note: 'menerapkannya sekali, satu transaksi' },
    { name: 'Yang bertanya', note: 'melihat untuk tujuan yang dinyatakan' },
  ],
};

const BOX = { width: 318, height: 56, step: 84 };

const arrow = (top: number): string => {
  const tip = top + BOX.step;
  return `<path d="M160 ${top + BOX.height}V${tip - 2}M154 ${tip - 9}l6 7 6-7"/>`;
};

function box({ name, note }: Stop, index: number): string {
  const top = 1 + index * BOX.step;
  return `<rect x="1" y="${top}" width="${BOX.width}" height="${BOX.height}" rx="6"${name === 'Kafka' ? ' class="log"' : ''}/>
<text x="160" y="${top + 24}" text-anchor="middle">${name}</text><text class="note" x="160" y="${top + 44}" text-anchor="middle">${note}</text>`;
}

/** A picture for the eye; its description says the same to those who hear it. */
export function eventWay(language: Language): string {
  const stops = STOPS[language];
  const height = (stops.length - 1) * BOX.step + BOX.height + 2;
  const said = stops.map(({ name, note }) => `${name}: ${note}.`).join(' ');
  return `<svg class="way" viewBox="0 0 320 ${height}" role="img" aria-labelledby="${language}-way ${language}-way-said">
<title id="${language}-way">${TITLES[language]}</title><desc id="${language}-way-said">${said}</desc>
${stops.map(box).join('\n')}
${stops
  .slice(1)
  .map((_stop, index) => arrow(1 + index * BOX.step))
  .join('')}</svg>`;
}
