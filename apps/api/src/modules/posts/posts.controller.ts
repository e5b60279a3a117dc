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
  ShareRequest,
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
import { PostWritingService } from './post-writing.service.js';
import { PostsService } from './posts.service.js';

/** Asks the rule of everyone there is. */
const COUNTING_PEOPLE = { perMinutes: 1, perAddress: 600, perAccount: 60 };

@ApiTags('posts')
@Controller('posts')
export class PostsController {
  constructor(
    private readonly posts: PostsService,
    private readonly writing: PostWritingService,
    private readonly audiences: PostAudienceService,
    private readonly likes: LikesService,
  ) {}

  /** Write a post */
  @Post()
  @Repeatable()
  create(
    @CurrentViewer() { userId }: RequestViewer,
    @Body() request: CreatePostRequest,
    @IdempotencyKey() key?: string,
  ): Promise<PostDto> {
    return this.writing.create(userId, request, key);
  }

  /** Who would see a post that is not written yet */
  @Post('audience-preview')
  @HttpCode(200)
  @RateLimit(COUNTING_PEOPLE)
  previewAudience(
    @CurrentViewer() { userId }: RequestViewer,
    @Body() request: AudienceRequest,
  ): Promise<AudienceView> {
    return this.audiences.preview(userId, request);
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

  /** Change title, text, pictures or audience, all at once; what it said before stays in its history */
  @Patch(':id')
  update(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Body() changes: UpdatePostRequest,
  ): Promise<PostDto> {
    return this.writing.update(userId, id, changes);
  }

  /** Delete a post, its pictures and comments; for ten minutes its author can bring it back */
  @Delete(':id')
  @HttpCode(204)
  delete(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<void> {
    return this.writing.delete(userId, id);
  }

  /** Bring back a post that was just deleted */
  @Post(':id/restore')
  @HttpCode(200)
  restore(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<PostDto> {
    return this.writing.restore(userId, id);
  }

  /** Who can see this post, in numbers and names; for its author alone */
  @Get(':id/audience')
  @RateLimit(COUNTING_PEOPLE)
  audience(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Query() query: PageQuery,
  ): Promise<AudienceView> {
    return this.audiences.view(userId, id, query);
  }

  /** Show a post to others than before; it holds at once, everywhere */
  @Put(':id/audience')
  @Refuses('not-allowed')
  changeAudience(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Body() request: AudienceRequest,
  ): Promise<PostDto> {
    return this.writing.changeAudience(userId, id, request);
  }

  /** What a post said before it was edited, newest first */
  @Get(':id/history')
  history(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Query() query: PageQuery,
  ): Promise<PostHistory> {
    return this.posts.history(userId, id, query);
  }

  /** Like a post */
  @Put(':id/like')
  like(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<LikeState> {
    return this.likes.like(userId, 'post', id);
  }

  /** Like a post no longer */
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

  /** Pass a post on, with or without own words; nobody sees it who could not see it before */
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

  /** The shares of a post that the viewer may see, newest first */
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
