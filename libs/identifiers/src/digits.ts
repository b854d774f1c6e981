const ASCII_DIGITS = /^[0-9]*$/;
const LEADING_APOSTROPHE = /^['’‘ʼ`´]+/u;
// White space, dots, every kind of dash, and the invisible marks that copying from documents and chats brings along.
const SEPARATORS = /[\s.\p{Pd}\u2212\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu;
const DECIMAL_DIGIT = /\p{Nd}/gu;
const IS_DECIMAL_DIGIT = /^\p{Nd}$/u;

/**
 * A number that people write by hand, as its bare digits: Unicode digits become ASCII; spaces, dots, dashes and a
 * leading apostrophe (the spreadsheet mark for "this is text") are removed. Other characters stay, so that a wrong
 * value stays visibly wrong.
 */
export function toBareDigits(value: string): string {
  if (ASCII_DIGITS.test(value)) return value;
  return value.replaceAll(SEPARATORS, '').replace(LEADING_APOSTROPHE, '').replaceAll(DECIMAL_DIGIT, toAsciiDigit);
}

/** Unicode lists the decimal digits of every script in runs from zero to nine, so the place in the run is the value. */
function toAsciiDigit(digit: string): string {
  const plain = digit.normalize('NFKC');
  if (ASCII_DIGITS.test(plain)) return plain;
  const codePoint = plain.codePointAt(0) ?? 0;
  let value = 0;
  while (IS_DECIMAL_DIGIT.test(String.fromCodePoint(codePoint - value - 1))) value += 1;
  return String(value % 10);
}
