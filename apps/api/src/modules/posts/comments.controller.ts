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
import { PageQuery } from '@echomate/contracts/paging.dto';
import {
  Comment,
  CommentPage,
  CommentThread,
  CreateCommentRequest,
  LikeState,
  UpdateCommentRequest,
} from '@echomate/contracts/posts.dto';
import { IdempotencyKey, Repeatable } from '../../platform/http/idempotency-key.js';
import { UuidPipe } from '../../platform/http/uuid.pipe.js';
import { CurrentViewer, type RequestViewer } from '../../platform/http/viewer.js';
import { CommentsService } from './comments.service.js';
import { LikesService } from './likes.service.js';

@ApiTags('comments')
@Controller()
export class CommentsController {
  constructor(
    private readonly comments: CommentsService,
    private readonly likes: LikesService,
  ) {}

  /** The comments on a post, newest first, without their replies */
  @Get('posts/:id/comments')
  onPost(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Query() query: PageQuery,
  ): Promise<CommentPage> {
    return this.comments.onPost(userId, id, query);
  }

  /** Comment on a post, or reply to a comment */
  @Post('posts/:id/comments')
  @Repeatable()
  create(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Body() request: CreateCommentRequest,
    @IdempotencyKey() key?: string,
  ): Promise<Comment> {
    return this.comments.create(userId, id, request, key);
  }

  /** A comment, with the one that it replies to */
  @Get('comments/:id')
  thread(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<CommentThread> {
    return this.comments.thread(userId, id);
  }

  /** The replies to a comment, oldest first */
  @Get('comments/:id/replies')
  replies(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Query() query: PageQuery,
  ): Promise<CommentPage> {
    return this.comments.replies(userId, id, query);
  }

  /** Change the text of your comment */
  @Patch('comments/:id')
  update(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Body() request: UpdateCommentRequest,
  ): Promise<Comment> {
    return this.comments.update(userId, id, request);
  }

  /** Delete your comment, or any on your post, with its replies */
  @Delete('comments/:id')
  @HttpCode(204)
  delete(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<void> {
    return this.comments.delete(userId, id);
  }

  /** Like a comment */
  @Put('comments/:id/like')
  like(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<LikeState> {
    return this.likes.like(userId, 'comment', id);
  }

  /** Take back your like of a comment */
  @Delete('comments/:id/like')
  unlike(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
  ): Promise<LikeState> {
    return this.likes.unlike(userId, 'comment', id);
  }

  /** Who likes a comment, newest first */
  @Get('comments/:id/likes')
  likers(
    @CurrentViewer() { userId }: RequestViewer,
    @Param('id', UuidPipe) id: string,
    @Query() query: PageQuery,
  ): Promise<PeoplePage> {
    return this.likes.likers(userId, 'comment', id, query);
  }
}
