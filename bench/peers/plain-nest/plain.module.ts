import { type DynamicModule, Module } from '@nestjs/common';
import { ClientsModule, type KafkaOptions, Transport } from '@nestjs/microservices';
import { DataSource } from 'typeorm';
import { GatewayController, KAFKA } from './gateway.controller.js';
import { LookUpController } from './look-up.controller.js';
import { MeasurementConsumer } from './measurement.consumer.js';
import { LookEntry, Measurement, Person } from './plain.entity.js';
import { EXPECTED, type ExpectedToken } from './token.guard.js';

export interface PlainOptions {
  brokers: string[];
  databaseUrl: string;
  token: ExpectedToken;
}

const ENTITIES = [Measurement, Person, LookEntry];

export const kafkaOptions = (brokers: string[]): KafkaOptions & { transport: Transport.KAFKA } => ({
  transport: Transport.KAFKA,
  options: {
    client: { clientId: 'plain', brokers },
    consumer: { groupId: 'plain' },
    subscribe: { fromBeginning: true },
    producerOnlyMode: false,
  },
});

/** HTTP to Kafka. */
@Module({})
export class GatewayModule {
  static register({ brokers }: PlainOptions): DynamicModule {
    const { transport, options } = kafkaOptions(brokers);
    const client = { name: KAFKA, transport, options: { ...options, producerOnlyMode: true } } as const;
    return { module: GatewayModule, imports: [ClientsModule.register([client])], controllers: [GatewayController] };
  }
}

/** Kafka to PostgreSQL, and look-ups there. */
@Module({})
export class RegistryModule {
  static register({ databaseUrl, token }: PlainOptions): DynamicModule {
    const source = {
      provide: DataSource,
      useFactory: () =>
        new DataSource({ type: 'postgres', url: databaseUrl, entities: ENTITIES, synchronize: true }).initialize(),
    };
    const repositories = ENTITIES.map((entity) => ({
      provide: entity,
      inject: [DataSource],
      useFactory: (database: DataSource) => database.getRepository(entity),
    }));
    return {
      module: RegistryModule,
      controllers: [MeasurementConsumer, LookUpController],
      providers: [source, ...repositories, { provide: EXPECTED, useValue: token }],
    };
  }
}
