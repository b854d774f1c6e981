import { randomUUID } from 'node:crypto';
import { Body, Controller, HttpCode, Inject, NotFoundException, Post } from '@nestjs/common';
import { type Repository } from 'typeorm';
import { LookUpDto } from './measurement.dto.js';
import { LookEntry, Person } from './plain.entity.js';

/** Finds a person, writes down who looked, then answers. */
@Controller('persons')
export class LookUpController {
  constructor(
    @Inject(Person) private readonly persons: Repository<Person>,
    @Inject(LookEntry) private readonly looks: Repository<LookEntry>,
  ) {}

  @Post('lookup')
  @HttpCode(200)
  async lookUp(@Body() { identifier }: LookUpDto): Promise<Person> {
    const person = await this.persons.findOneBy({ nik: identifier.value });
    if (!person) throw new NotFoundException();
    await this.looks.save({
      at: new Date(),
      records: [randomUUID()],
      client: 'puskesmas',
      source: 'puskesmas',
      purpose: 'health-care',
      basis: 'UU 17/2023',
      groups: ['identity', 'health'],
      route: 'POST /persons/lookup',
      requestId: randomUUID(),
      traceId: '0af7651916cd43dd8448eb211c80319c',
    });
    return person;
  }
}
