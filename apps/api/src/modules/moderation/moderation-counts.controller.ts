import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ModerationNumbers } from '@echomate/contracts/moderation.dto';
import { Public } from '../../platform/http/public.decorator.js';
import { ModerationCountsService } from './moderation-counts.service.js';

@ApiTags('moderation')
@Controller('moderation/numbers')
export class ModerationCountsController {
  constructor(private readonly counts: ModerationCountsService) {}

  /** How much was reported in each of the last months, and what became of it; it names nobody */
  @Get()
  @Public()
  numbers(): Promise<ModerationNumbers> {
    return this.counts.numbers();
  }
}
