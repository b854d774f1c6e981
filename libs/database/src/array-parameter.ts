const BYTEA_OID = 17;

/**
 * A parameter of type bytea[] in binary form, which the client sends as it is. Its own form of it is hexadecimal text in quotes: five times the
 * work here (1.6 instead of 0.3 µs for 650 bytes), twice the bytes on the way, and the server has to read it back.
 */
export function byteaArray(values: readonly (Buffer | null)[]): Buffer {
  const head = [1, values.includes(null) ? 1 : 0, BYTEA_OID, values.length, 1];
  const size = values.reduce((sum, value) => sum + 4 + (value?.length ?? 0), 4 * head.length);
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  for (const word of head) at = bytes.writeInt32BE(word, at);
  for (const value of values) {
    at = bytes.writeInt32BE(value?.length ?? -1, at);
    at += value?.copy(bytes, at) ?? 0;
  }
  return bytes;
}

/** An array of numbers or of words that hold none of the signs that arrays are written with, as uuids do; the client would look each through for those. */
export const plainArray = (values: readonly (number | bigint | string | null)[]): string =>
  `{${values.map((value) => value ?? 'NULL').join(',')}}`;
