import { Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { AnswersElsewhere } from '../../platform/http/api-docs.js';
import { Public } from '../../platform/http/public.decorator.js';
import { UNSUBSCRIBE } from '../../platform/mail/mail.js';
import { DigestsService } from './digests.service.js';

@ApiTags('notifications')
@Controller(UNSUBSCRIBE)
export class DigestsController {
  constructor(private readonly digests: DigestsService) {}

  /** Leads to the page that ends the daily email: whoever only opens or scans a link ends nothing */
  @Get(':token')
  @Public()
  @HttpCode(303)
  @AnswersElsewhere()
  open(@Param('token') token: string, @Res() response: Response): void {
    response.redirect(303, `/unsubscribe/${encodeURIComponent(token)}`);
  }

  /** End the daily email, with the link from it and without logging in (RFC 8058) */
  @Post(':token')
  @Public()
  @HttpCode(204)
  end(@Param('token') token: string): Promise<void> {
    return this.digests.end(token);
  }
}
