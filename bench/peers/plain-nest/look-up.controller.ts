import { randomUUID } from 'node:crypto';
import {
  BadRequestException,
  Body,
  Controller,
  Headers,
  HttpCode,
  Inject,
  NotFoundException,
  Post,
  UseGuards,
} from '@nestjs/common';
import { type JWTPayload } from 'jose';
import { type Repository } from 'typeorm';
import { LookUpDto } from './measurement.dto.js';
import { LookEntry, Person } from './plain.entity.js';
import { TokenGuard, Verified } from './token.guard.js';

/** Purposes that may be stated, in memory, with their legal basis. */
const BASES = new Map([['health-care', 'UU 17/2023']]);

/** Finds a person by the NIK in clear, writes down who looked and why, then answers. */
@Controller('persons')
@UseGuards(TokenGuard)
export class LookUpController {
  constructor(
    @Inject(Person) private readonly persons: Repository<Person>,
    @Inject(LookEntry) private readonly looks: Repository<LookEntry>,
  ) {}

  @Post('lookup')
  @HttpCode(200)
  async lookUp(
    @Body() { identifier }: LookUpDto,
    @Headers('simpul-purpose') purpose: string,
    @Verified() caller: JWTPayload,
  ): Promise<Person> {
    const basis = BASES.get(purpose);
    if (basis === undefined) throw new BadRequestException();
    const person = await this.persons.findOneBy({ nik: identifier.value });
    if (!person) throw new NotFoundException();
    await this.looks.save({
      at: new Date(),
      records: [randomUUID()],
      client: String(caller['client_id']),
      source: String(caller['source']),
      purpose,
      basis,
      groups: ['identity', 'health'],
      route: 'POST /persons/lookup',
      requestId: randomUUID(),
      traceId: '0af7651916cd43dd8448eb211c80319c',
    });
    return person;
  }
}
