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
import { Refuses } from '../../platform/http/api-docs.js';
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
  @Refuses('invalid-input', 'not-signed-in')
  async people(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() query: PeopleQuery,
  ): Promise<PeoplePage> {
    const page = await this.profiles.everyone(userId, query);
    return narrowedPage(page, query.fields);
  }

  /** People followed by those one follows, with the reason */
  @Get('suggestions')
  @Refuses('not-signed-in')
  suggestions(@CurrentViewer() { userId }: RequestViewer): Promise<Suggestions> {
    return this.profiles.suggestions(userId);
  }

  /** The own profile as a stranger or a given follower sees it */
  @Get('me/view-as')
  @Refuses('invalid-input', 'not-signed-in')
  viewAs(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() { as }: ViewAsQuery,
  ): Promise<Profile> {
    return this.profiles.viewAs(userId, as);
  }

  /** A person's page: all of it, or the card of a private person */
  @Get(':id')
  @Refuses('invalid-input', 'not-found', 'not-signed-in')
  async profile(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Query() { fields }: FieldsQuery,
  ): Promise<Profile> {
    return narrowed([await this.profiles.profile(userId, id)], fields)[0]!;
  }

  /** Who follows a person, newest first */
  @Get(':id/followers')
  @Refuses('invalid-input', 'not-found', 'not-signed-in')
  followers(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Query() query: PeopleQuery,
  ): Promise<PeoplePage> {
    return this.profiles.followers(userId, id, query);
  }

  /** Whom a person follows, newest first */
  @Get(':id/following')
  @Refuses('invalid-input', 'not-found', 'not-signed-in')
  following(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Query() query: PeopleQuery,
  ): Promise<PeoplePage> {
    return this.profiles.following(userId, id, query);
  }

  /** People one follows who follow this person */
  @Get(':id/mutuals')
  @Refuses('invalid-input', 'not-found', 'not-signed-in')
  mutuals(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Query() query: PeopleQuery,
  ): Promise<PeoplePage> {
    return this.profiles.mutuals(userId, id, query);
  }

  /** What a person did, newest first */
  @Get(':id/activity')
  @Refuses('invalid-input', 'not-found', 'not-signed-in')
  activity(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Query() query: PageQuery,
  ): Promise<ActivityPage> {
    return this.profiles.activity(userId, id, query);
  }
}
