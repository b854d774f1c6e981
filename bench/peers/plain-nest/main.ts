// What the documentation of Nest teaches: main.js gateway | registry, with PORT, KAFKA_BROKERS, DATABASE_URL, ISSUER_URL and AUDIENCE.
import 'reflect-metadata';
import { ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { GatewayModule, kafkaOptions, RegistryModule } from './plain.module.js';

const { PORT = '0', KAFKA_BROKERS = '', DATABASE_URL = '' } = process.env;
const { ISSUER_URL = 'http://127.0.0.1:3000/issuer', AUDIENCE = 'urn:simpul:hub' } = process.env;
const isGateway = process.argv[2] === 'gateway';
const token = { issuer: ISSUER_URL, audience: AUDIENCE };
const options = { brokers: KAFKA_BROKERS.split(','), databaseUrl: DATABASE_URL, token };
const module = isGateway ? GatewayModule.register(options) : RegistryModule.register(options);
const app = await NestFactory.create(module, new FastifyAdapter(), { logger: ['error', 'warn'] });
app.useGlobalPipes(new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true }));
if (!isGateway && KAFKA_BROKERS) {
  app.connectMicroservice(kafkaOptions(options.brokers));
  await app.startAllMicroservices();
}
app.enableShutdownHooks();
await app.listen(Number(PORT), '127.0.0.1');
