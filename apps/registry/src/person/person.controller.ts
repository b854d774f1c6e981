import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiBody, ApiExtraModels, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, Requires } from '@simpul/access';
import type { FastifyRequest } from 'fastify';

import { type Look, Looks, type PersonRows } from './looks.js';
import { LookRoute, PersonId } from './look-route.js';
import { AttributeValue, PersonAnswer, PersonLookup, ProvenanceAnswer, ProvenanceClaim } from './person.answer.js';
import { toAttributes, toClaim, type ViewFrame, visibleView } from './person.cut.js';
import { PersonStore } from './person.store.js';
import { survivorshipAt } from './survivorship.data.js';

const BASE = '/registry/v1/persons';

/** Persons, as far as the stated purpose may see them. */
@ApiTags('persons')
@ApiExtraModels(AttributeValue, ProvenanceClaim)
@Requires('persons:read')
@Controller('registry/v1/persons')
export class PersonController {
  constructor(
    private readonly looks: Looks,
    private readonly persons: PersonStore,
  ) {}

  @Post('lookup')
  @HttpCode(200)
  @LookRoute(
    { en: 'Find a person by an identifier', id: 'Cari orang dengan nomor identitas' },
    {
      en: 'Exact identifiers only, in the body, so that none stands in an address or a log.',
      id: 'Hanya nomor yang tepat, di dalam isi permintaan, sehingga tidak tercatat di alamat atau log.',
    },
  )
  @ApiBody({
    type: PersonLookup,
    examples: {
      nik: { value: { identifier: { system: 'https://fhir.kemkes.go.id/id/nik', value: '3174095208249001' } } },
    },
  })
  @ApiOkResponse({ type: PersonAnswer })
  async lookup(
    @Body() { identifier }: PersonLookup,
    @Req() request: FastifyRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<PersonAnswer> {
    const look = await this.looks.begin(request.headers, caller, `POST ${BASE}/lookup`);
    const [found, ...rest] = await this.persons.getByIdentifier(look, identifier);
    await this.looks.record(look, [found, ...rest].flatMap(recordIds));
    const others = rest.map(({ person }) => this.looks.hide(look, person));
    return { ...(await this.show(look, found)), ...(others.length > 0 && { others }) };
  }

  @Get(':id')
  @PersonId()
  @LookRoute(
    { en: 'A person', id: 'Seseorang' },
    {
      en: 'By an id that your agency was shown earlier.',
      id: 'Dengan id yang pernah diterima instansi Anda.',
    },
  )
  @ApiOkResponse({ type: PersonAnswer })
  async person(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<PersonAnswer> {
    const look = await this.looks.begin(request.headers, caller, `GET ${BASE}/{id}`);
    const found = await this.persons.getById(look, id);
    await this.looks.record(look, recordIds(found));
    return this.show(look, found);
  }

  @Get(':id/provenance')
  @PersonId()
  @LookRoute(
    { en: 'Who said what about a person', id: 'Siapa menyatakan apa tentang seseorang' },
    {
      en: 'Every claim on each visible attribute, in the order in which sources are believed.',
      id: 'Semua pernyataan untuk setiap atribut yang terlihat, menurut urutan kepercayaan sumber.',
    },
  )
  @ApiOkResponse({ type: ProvenanceAnswer })
  async provenance(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<ProvenanceAnswer> {
    const look = await this.looks.begin(request.headers, caller, `GET ${BASE}/{id}/provenance`);
    const found = await this.persons.getById(look, id);
    await this.looks.record(look, recordIds(found));
    const frame = frameOf(look);
    const view = visibleView(await this.persons.open(found.rows), frame);
    const attributes = view.map(({ name, claims }) => [name, claims.map((claim) => toClaim(claim, look, this.looks))]);
    return { ...this.head(frame, found), attributes: Object.fromEntries(attributes) };
  }

  private async show(look: Look, found: PersonRows): Promise<PersonAnswer> {
    const frame = frameOf(look);
    const view = visibleView(await this.persons.open(found.rows), frame);
    return { ...this.head(frame, found), attributes: toAttributes(view) };
  }

  private head({ look, ranks, asOf }: ViewFrame, { person }: PersonRows): { id: string; asOf: string; ranks: string } {
    return { id: this.looks.hide(look, person), asOf: new Date(asOf).toISOString(), ranks: ranks.version };
  }
}

function frameOf(look: Look): ViewFrame {
  const asOf = Date.now();
  return { look, kind: 'person', ranks: survivorshipAt(asOf), asOf };
}

const recordIds = ({ rows }: PersonRows): string[] => rows.map((row) => row.id);
