import { Controller, Get, Param, Req } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, Requires } from '@simpul/access';
import { ProblemError } from '@simpul/contracts';
import type { FastifyRequest } from 'fastify';

import { Looks } from '../person/looks.js';
import { LookRoute, PersonId } from '../person/look-route.js';
import { AttributeValue } from '../person/person.answer.js';
import { PersonStore } from '../person/person.store.js';
import { Families } from './families.js';
import { FamilyAnswer } from './family.answer.js';

/** The family of a person, for purposes that open families. */
@ApiTags('persons')
@ApiExtraModels(AttributeValue)
@Requires('persons:read')
@Controller('registry/v1/persons/:id/family')
export class FamilyController {
  constructor(
    private readonly looks: Looks,
    private readonly persons: PersonStore,
    private readonly families: Families,
  ) {}

  @Get()
  @PersonId()
  @LookRoute(
    { en: 'The family of a person', id: 'Keluarga seseorang' },
    {
      en: 'By the best roster that names the person. Needs a purpose that opens the group "family"; members out of reach are shown by their relation only.',
      id: 'Menurut daftar anggota terbaik yang memuat orang ini. Perlu tujuan yang membuka kelompok "family"; anggota di luar jangkauan hanya ditampilkan hubungannya.',
    },
  )
  @ApiOkResponse({ type: FamilyAnswer })
  async family(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<FamilyAnswer> {
    const look = await this.looks.begin(request.headers, caller, 'GET /registry/v1/persons/{id}/family');
    // Said before anyone is looked up, so that it says nothing about the person.
    if (!look.purpose.groups.includes('family')) throw new ProblemError('purpose.not-allowed');
    return this.families.familyOf(look, await this.persons.getById(look, id));
  }
}
