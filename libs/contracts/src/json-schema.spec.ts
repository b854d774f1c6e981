import { expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { EVENT_TYPES } from './event-types.js';
import { jsonSchemaOf } from './json-schema.js';

@Module({})
class NoRoutes {}

async function components(): Promise<Record<string, unknown>> {
  const app = await NestFactory.create(NoRoutes, new FastifyAdapter(), { logger: false });
  const document = SwaggerModule.createDocument(app, new DocumentBuilder().setOpenAPIVersion('3.1.0').build(), {
    extraModels: EVENT_TYPES.map((event) => event.data),
  });
  await app.close();
  return document.components?.schemas ?? {};
}

const isExample = (key: string): boolean => key === 'example';
const isEmptyRequired = (key: string, value: unknown): boolean =>
  key === 'required' && Array.isArray(value) && value.length === 0;

/** One spelling of what OpenAPI and JSON Schema write differently: references, examples, an empty `required`. */
function alike(value: unknown): unknown {
  if (typeof value === 'string') return value.replace('#/components/schemas/', '#/$defs/');
  if (Array.isArray(value)) return value.map(alike);
  if (typeof value !== 'object' || value === null) return value;
  const { allOf, ...rest } = value as { allOf?: object[] };
  const flat = { ...rest, ...allOf?.[0] };
  return Object.fromEntries(
    Object.entries(flat)
      .filter(([key, member]) => !isExample(key) && !isEmptyRequired(key, member))
      .map(([key, member]) => [key, alike(member)]),
  );
}

it('says in the JSON Schemas what the OpenAPI components say', async () => {
  const inDocument = await components();
  const inSchemas = Object.assign({}, ...EVENT_TYPES.map((event) => jsonSchemaOf(event.data)['$defs'])) as object;
  expect(Object.keys(inDocument).toSorted()).toEqual(Object.keys(inSchemas).toSorted());
  expect(alike(inDocument)).toEqual(alike(inSchemas));
});

it('names the schema of an event as its dataschema does, if asked', () => {
  for (const { data, dataschema } of EVENT_TYPES)
    expect(jsonSchemaOf(data, dataschema)).toMatchObject({ $id: dataschema });
});
