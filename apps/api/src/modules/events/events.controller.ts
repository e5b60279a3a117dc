import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Res,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CancelEventRequest,
  CreateEventRequest,
  Event,
  EventAnswerPage,
  EventPage,
  GroupEventsQuery,
  OwnEventsQuery,
  RespondRequest,
  ResponsesQuery,
  UpdateEventRequest,
} from '@echomate/contracts/events.dto';
import { FieldsQuery } from '@echomate/contracts/paging.dto';
import type { Response } from 'express';
import { AnswersCalendar, Refuses } from '../../platform/http/api-docs.js';
import { narrowed, narrowedPage } from '../../platform/http/fields.js';
import { IdempotencyKey, Repeatable } from '../../platform/http/idempotency-key.js';
import { UuidPipe } from '../../platform/http/uuid.pipe.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { CalendarsService } from './calendars.service.js';
import { EventWritingService } from './event-writing.service.js';
import { EventsService } from './events.service.js';
import { ResponsesService } from './responses.service.js';

@ApiTags('events')
@Controller()
export class EventsController {
  constructor(
    private readonly events: EventsService,
    private readonly writing: EventWritingService,
    private readonly responses: ResponsesService,
    private readonly calendars: CalendarsService,
  ) {}

  /** Events of a group that you are in: those to come, or those that are over */
  @Get('groups/:id/events')
  async list(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Query() query: GroupEventsQuery,
  ): Promise<EventPage> {
    return narrowedPage(await this.events.list(userId, id, query), query.fields);
  }

  /**
   * Plan an event in a group that you are in
   *
   * `start` and `end` are days and times by the clocks of `zone`. A time that the clocks skip is refused; one that they
   * show twice is the first of the two. An event that repeats has one event for each of its dates.
   */
  @Post('groups/:id/events')
  @Repeatable()
  @Refuses('conflict')
  create(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Body() request: CreateEventRequest,
    @IdempotencyKey() key?: string,
  ): Promise<Event> {
    return this.writing.create(userId, id, request, key);
  }

  /** Events of all your groups, the next first */
  @Get('users/me/events')
  async own(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() query: OwnEventsQuery,
  ): Promise<EventPage> {
    return narrowedPage(await this.events.own(userId, query), query.fields);
  }

  /** An event with all its dates, as a file for calendars */
  @Get('events/:id.ics')
  @AnswersCalendar()
  async calendar(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Res() response: Response,
  ): Promise<void> {
    const calendar = await this.calendars.ofEvent(userId, id);
    response.attachment('event.ics').type('text/calendar').send(calendar);
  }

  /** An event */
  @Get('events/:id')
  async event(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Query() { fields }: FieldsQuery,
  ): Promise<Event> {
    return narrowed([await this.events.event(userId, id)], fields)[0]!;
  }

  /** Change an event that you made, or one of a group you lead */
  @Patch('events/:id')
  @Refuses('not-allowed', 'conflict')
  update(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Body() changes: UpdateEventRequest,
  ): Promise<Event> {
    return this.writing.update(userId, id, changes);
  }

  /** Cancel an event: it stays, and says so */
  @Post('events/:id/cancel')
  @HttpCode(200)
  @Refuses('not-allowed', 'conflict')
  cancel(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Body() { scope }: CancelEventRequest,
  ): Promise<Event> {
    return this.writing.cancel(userId, id, scope);
  }

  /** Delete an event, with all its dates, that nobody has answered */
  @Delete('events/:id')
  @HttpCode(204)
  @Refuses('not-allowed', 'conflict')
  delete(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<void> {
    return this.writing.delete(userId, id);
  }

  /** Answer an event, or change your answer. If no place is free, you wait for one */
  @Put('events/:id/response')
  @Refuses('conflict')
  respond(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Body() { optionId }: RespondRequest,
  ): Promise<Event> {
    return this.responses.respond(userId, id, optionId);
  }

  /** Take your answer back */
  @Delete('events/:id/response')
  @HttpCode(204)
  @Refuses('conflict')
  withdraw(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<void> {
    return this.responses.withdraw(userId, id);
  }

  /** Who has answered, in the order of the answers */
  @Get('events/:id/responses')
  answers(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Query() query: ResponsesQuery,
  ): Promise<EventAnswerPage> {
    return this.responses.list(userId, id, query);
  }
}
