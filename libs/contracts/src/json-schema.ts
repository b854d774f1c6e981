import { type Class, contractOf, type FieldInfo, fieldsOf } from './field-info.js';
import { inBothLanguages } from './words.js';

type Schema = Record<string, unknown>;

function propertySchema(info: FieldInfo, refTo: (type: Class) => Schema): Schema {
  const description = inBothLanguages(info.words);
  if (!info.part) return { ...info.schema, description };
  const item = refTo(info.part);
  return info.list ? { type: 'array', ...info.schema, description, items: item } : { description, ...item };
}

function objectSchema(type: Class, refTo: (part: Class) => Schema): Schema {
  const fields = fieldsOf(type);
  return {
    type: 'object',
    description: inBothLanguages(contractOf(type).words),
    additionalProperties: false,
    required: fields.filter((info) => !info.optional).map((info) => info.name),
    properties: Object.fromEntries(fields.map((info) => [info.name, propertySchema(info, refTo)])),
  };
}

/**
 * The JSON Schema (2020-12) of a contract class; every part is one definition in `$defs`.
 * `id` is its `$id`: by default `urn:simpul:schema:<Name>`, for an event its `dataschema`.
 */
export function jsonSchemaOf(root: Class, id = `urn:simpul:schema:${contractOf(root).name}`): Schema {
  const $defs: Record<string, Schema> = {};
  const refTo = (type: Class): Schema => {
    const { name } = contractOf(type);
    if (!$defs[name]) {
      $defs[name] = {};
      $defs[name] = objectSchema(type, refTo);
    }
    return { $ref: `#/$defs/${name}` };
  };
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', $id: id, ...refTo(root), $defs };
}
