import { Controller, Get, Header, Headers, Inject } from '@nestjs/common';
import { Public } from '@simpul/access';
import { type ApiDescription, languageOf } from '@simpul/process';
import { hubAddress } from './hub-address.js';
import { startPage } from './start-page.js';

export const DOCUMENTS = Symbol('documents');

/** The first page for a developer who has never pushed. */
@Public()
@Controller('docs/start')
export class StartController {
  constructor(@Inject(DOCUMENTS) private readonly documents: readonly ApiDescription[]) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  get(@Headers('host') host?: string, @Headers('accept-language') accepted?: string): string {
    return startPage(this.documents, hubAddress(host), languageOf(accepted));
  }
}
