import { type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { type Class, contractOf, explain, ProblemError, validatorFor } from '@simpul/contracts';
import { readStrictJson } from './strict-json.js';

/** Arguments of these types are handed on as they came: a stream, raw bytes, a text of the path. */
const AS_SENT = new Set<unknown>([Object, String, Number, Boolean, Array, Buffer, undefined]);

/** Reads and checks whatever a controller declares as a contract class: ajv gives the verdict, class-validator the words. */
export class ContractPipe implements PipeTransform {
  transform(value: unknown, { metatype, type }: ArgumentMetadata): unknown {
    if (AS_SENT.has(metatype) || type === 'custom') return value;
    const contract = metatype as Class;
    contractOf(contract);
    const read = type === 'body' ? readBody(value) : value;
    if (validatorFor(contract)(read)) return read;
    throw new ProblemError('validation', { errors: explain(contract, read) });
  }
}

function readBody(value: unknown): unknown {
  if (value === undefined) throw new ProblemError('body.empty');
  return Buffer.isBuffer(value) ? readStrictJson(value) : value;
}
