import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListQuery } from '@echomate/contracts/paging.dto';
import { PostPage, ProfilePostsQuery } from '@echomate/contracts/posts.dto';
import { narrowedPage } from '../../platform/http/fields.js';
import { UuidPipe } from '../../platform/http/uuid.pipe.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { HashtagsService } from './hashtags.service.js';
import { PostsService } from './posts.service.js';

@ApiTags('posts')
@Controller()
export class PostListsController {
  constructor(
    private readonly posts: PostsService,
    private readonly hashtags: HashtagsService,
  ) {}

  /** Posts that mention the viewer, newest first */
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
    @Param('id', UuidPipe) id: string,
    @Query() query: ProfilePostsQuery,
  ): Promise<PostPage> {
    return narrowedPage(await this.posts.ofPerson(userId, id, query, query.as), query.fields);
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
