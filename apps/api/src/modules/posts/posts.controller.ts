import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Put,
  Query,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { PeoplePage } from '@echomate/contracts/follows.dto';
import { FieldsQuery, ListQuery, PageQuery } from '@echomate/contracts/paging.dto';
import {
  AudienceRequest,
  AudienceView,
  CreatePostRequest,
  LikeState,
  Post as PostDto,
  PostHistory,
  PostPage,
  PostsQuery,
  ShareRequest,
  SomePosts,
  UpdatePostRequest,
} from '@echomate/contracts/posts.dto';
import { Refuses } from '../../platform/http/api-docs.js';
import { narrowed, narrowedPage } from '../../platform/http/fields.js';
import { IdempotencyKey, Repeatable } from '../../platform/http/idempotency-key.js';
import { RateLimit } from '../../platform/http/rate-limits.js';
import { UuidPipe } from '../../platform/http/uuid.pipe.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { LikesService } from './likes.service.js';
import { PostAudienceService } from './post-audience.service.js';
import { PinnedPostsService } from './pinned-posts.service.js';
import { PostWritingService } from './post-writing.service.js';
import { PostsService } from './posts.service.js';

/** These routes test the rule for many people. */
const COUNTING_PEOPLE = { perMinutes: 1, perAddress: 600, perAccount: 60 };

@ApiTags('posts')
@Controller('posts')
export class PostsController {
  constructor(
    private readonly posts: PostsService,
    private readonly writing: PostWritingService,
    private readonly pinned: PinnedPostsService,
    private readonly audiences: PostAudienceService,
    private readonly likes: LikesService,
  ) {}

  /** Write a post */
  @Post()
  @Repeatable()
  @Refuses('not-found')
  create(
    @CurrentViewer() { userId }: RequestViewer,
    @Body() request: CreatePostRequest,
    @IdempotencyKey() key?: string,
  ): Promise<PostDto> {
    return this.writing.create(userId, request, key);
  }

  /** Who would see a post before it is written */
  @Post('audience-preview')
  @HttpCode(200)
  @RateLimit(COUNTING_PEOPLE)
  previewAudience(
    @CurrentViewer() { userId }: RequestViewer,
    @Body() request: AudienceRequest,
  ): Promise<AudienceView> {
    return this.audiences.preview(userId, request);
  }

  /** Some posts by their ids; those that you can't see are left out */
  @Get()
  async some(
    @CurrentViewer() { userId }: RequestViewer,
    @Query() { ids, fields }: PostsQuery,
  ): Promise<SomePosts> {
    return { items: narrowed(await this.posts.some(userId, ids.split(',')), fields) };
  }

  /** A post */
  @Get(':id')
  async post(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Query() { fields }: FieldsQuery,
  ): Promise<PostDto> {
    return narrowed([await this.posts.post(userId, id)], fields)[0]!;
  }

  /** Change title, text, media and audience, all at once; the previous version stays in the history */
  @Patch(':id')
  @Refuses('not-allowed')
  update(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Body() changes: UpdatePostRequest,
  ): Promise<PostDto> {
    return this.writing.update(userId, id, changes);
  }

  /** Delete your post, or one in a group you lead, with its media and comments; you can restore it for ten minutes */
  @Delete(':id')
  @HttpCode(204)
  @Refuses('not-allowed')
  delete(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<void> {
    return this.writing.delete(userId, id);
  }

  /** Restore a post that you just deleted */
  @Post(':id/restore')
  @HttpCode(200)
  restore(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<PostDto> {
    return this.writing.restore(userId, id);
  }

  /** Who can see your post, in numbers and names */
  @Get(':id/audience')
  @RateLimit(COUNTING_PEOPLE)
  audience(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Query() query: PageQuery,
  ): Promise<AudienceView> {
    return this.audiences.view(userId, id, query);
  }

  /** Change the audience of a post; it takes effect at once, everywhere */
  @Put(':id/audience')
  @Refuses('not-allowed')
  changeAudience(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Body() request: AudienceRequest,
  ): Promise<PostDto> {
    return this.writing.changeAudience(userId, id, request);
  }

  /** Earlier versions of a post, newest first */
  @Get(':id/history')
  history(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Query() query: PageQuery,
  ): Promise<PostHistory> {
    return this.posts.history(userId, id, query);
  }

  /** Pin a post to the top of a group you lead */
  @Put(':id/pin')
  @HttpCode(204)
  @Refuses('not-allowed', 'conflict')
  pin(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<void> {
    return this.pinned.pin(userId, id);
  }

  /** Take the pin away */
  @Delete(':id/pin')
  @HttpCode(204)
  @Refuses('not-allowed')
  unpin(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<void> {
    return this.pinned.unpin(userId, id);
  }

  /** Like a post */
  @Put(':id/like')
  like(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<LikeState> {
    return this.likes.like(userId, 'post', id);
  }

  /** Take back your like of a post */
  @Delete(':id/like')
  unlike(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<LikeState> {
    return this.likes.unlike(userId, 'post', id);
  }

  /** Who likes a post, newest first */
  @Get(':id/likes')
  likers(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Query() query: PageQuery,
  ): Promise<PeoplePage> {
    return this.likes.likers(userId, 'post', id, query);
  }

  /** Share a post, with or without text; nobody sees the original who couldn't before */
  @Post(':id/share')
  @Repeatable()
  @Refuses('not-allowed')
  share(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Body() request: ShareRequest,
    @IdempotencyKey() key?: string,
  ): Promise<PostDto> {
    return this.writing.share(userId, id, request, key);
  }

  /** Shares of a post that you can see, newest first */
  @Get(':id/shares')
  async shares(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Query() query: ListQuery,
  ): Promise<PostPage> {
    const page = await this.posts.sharesOf(userId, id, query);
    return narrowedPage(page, query.fields);
  }
}
