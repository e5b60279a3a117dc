import { Controller, Delete, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CalendarAddress, CalendarState } from '@echomate/contracts/events.dto';
import type { Response } from 'express';
import { AnswersCalendar } from '../../platform/http/api-docs.js';
import { Public } from '../../platform/http/public.decorator.js';
import { RateLimit } from '../../platform/http/rate-limits.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { CalendarsService } from './calendars.service.js';

@ApiTags('events')
@Controller()
export class CalendarsController {
  constructor(private readonly calendars: CalendarsService) {}

  /** Whether your events can be read at a secret address */
  @Get('users/me/calendar')
  state(@CurrentViewer() { userId }: RequestViewer): Promise<CalendarState> {
    return this.calendars.state(userId);
  }

  /** Make a secret address for your calendar program; the one before ends */
  @Post('users/me/calendar')
  @RateLimit({ perMinutes: 10, perAddress: 60, perAccount: 10 })
  renew(@CurrentViewer() { userId }: RequestViewer): Promise<CalendarAddress> {
    return this.calendars.renew(userId);
  }

  /** End the secret address */
  @Delete('users/me/calendar')
  @HttpCode(204)
  revoke(@CurrentViewer() { userId }: RequestViewer): Promise<void> {
    return this.calendars.revoke(userId);
  }

  /** All events of a person's groups, for whoever knows the secret */
  @Get('calendars/:secret.ics')
  @Public()
  @RateLimit({ perMinutes: 1, perAddress: 60 })
  @AnswersCalendar()
  async calendar(@Param('secret') secret: string, @Res() response: Response): Promise<void> {
    const calendar = await this.calendars.ofSecret(secret);
    response.type('text/calendar').send(calendar);
  }
}
