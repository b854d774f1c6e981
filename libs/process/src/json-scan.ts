import { ProblemError } from '@simpul/contracts';

export const MAX_DEPTH = 32;
/** Members of one object. No message has a quarter of them, and a million hold up everybody for seconds. */
const MAX_MEMBERS = 256;
/** Values of one text. A thousand full messages have a third of them; three million empty objects hold up everybody for seconds. */
const MAX_VALUES = 200_000;
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Up to so many characters a number without an exponent is below 2^53. */
const SAFE_LENGTH = 15;
const NUMBER = /[-+.0-9eE]+/y;

/** Keys of the objects that are open: undefined for a list. Searched in order while few, in a Set when many. */
type OpenKeys = { few: string[]; many?: Set<string> } | undefined;
const FEW = 12;

/**
 * Refuses what JSON.parse would let through, in one pass over the text. It trusts the syntax: what is not JSON may pass
 * here and is refused by JSON.parse.
 */
export function refuseUnsafeJson(text: string): void {
  new JsonScan(text).run();
}

class JsonScan {
  private readonly open: OpenKeys[] = [];
  private keys: OpenKeys;
  private expectsKey = false;
  private values = 0;
  /** Where the next backslash is, so that texts without one are skipped by a native search. */
  private backslash: number;

  constructor(private readonly text: string) {
    this.backslash = this.nextBackslash(0);
  }

  run(): void {
    const { text } = this;
    for (let at = 0; at < text.length;) at = this.step(at, text.charCodeAt(at));
  }

  /** Reads what begins at `at` and says where to go on. */
  private step(at: number, code: number): number {
    if (code === QUOTE) return this.readText(at);
    if (code === MINUS || (code >= ZERO && code <= NINE)) return this.readNumber(at);
    if (code >= COMMA) this.readMark(code);
    return at + 1;
  }

  private readMark(code: number): void {
    if (code === COMMA) this.next();
    else if (code === OPEN_OBJECT || code === OPEN_LIST) this.enter(code === OPEN_OBJECT);
    else if (code === CLOSE_OBJECT || code === CLOSE_LIST) this.leave();
  }

  private next(): void {
    this.values += 1;
    if (this.values > MAX_VALUES) throw new ProblemError('json.members');
    this.expectsKey = this.keys !== undefined;
  }

  private enter(object: boolean): void {
    if (this.open.length >= MAX_DEPTH) throw new ProblemError('json.depth');
    this.open.push(this.keys);
    this.keys = object ? { few: [] } : undefined;
    this.expectsKey = object;
  }

  private leave(): void {
    this.keys = this.open.pop();
    this.expectsKey = false;
  }

  private readText(start: number): number {
    const { text } = this;
    let end = text.indexOf('"', start + 1);
    if (this.backslash < start) this.backslash = this.nextBackslash(start);
    const escaped = this.backslash < end;
    if (escaped) end = this.endOfEscaped();
    if (end < 0) return text.length;
    if (escaped || this.expectsKey) this.checkText(start, end, escaped);
    return end + 1;
  }

  private endOfEscaped(): number {
    const { text } = this;
    for (let at = this.backslash; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) return at;
      if (code === 0x5c) at++;
    }
    return -1;
  }

  private checkText(start: number, end: number, escaped: boolean): void {
    const { text } = this;
    const value = escaped ? unescape(text.slice(start, end + 1)) : text.slice(start + 1, end);
    // Only an escape can bring in what cannot be stored: the decoder and the parser refuse it in plain spelling.
    if (escaped && (value.includes('\0') || !value.isWellFormed())) throw new ProblemError('json.text');
    if (this.expectsKey) this.checkKey(value);
  }

  private checkKey(key: string): void {
    this.expectsKey = false;
    if (FORBIDDEN.has(key)) throw new ProblemError('json.forbidden-key');
    if (this.keys && isKnown(this.keys, key)) throw new ProblemError('json.duplicate-key');
    if (this.keys?.many && this.keys.many.size > MAX_MEMBERS) throw new ProblemError('json.members');
  }

  private readNumber(start: number): number {
    NUMBER.lastIndex = start;
    const token = NUMBER.exec(this.text)?.[0] ?? '';
    if (token.length > SAFE_LENGTH || token.includes('e') || token.includes('E')) refuseUnsafeNumber(Number(token));
    return start + token.length;
  }

  private nextBackslash(from: number): number {
    const at = this.text.indexOf('\\', from);
    return at < 0 ? Number.POSITIVE_INFINITY : at;
  }
}

/** NaN is not JSON and is left to the parser. */
function refuseUnsafeNumber(value: number): void {
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) throw new ProblemError('json.number');
}

function isKnown(keys: NonNullable<OpenKeys>, key: string): boolean {
  if (keys.many) {
    const { size } = keys.many;
    return keys.many.add(key).size === size;
  }
  if (keys.few.includes(key)) return true;
  keys.few.push(key);
  if (keys.few.length > FEW) keys.many = new Set(keys.few);
  return false;
}

function unescape(literal: string): string {
  try {
    return JSON.parse(literal) as string;
  } catch {
    throw new ProblemError('json.syntax');
  }
}
