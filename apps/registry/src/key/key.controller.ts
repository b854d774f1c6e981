import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiSchema, ApiTags } from '@nestjs/swagger';
import { Public } from '@simpul/access';
import { type RegistryJwk, toPublicJwk } from '@simpul/identifiers';

import { OpeningKeys } from './opening-keys.js';

@ApiSchema({ name: 'RegistryJwks', description: 'JSON Web Key Set (RFC 7517) / Himpunan kunci publik' })
export class KeysAnswer {
  @ApiProperty({
    description: 'X25519 keys; adapters seal to the first / kunci X25519; adapter menyegel dengan yang pertama',
    type: 'array',
    items: { type: 'object', additionalProperties: true },
  })
  keys: RegistryJwk[];
}

/** The public halves of the registry's keys: what adapters seal to. */
@ApiTags('keys')
@Public()
@Controller('registry/v1/keys')
export class KeyController {
  constructor(private readonly keys: OpeningKeys) {}

  @Get()
  @ApiOperation({
    summary: "The registry's public keys / Kunci publik registri",
    description:
      'For development and installation; in operation adapters read a configured file.\n\nUntuk pengembangan dan pemasangan; dalam operasi adapter membaca berkas yang dikonfigurasi.',
  })
  @ApiOkResponse({ type: KeysAnswer })
  list(): KeysAnswer {
    return { keys: this.keys.newestFirst.map(toPublicJwk) };
  }
}
