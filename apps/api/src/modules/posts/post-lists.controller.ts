import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListQuery, PageQuery } from '@echomate/contracts/paging.dto';
import { PostPage, ProfilePostsQuery } from '@echomate/contracts/posts.dto';
import { ActivityPage } from '@echomate/contracts/profiles.dto';
import { narrowedPage } from '../../platform/http/fields.js';
import { PersonParam } from '../../platform/http/person.param.js';
import { UuidPipe } from '../../platform/http/uuid.pipe.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { ActivityService } from './activity.service.js';
import { HashtagsService } from './hashtags.service.js';
import { PostsService } from './posts.service.js';

@ApiTags('posts')
@Controller()
export class PostListsController {
  constructor(
    private readonly posts: PostsService,
    private readonly hashtags: HashtagsService,
    private readonly activities: ActivityService,
  ) {}

  /** Posts that mention you, newest first */
  @Get('users/me/mentions')
  async mentions(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() query: ListQuery,
  ): Promise<PostPage> {
    return narrowedPage(await this.posts.mentioning(userId, query), query.fields);
  }

  /** A person's posts, newest first */
  @Get('users/:id/posts')
  async ofPerson(
    @CurrentViewer() { userId }: RequestViewer,
    @PersonParam('id') id: string,
    @Query() query: ProfilePostsQuery,
  ): Promise<PostPage> {
    return narrowedPage(await this.posts.ofPerson(userId, id, query, query.as), query.fields);
  }

  /** What a person followed, wrote, shared and liked, newest first */
  @Get('users/:id/activity')
  activity(
    @CurrentViewer() { userId }: RequestViewer,
    @PersonParam('id') id: string,
    @Query() query: PageQuery,
  ): Promise<ActivityPage> {
    return this.activities.page(userId, id, query);
  }

  /** Posts in a group you are in, newest first */
  @Get('groups/:id/posts')
  async inGroup(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Query() query: ListQuery,
  ): Promise<PostPage> {
    return narrowedPage(await this.posts.inGroup(userId, id, query), query.fields);
  }

  /** Posts pinned to the top of a group you are in */
  @Get('groups/:id/pinned')
  pinned(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<PostPage> {
    return this.posts.pinnedIn(userId, id);
  }

  /** Posts with a hashtag, newest first */
  @Get('hashtags/:tag/posts')
  async withTag(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('tag') tag: string,
    @Query() query: ListQuery,
  ): Promise<PostPage> {
    return narrowedPage(await this.hashtags.page(userId, tag, query), query.fields);
  }
}
