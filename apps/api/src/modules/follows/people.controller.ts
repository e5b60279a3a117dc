import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { PeoplePage, PeopleQuery } from '@echomate/contracts/follows.dto';
import { narrowedPage } from '../../platform/http/fields.js';
import { PersonParam } from '../../platform/http/person.param.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { FollowListsService } from './follow-lists.service.js';

@ApiTags('users')
@Controller('users')
export class PeopleController {
  constructor(private readonly lists: FollowListsService) {}

  /** Find people by the beginning of a name; without a query, newest first */
  @Get()
  async people(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() query: PeopleQuery,
  ): Promise<PeoplePage> {
    const page = await this.lists.everyone(userId, query);
    return narrowedPage(page, query.fields);
  }

  /** Who follows a person, newest first */
  @Get(':id/followers')
  async followers(
    @CurrentViewer() { userId }: RequestViewer,
    @PersonParam('id') id: string,
    @Query() query: PeopleQuery,
  ): Promise<PeoplePage> {
    return narrowedPage(await this.lists.followers(userId, id, query), query.fields);
  }

  /** People a person follows, newest first */
  @Get(':id/following')
  async following(
    @CurrentViewer() { userId }: RequestViewer,
    @PersonParam('id') id: string,
    @Query() query: PeopleQuery,
  ): Promise<PeoplePage> {
    return narrowedPage(await this.lists.following(userId, id, query), query.fields);
  }

  /** People you follow who follow this person */
  @Get(':id/mutuals')
  async mutuals(
    @CurrentViewer() { userId }: RequestViewer,
    @PersonParam('id') id: string,
    @Query() query: PeopleQuery,
  ): Promise<PeoplePage> {
    return narrowedPage(await this.lists.mutuals(userId, id, query), query.fields);
  }
}
