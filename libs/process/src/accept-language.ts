import { type Language } from '@simpul/contracts';

/** The language of an answer: the preferred one of `en` and `id` (RFC 9110 section 12.5.4), Indonesian when neither is named. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const weights = { en: 0, id: 0 };
  for (const part of (acceptLanguage ?? '').slice(0, 200).split(',')) {
    const [range = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const language = range.split('-')[0];
    if (language === 'en' || language === 'id') weights[language] = Math.max(weights[language], weightOf(parameters));
  }
  return weights.en > weights.id ? 'en' : 'id';
}

function weightOf(parameters: string[]): number {
  const given = parameters.find((parameter) => parameter.startsWith('q='));
  const weight = given === undefined ? 1 : Number(given.slice(2));
  return weight >= 0 && weight <= 1 ? weight : 0;
}
