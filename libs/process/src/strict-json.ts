import { ProblemError } from '@simpul/contracts';
import { refuseUnsafeJson } from './json-scan.js';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The value of a JSON body, or a 400 problem: UTF-8 without BOM, no key twice, depth 32 at most, no key that reaches
 * prototypes, no text that cannot be stored (NUL, lone surrogates), no number that would change when it is read.
 */
export function readStrictJson(bytes: Buffer): unknown {
  const text = decode(bytes);
  if (text === '') throw new ProblemError('body.empty');
  // Before JSON.parse, which needs seconds for megabytes of brackets.
  refuseUnsafeJson(text);
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own words repeat the text, so they are not kept as the cause.
    throw new ProblemError('json.syntax');
  }
}

function decode(bytes: Buffer): string {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) throw new ProblemError('body.encoding');
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new ProblemError('body.encoding', { cause });
  }
}
