import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Access } from '../../access/access.service.js';
import { Database } from '../../platform/database/database.service.js';
import { locks } from '../../platform/database/locks.js';
import { inPortionsOfIds } from '../../platform/database/portions.js';
import {
  itemsOf,
  PersonalDataRegistry,
  rowsOf,
  type PersonalData,
} from '../../platform/personal-data/personal-data.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { MediaService } from '../media/media.service.js';
import { CommentsRepository } from './comments.repository.js';
import { LikesRepository } from './likes.repository.js';
import { PostAudienceRepository } from './post-audience.repository.js';
import { PostMentionsRepository } from './post-mentions.repository.js';
import { PostPurgeService } from './post-purge.service.js';
import { CommentDeleted } from './posts.domain-events.js';
import { PostsService } from './posts.service.js';
import { RecountService } from './recount.service.js';

@Injectable()
export class PostsPersonalData implements PersonalData, OnModuleInit {
  readonly module = 'posts';
  readonly tables = {
    posts: (userId: string) => this.posts(userId),
    post_versions: (userId: string) => this.versions(userId),
    pinned_posts: 'say of posts where they stand in a group',
    post_hashtags: 'repeats the text of `posts`',
    post_mentions: 'repeats the text of posts, of which others’ are not theirs',
    chosen_followers: 'stands with each post',
    version_chosen_followers: 'only says to whom an earlier version stays visible',
    comments: (userId: string) =>
      rowsOf((after, limit) => this.commentsRepository.findSaidBy(userId, after, limit)),
    post_likes: (userId: string) =>
      rowsOf((after, limit) => this.likes.findBy('post', userId, after, limit)),
    comment_likes: (userId: string) =>
      rowsOf((after, limit) => this.likes.findBy('comment', userId, after, limit)),
  };

  constructor(
    private readonly access: Access,
    private readonly postsService: PostsService,
    private readonly purge: PostPurgeService,
    private readonly recount: RecountService,
    private readonly mentions: PostMentionsRepository,
    private readonly audiences: PostAudienceRepository,
    private readonly commentsRepository: CommentsRepository,
    private readonly likes: LikesRepository,
    private readonly media: MediaService,
    private readonly database: Database,
    private readonly domainEvents: DomainEvents,
    private readonly registry: PersonalDataRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  /** Recounts first: only uncounted rows may be deleted. Comments are deleted with their replies. */
  async remove(userId: string): Promise<void> {
    await this.recount.recount(userId);
    for (const kind of ['post', 'comment'] as const)
      await this.database.inBatches((transaction, limit) =>
        this.likes.deleteSomeBy(transaction, kind, userId, limit),
      );
    await inPortionsOfIds(
      (after, limit) => this.commentsRepository.findIdsBy(userId, after, limit),
      async (ids) => {
        for (const id of ids) {
          await this.removeComment(userId, id);
          await inPortionsOfIds(
            (after, limit) => this.commentsRepository.findReplyIds(id, after, limit),
            (replyIds) => this.removeRows(userId, replyIds),
          );
        }
        await this.removeRows(userId, ids);
      },
    );
    await this.removeNamings(userId);
    await this.purge.removeAllOf(userId);
  }

  private async removeComment(userId: string, id: string): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const comment = await this.commentsRepository.findOwn(transaction, userId, id);
      if (!comment) return;
      await locks.post(transaction, comment.postId);
      const gone = await this.commentsRepository.delete(transaction, comment);
      await this.media.removeFrom(transaction, 'comment', gone);
    });
  }

  /**
   * Deletes the likes first, in batches: a comment may have thousands, which would otherwise go in one statement. Each
   * deletion is announced, because listeners that run later find no replies any more.
   */
  private async removeRows(userId: string, commentIds: string[]): Promise<void> {
    await this.database.inBatches((transaction, limit) =>
      this.likes.deleteSomeOf(transaction, 'comment', commentIds, limit),
    );
    await this.database.transaction(async (transaction) => {
      for (const { id, postId } of await this.commentsRepository.deleteRows(
        transaction,
        commentIds,
      ))
        await this.domainEvents.announce(transaction, new CommentDeleted(id, postId, userId));
    });
  }

  /** Where others have mentioned or chosen the person. */
  private async removeNamings(userId: string): Promise<void> {
    await this.database.inBatches((transaction, limit) =>
      this.mentions.deleteSomeOf(transaction, userId, limit),
    );
    await inPortionsOfIds(
      (after, limit) => this.audiences.findFollowIdsOf(userId, after, limit),
      (followIds) =>
        this.database.inBatches((transaction, limit) =>
          this.audiences.deleteSomeChoices(transaction, followIds, limit),
        ),
    );
  }

  private async *posts(userId: string): AsyncGenerator<object> {
    for await (const post of itemsOf((page) => this.postsService.ofPerson(userId, userId, page)))
      yield {
        ...post,
        chosenUserIds:
          post.audience === 'chosen' ? await this.chosenFor(userId, post.id) : undefined,
      };
  }

  /** Those whom the author still sees. */
  private async chosenFor(userId: string, postId: string): Promise<string[]> {
    const ids = await this.audiences.findChosen(postId);
    const visible = await this.access.visible(userId, 'card', ids);
    return ids.filter((id) => visible.has(id));
  }

  private async *versions(userId: string): AsyncGenerator<object> {
    for await (const post of itemsOf((page) => this.postsService.ofPerson(userId, userId, page)))
      if (post.editedAt !== null)
        for await (const version of itemsOf((page) =>
          this.postsService.history(userId, post.id, page),
        ))
          yield { postId: post.id, ...version };
  }
}
