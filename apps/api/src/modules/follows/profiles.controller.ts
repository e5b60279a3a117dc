import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ActivityPage,
  PeoplePage,
  PeopleQuery,
  Profile,
  Suggestions,
  ViewAsQuery,
} from '@echomate/contracts/follows.dto';
import { FieldsQuery, PageQuery } from '@echomate/contracts/paging.dto';
import { narrowed, narrowedPage } from '../../platform/http/fields.js';
import { UuidPipe } from '../../platform/http/uuid.pipe.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { ProfilesService } from './profiles.service.js';

@ApiTags('users')
@Controller('users')
export class ProfilesController {
  constructor(private readonly profiles: ProfilesService) {}

  /** Find people by the beginning of a name; without a question, the newest first */
  @Get()
  async people(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() query: PeopleQuery,
  ): Promise<PeoplePage> {
    const page = await this.profiles.everyone(userId, query);
    return narrowedPage(page, query.fields);
  }

  /** People followed by those one follows, with the reason */
  @Get('suggestions')
  suggestions(@CurrentViewer() { userId }: RequestViewer): Promise<Suggestions> {
    return this.profiles.suggestions(userId);
  }

  /** The own profile as a stranger or a given follower sees it */
  @Get('me/view-as')
  viewAs(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() { as }: ViewAsQuery,
  ): Promise<Profile> {
    return this.profiles.viewAs(userId, as);
  }

  /** A person's page: all of it, or the card of a private person */
  @Get(':id')
  async profile(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Query() { fields }: FieldsQuery,
  ): Promise<Profile> {
    return narrowed([await this.profiles.profile(userId, id)], fields)[0]!;
  }

  /** Who follows a person, newest first */
  @Get(':id/followers')
  async followers(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Query() query: PeopleQuery,
  ): Promise<PeoplePage> {
    return narrowedPage(await this.profiles.followers(userId, id, query), query.fields);
  }

  /** Whom a person follows, newest first */
  @Get(':id/following')
  async following(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Query() query: PeopleQuery,
  ): Promise<PeoplePage> {
    return narrowedPage(await this.profiles.following(userId, id, query), query.fields);
  }

  /** People one follows who follow this person */
  @Get(':id/mutuals')
  async mutuals(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Query() query: PeopleQuery,
  ): Promise<PeoplePage> {
    return narrowedPage(await this.profiles.mutuals(userId, id, query), query.fields);
  }

  /** What a person did, newest first */
  @Get(':id/activity')
  activity(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Query() query: PageQuery,
  ): Promise<ActivityPage> {
    return this.profiles.activity(userId, id, query);
  }
}
