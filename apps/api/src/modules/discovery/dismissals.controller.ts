import { Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DismissalPage } from '@echomate/contracts/discovery.dto';
import { PageQuery } from '@echomate/contracts/paging.dto';
import { PersonParam } from '../../platform/http/person.param.js';
import { UuidPipe } from '../../platform/http/uuid.pipe.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { DismissalsService } from './dismissals.service.js';

@ApiTags('discovery')
@Controller('discovery/dismissals')
export class DismissalsController {
  constructor(private readonly dismissals: DismissalsService) {}

  /** What you don't want to have suggested, newest first */
  @Get()
  list(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() page: PageQuery,
  ): Promise<DismissalPage> {
    return this.dismissals.list(userId, page);
  }

  /** Have a person suggested no more */
  @Put('people/:id')
  @HttpCode(204)
  dismissPerson(
    @CurrentViewer() { userId }: RequestViewer,
    @PersonParam('id') id: string,
  ): Promise<void> {
    return this.dismissals.dismiss(userId, 'person', id);
  }

  /** Let a person be suggested again */
  @Delete('people/:id')
  @HttpCode(204)
  takeBackPerson(
    @CurrentViewer() { userId }: RequestViewer,
    @PersonParam('id') id: string,
  ): Promise<void> {
    return this.dismissals.takeBack(userId, 'person', id);
  }

  /** Have a group suggested no more */
  @Put('groups/:id')
  @HttpCode(204)
  dismissGroup(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<void> {
    return this.dismissals.dismiss(userId, 'group', id);
  }

  /** Let a group be suggested again */
  @Delete('groups/:id')
  @HttpCode(204)
  takeBackGroup(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<void> {
    return this.dismissals.takeBack(userId, 'group', id);
  }

  /** Have a post shown on Discover no more */
  @Put('posts/:id')
  @HttpCode(204)
  dismissPost(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<void> {
    return this.dismissals.dismiss(userId, 'post', id);
  }

  /** Let a post be shown on Discover again */
  @Delete('posts/:id')
  @HttpCode(204)
  takeBackPost(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<void> {
    return this.dismissals.takeBack(userId, 'post', id);
  }

  /** Have a hashtag among the trends no more */
  @Put('hashtags/:tag')
  @HttpCode(204)
  dismissHashtag(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('tag') tag: string,
  ): Promise<void> {
    return this.dismissals.dismissHashtag(userId, tag);
  }

  /** Let a hashtag be among the trends again */
  @Delete('hashtags/:tag')
  @HttpCode(204)
  takeBackHashtag(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('tag') tag: string,
  ): Promise<void> {
    return this.dismissals.takeBack(userId, 'hashtag', tag);
  }
}
