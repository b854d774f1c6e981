import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Class } from './field-info.js';
import { jsonSchemaOf } from './json-schema.js';

/** `addUsedSchema: false`: a schema is kept with its class, never by its name. */
const ajv = addFormats.default(new Ajv2020({ strict: true, addUsedSchema: false }));
const compiled = new WeakMap<Class, (value: unknown) => boolean>();

/** Compiles any JSON Schema under the rules that hold everywhere here; compile once, keep the result. */
export function compileSchema(schema: object): (value: unknown) => boolean {
  const validate = ajv.compile(schema);
  return (value) => validate(value);
}

/** The verdict on a value of this class: ajv on the derived schema, compiled at the first use. */
export function validatorFor(type: Class): (value: unknown) => boolean {
  const known = compiled.get(type);
  if (known) return known;
  const validate = compileSchema(jsonSchemaOf(type));
  compiled.set(type, validate);
  return validate;
}
