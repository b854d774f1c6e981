import { Controller, Get, Header, Headers, Inject, Param } from '@nestjs/common';
import { Public } from '@simpul/access';
import { ProblemError } from '@simpul/contracts';
import { type ApiDescription, languageOf } from '@simpul/process';
import { entryPage } from './entry-page.js';
import { eventIndexPage } from './event-index-page.js';
import { eventPage } from './event-page.js';
import { type EventRoute, eventRoutes } from './event-routes.js';
import { hubAddress } from './hub-address.js';
import { startPage } from './start-page.js';

export const DOCUMENTS = Symbol('documents');

const HTML = ['content-type', 'text/html; charset=utf-8'] as const;

/** The pages for developers of agencies; those of problems and APIs come from `libs/process`. */
@Public()
@Controller('docs')
export class DocumentsController {
  private readonly routes: readonly EventRoute[];

  constructor(@Inject(DOCUMENTS) private readonly documents: readonly ApiDescription[]) {
    this.routes = eventRoutes(documents);
  }

  @Get()
  @Header(...HTML)
  entry(@Headers('accept-language') accepted?: string): string {
    return entryPage(this.documents, languageOf(accepted));
  }

  @Get('start')
  @Header(...HTML)
  start(@Headers('host') host?: string, @Headers('accept-language') accepted?: string): string {
    return startPage(this.documents, hubAddress(host), languageOf(accepted));
  }

  @Get('events')
  @Header(...HTML)
  events(@Headers('accept-language') accepted?: string): string {
    return eventIndexPage(languageOf(accepted));
  }

  @Get('events/:name')
  @Header(...HTML)
  event(@Param('name') name: string, @Headers('accept-language') accepted?: string): string {
    const page = eventPage(name, this.routes, languageOf(accepted));
    if (page === undefined) throw new ProblemError('not-found');
    return page;
  }
}
