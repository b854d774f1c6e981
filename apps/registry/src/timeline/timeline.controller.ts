import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, Requires } from '@simpul/access';
import { eventId, findEventType } from '@simpul/contracts';
import type { FastifyReply } from 'fastify';

import { Cursors } from '../paging/cursors.js';
import { linkNext, type Query as PageQuery } from '../paging/page.js';
import { PagedListing } from '../paging/page-query.js';
import { type Look, Looks } from '../person/looks.js';
import { LookRoute, PersonId } from '../person/look-route.js';
import { PersonStore } from '../person/person.store.js';
import { TimelineAnswer, TimelineEvent } from './timeline.answer.js';
import { cutFacts, visibleTypes } from './timeline.cut.js';
import { timelineKey, type TimelineRow, TimelineStore } from './timeline.store.js';

const ROUTE = 'GET /registry/v1/persons/{id}/timeline';

/** What happened to a person, as far as the stated purpose may see it. */
@ApiTags('persons')
@Requires('persons:read')
@Controller('registry/v1/persons/:id/timeline')
export class TimelineController {
  constructor(
    private readonly looks: Looks,
    private readonly persons: PersonStore,
    private readonly events: TimelineStore,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @PersonId()
  @LookRoute(
    { en: 'Events of a person, newest first', id: 'Peristiwa seseorang, terbaru dulu' },
    {
      en: 'Events that name the person in any role. What was corrected or withdrawn is not shown; the same fact told by several sources is shown once.',
      id: 'Peristiwa yang menyebut orang ini dalam peran apa pun. Yang sudah dikoreksi atau ditarik tidak ditampilkan; fakta yang sama dari beberapa sumber ditampilkan sekali.',
    },
  )
  @PagedListing()
  @ApiOkResponse({ type: TimelineAnswer })
  async timeline(
    @Param('id') id: string,
    @Query() query: PageQuery,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TimelineAnswer> {
    const look = await this.looks.begin(reply.request.headers, caller, ROUTE);
    const filter = { route: ROUTE, id, source: caller.source, purpose: look.purpose.code };
    const page = this.cursors.read(query, filter);
    const { person, rows } = await this.persons.getById(look, id);
    const own = rows.map((row) => row.id);
    const types = visibleTypes(look.purpose.groups);
    const events = await this.events.listEvents({ records: own, types, after: page.after, limit: page.limit + 1 });
    const shown = this.cursors.cut(events, page, filter, timelineKey);
    await this.looks.record(look, [...own, ...shown.rows.map((event) => event.record)]);
    linkNext(reply, shown.next);
    const items = shown.rows.map((event) => this.show(look, person, event));
    return { id: this.looks.hide(look, person), items, ...(shown.next !== undefined && { next: shown.next }) };
  }

  private show(look: Look, person: string, row: TimelineRow): TimelineEvent {
    const type = findEventType(row.type);
    if (!type) throw new Error(`${row.type} is stored, but this build does not know it`);
    const isOther = row.aboutKind === 'person' && row.about !== person;
    return {
      ...this.looks.hideEvent(look, row.source, eventId(row.kind, row.reference, Number(row.revision))),
      type: row.type,
      title: type.words,
      time: row.time.toISOString(),
      recordedAt: row.recordedTime.toISOString(),
      roles: row.roles,
      ...(isOther && { about: this.looks.hide(look, row.about) }),
      sources: row.sources,
      facts: cutFacts(type.data, row.facts, look.purpose.groups),
    };
  }
}
