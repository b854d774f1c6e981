import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { type Repository } from 'typeorm';
import { TOPIC } from './gateway.controller.js';
import { MeasurementDto } from './measurement.dto.js';
import { Measurement, Person } from './plain.entity.js';

@Controller()
export class MeasurementConsumer {
  constructor(
    @Inject(Measurement) private readonly measurements: Repository<Measurement>,
    @Inject(Person) private readonly persons: Repository<Person>,
  ) {}

  @EventPattern<string>(TOPIC)
  async take(@Payload() message: MeasurementDto): Promise<void> {
    const { reference, child, weightKg, lengthCm } = message;
    const { identifiers, name, sex, birthDate, motherName, address } = child;
    const nik = identifiers[0]?.value ?? '';
    const measuredAt = new Date(message.measuredAt);
    await this.measurements.save({ reference, nik, measuredAt, message });
    await this.persons.save({ nik, name, sex, birthDate, motherName, address, weightKg, lengthCm, measuredAt });
  }
}
