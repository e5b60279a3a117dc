import { Body, Controller, Delete, Get, Param, Patch, Put, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Site, SiteSettings, UpdateSiteRequest } from '@echomate/contracts/site.dto';
import type { Request, Response } from 'express';
import { AnswersFileInParts, TakesFile } from '../../platform/http/api-docs.js';
import { Public } from '../../platform/http/public.decorator.js';
import { ReadsPictures } from '../../platform/http/rate-limits.js';
import { Requires } from '../../platform/http/requires.decorator.js';
import { UuidPipe } from '../../platform/http/uuid.pipe.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { answerFile } from '../../platform/storage/file-answer.js';
import { FileStorage } from '../../platform/storage/file-storage.js';
import { receiveFile } from '../../platform/storage/receive-file.js';
import { SiteAdminService } from './site-admin.service.js';
import { SiteLogoService } from './site-logo.service.js';

@ApiTags('admin')
@Controller()
export class SiteController {
  constructor(
    private readonly site: SiteAdminService,
    private readonly logo: SiteLogoService,
    private readonly storage: FileStorage,
  ) {}

  /** What every visitor may know: what this site is called, its rules, and who may register */
  @Get('site')
  @Public()
  forVisitors(): Promise<Site> {
    return this.site.forVisitors();
  }

  /** The settings of this site */
  @Get('admin/site')
  @Requires('site.manage')
  settings(): Promise<SiteSettings> {
    return this.site.settings();
  }

  /** Change the settings of this site; they hold at once */
  @Patch('admin/site')
  @Requires('site.manage')
  change(
    @CurrentViewer() { userId }: RequestViewer,
    @Body() changes: UpdateSiteRequest,
  ): Promise<SiteSettings> {
    return this.site.change(userId, changes);
  }

  /** The logo of this site, as pages or as devices show it */
  @Get('site/logo/:id/:name')
  @Public()
  @ReadsPictures()
  @AnswersFileInParts('image/png')
  async logoFile(
    @Param('id', UuidPipe) id: string,
    @Param('name') name: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await answerFile(request, response, this.storage, await this.logo.file(id, name));
  }

  /** Replace the logo of this site: JPEG, PNG, GIF or WebP, up to 10 MB */
  @Put('admin/site/logo')
  @Requires('site.manage')
  @TakesFile()
  setLogo(
    @CurrentViewer() { userId }: RequestViewer,
    @Req() request: Request,
  ): Promise<SiteSettings> {
    return this.logo.replace(userId, (expected) => receiveFile(request, expected));
  }

  /** Remove the logo of this site */
  @Delete('admin/site/logo')
  @Requires('site.manage')
  removeLogo(@CurrentViewer() { userId }: RequestViewer): Promise<SiteSettings> {
    return this.logo.remove(userId);
  }
}
