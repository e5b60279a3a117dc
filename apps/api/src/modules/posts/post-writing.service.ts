import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LIMITS } from '@echomate/contracts/limits';
import type {
  Audience,
  AudienceRequest,
  CreatePostRequest,
  Post,
  ShareRequest,
  UpdatePostRequest,
} from '@echomate/contracts/posts.dto';
import { Access } from '../../access/access.service.js';
import { locks } from '../../platform/database/locks.js';
import { Database } from '../../platform/database/database.service.js';
import type { Transaction } from '../../platform/database/statements.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { invalidField, notFound, refuse } from '../../platform/http/problem.js';
import { Idempotency } from '../../platform/idempotency/idempotency.service.js';
import { Jobs, type JobRun } from '../../platform/jobs/jobs.service.js';
import { MediaService } from '../media/media.service.js';
import { CommentsRepository } from './comments.repository.js';
import type { Post as PostEntity } from './entities/post.entity.js';
import { LikesRepository } from './likes.repository.js';
import { PostAudienceService } from './post-audience.service.js';
import { PostHashtagsRepository } from './post-hashtags.repository.js';
import { mentionedIn, readText } from './post-text.js';
import {
  PostAudienceChanged,
  PostDeleted,
  PostEdited,
  PostPublished,
  PostRestored,
  PostWiped,
} from './posts.domain-events.js';
import { mayBeRestored, mayBeShared } from './posts.policy.js';
import { PostsRepository } from './posts.repository.js';
import { PostsService } from './posts.service.js';

const PURGE = 'posts.purge';
const PURGED_AT_ONCE = 200;

/** Posts for those who write them. */
@Injectable()
export class PostWritingService implements OnModuleInit {
  constructor(
    private readonly repository: PostsRepository,
    private readonly hashtags: PostHashtagsRepository,
    private readonly comments: CommentsRepository,
    private readonly likes: LikesRepository,
    private readonly posts: PostsService,
    private readonly audience: PostAudienceService,
    private readonly media: MediaService,
    private readonly access: Access,
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly jobs: Jobs,
    private readonly domainEvents: DomainEvents,
  ) {}

  onModuleInit(): void {
    this.jobs.handle<{ authorId: string; postId: string }>(PURGE, ({ authorId, postId }, run) =>
      this.purge(authorId, postId, run),
    );
  }

  async create(authorId: string, request: CreatePostRequest, key?: string): Promise<Post> {
    const { title = null, content, mediaIds = [] } = request;
    if (!content && !mediaIds.length)
      throw invalidField('content', 'Write something, or add a picture.');
    const id = await this.publish(
      authorId,
      { ...request, title, content: content ?? '' },
      key,
      request,
      async () => null,
      (transaction, postId) =>
        this.media.attach(
          transaction,
          authorId,
          mediaIds,
          { kind: 'post', id: postId },
          'mediaIds',
        ),
    );
    return this.posts.post(authorId, id);
  }

  /** Passes a post on; of a share, what it passes on. The rule sees to it that nobody more sees that. */
  async share(authorId: string, id: string, request: ShareRequest, key?: string): Promise<Post> {
    const post = { ...request, title: null, content: request.content ?? '' };
    const shareId = await this.publish(
      authorId,
      post,
      key,
      { ...request, postId: id },
      (transaction) => this.originalOf(transaction, authorId, id),
    );
    return this.posts.post(authorId, shareId);
  }

  /** Words, pictures and audience change together or not at all: nothing new is shown to whom it is not for. */
  async update(authorId: string, id: string, changes: UpdatePostRequest): Promise<Post> {
    await this.database.transaction(async (transaction) => {
      await locks.users(transaction, authorId);
      const before = await this.own(transaction, authorId, id);
      if (before.sharedId !== null && (changes.title || changes.mediaIds?.length))
        throw invalidField(
          changes.title ? 'title' : 'mediaIds',
          'A share has words of its own and nothing else.',
        );
      const { title = before.title, content = before.content } = changes;
      const after = { title, content: content ?? '' };
      const isReworded = after.title !== before.title || after.content !== before.content;
      const hasOtherMedia = await this.replaceMedia(transaction, authorId, id, changes.mediaIds);
      if (
        !after.content &&
        before.sharedId === null &&
        !(await this.media.isAnyAttached(transaction, 'post', id))
      )
        throw invalidField('content', 'Write something, or add a picture.');
      const newlyMentionedIds: string[] = [];
      if (isReworded) {
        await this.repository.keepVersion(transaction, before);
        const { tags, mentionedIds } = await this.readFor(transaction, authorId, after.content);
        await this.hashtags.replace(transaction, id, tags);
        await this.repository.replaceMentions(transaction, id, mentionedIds);
        const mentionedBefore = new Set(mentionedIn(before.content));
        newlyMentionedIds.push(...mentionedIds.filter((one) => !mentionedBefore.has(one)));
      }
      if (isReworded || hasOtherMedia)
        await this.repository.update(transaction, id, {
          ...after,
          editedAt: new Date().toISOString(),
        });
      await this.readdress(transaction, before, changes);
      if (isReworded || hasOtherMedia)
        await this.domainEvents.announce(
          transaction,
          new PostEdited(id, authorId, newlyMentionedIds),
        );
    });
    return this.posts.post(authorId, id);
  }

  changeAudience(
    authorId: string,
    id: string,
    { audience, chosenUserIds = [] }: AudienceRequest,
  ): Promise<Post> {
    return this.update(authorId, id, { audience, chosenUserIds });
  }

  /** Gone for everyone at once, pictures too; for some minutes its author can bring it back. */
  async delete(authorId: string, id: string): Promise<void> {
    await this.database.transaction(async (transaction) => {
      await locks.users(transaction, authorId);
      await this.own(transaction, authorId, id);
      await this.repository.update(transaction, id, { deletedAt: new Date().toISOString() });
      await this.hashtags.settle(transaction, id);
      await this.jobs.enqueue(
        transaction,
        PURGE,
        { authorId, postId: id },
        { afterMinutes: LIMITS.post.undoMinutes + 1 },
      );
      await this.domainEvents.announce(transaction, new PostDeleted(id, authorId));
    });
  }

  async restore(authorId: string, id: string): Promise<Post> {
    await this.database.transaction(async (transaction) => {
      await locks.users(transaction, authorId);
      await locks.post(transaction, id);
      const post = await this.repository.findOwn(transaction, authorId, id);
      if (!post?.deletedAt || !mayBeRestored(post.deletedAt, new Date())) throw notFound();
      await this.repository.update(transaction, id, { deletedAt: null });
      await this.hashtags.settle(transaction, id);
      await this.domainEvents.announce(transaction, new PostRestored(id, authorId));
    });
    return this.posts.post(authorId, id);
  }

  /** What it rests on is read in the transaction: it may have changed while the request waited for its turn. */
  private publish(
    authorId: string,
    post: AudienceRequest & Pick<PostEntity, 'title' | 'content'>,
    key: string | undefined,
    request: unknown,
    originalOf: (transaction: Transaction) => Promise<string | null>,
    alsoDo?: (transaction: Transaction, postId: string) => Promise<unknown>,
  ): Promise<string> {
    const hasTags = readText(post.content).tags.length > 0;
    return this.database.transaction((transaction) =>
      this.idempotency.once(transaction, { userId: authorId, key, request }, async (id) => {
        if (post.audience === 'chosen' || hasTags) await locks.users(transaction, authorId);
        const sharedId = await originalOf(transaction);
        const { tags, mentionedIds } = await this.readFor(transaction, authorId, post.content);
        await this.repository.insert(transaction, { ...post, id, authorId, sharedId });
        await this.hashtags.insert(transaction, id, tags);
        await this.repository.insertMentions(transaction, id, mentionedIds);
        await this.audience.set(transaction, authorId, id, post);
        await alsoDo?.(transaction, id);
        await this.domainEvents.announce(
          transaction,
          new PostPublished(id, authorId, sharedId, mentionedIds),
        );
      }),
    );
  }

  /** Under its lock, so that it is not narrowed or deleted before the share is there. */
  private async originalOf(
    transaction: Transaction,
    viewerId: string,
    id: string,
  ): Promise<string> {
    const given = await this.repository.findVisible(viewerId, id, transaction);
    const originalId = given?.sharedId ?? id;
    await locks.post(transaction, originalId);
    const original = await this.repository.findVisible(viewerId, originalId, transaction);
    if (!given || !original) throw notFound();
    if (!mayBeShared(original.audience))
      throw refuse('not-allowed', 'This post is only for those who have its link.');
    return originalId;
  }

  /** People whom the author may not even know are not mentioned. */
  private async readFor(transaction: Transaction, authorId: string, content: string) {
    const { tags, mentionedIds } = readText(content);
    const visible = await this.access.visible(authorId, 'card', mentionedIds, transaction);
    return { tags, mentionedIds: mentionedIds.filter((id) => visible.has(id)) };
  }

  private async own(transaction: Transaction, authorId: string, id: string): Promise<PostEntity> {
    await locks.post(transaction, id);
    const post = await this.repository.findOwn(transaction, authorId, id);
    if (!post || post.deletedAt) throw notFound();
    return post;
  }

  /** Tells whether the post now has others, or in another order. */
  private async replaceMedia(
    transaction: Transaction,
    authorId: string,
    postId: string,
    mediaIds: string[] | undefined,
  ): Promise<boolean> {
    if (!mediaIds) return false;
    const attached = await this.media.of('post', [postId], authorId, transaction);
    const before = attached.get(postId)?.map(({ id }) => id) ?? [];
    if (before.join() === mediaIds.join()) return false;
    const subject = { kind: 'post', id: postId } as const;
    await this.media.replace(transaction, authorId, mediaIds, subject, 'mediaIds');
    return true;
  }

  private async readdress(
    transaction: Transaction,
    before: PostEntity,
    {
      audience = before.audience,
      chosenUserIds,
    }: Omit<Partial<AudienceRequest>, 'audience'> & {
      audience?: Audience;
    },
  ): Promise<void> {
    if (audience === before.audience && chosenUserIds === undefined) return;
    if (before.audience === 'group' || audience === 'group')
      throw refuse('not-allowed', 'A post in a group stays with its members.');
    await this.repository.update(transaction, before.id, { audience });
    await this.hashtags.settle(transaction, before.id);
    if (audience !== 'unlisted')
      await this.repository.closeUnlistedVersions(transaction, before.id);
    await this.audience.set(transaction, before.authorId, before.id, { audience, chosenUserIds });
    await this.domainEvents.announce(
      transaction,
      new PostAudienceChanged(before.id, before.authorId, audience),
    );
  }

  /** In portions, as thousands may have answered; the post itself comes last, together with the job's end. */
  private async purge(authorId: string, postId: string, run: JobRun): Promise<void> {
    for (let isLeft = true; isLeft;)
      isLeft = await this.database.transaction(
        async (transaction) =>
          (await this.isToPurge(transaction, authorId, postId)) &&
          (await this.purgeSome(transaction, postId)),
      );
    await run.commit(async (transaction) => {
      if (!(await this.isToPurge(transaction, authorId, postId))) return;
      await this.media.removeFrom(transaction, 'post', [postId]);
      await this.repository.wipe(transaction, postId);
      await this.domainEvents.announce(transaction, new PostWiped(postId, authorId));
    });
  }

  /** Tells whether there was something. */
  private async purgeSome(transaction: Transaction, postId: string): Promise<boolean> {
    const commentIds = await this.comments.findNewestIdsOn(transaction, postId, PURGED_AT_ONCE);
    const likes = await this.likes.deleteSomeOf(
      transaction,
      [postId, ...commentIds],
      PURGED_AT_ONCE,
    );
    if (likes === PURGED_AT_ONCE) return true;
    await this.media.removeFrom(transaction, 'comment', commentIds);
    await this.comments.deleteRows(transaction, commentIds);
    return commentIds.length > 0;
  }

  private async isToPurge(
    transaction: Transaction,
    authorId: string,
    postId: string,
  ): Promise<boolean> {
    await locks.post(transaction, postId);
    const post = await this.repository.findOwn(transaction, authorId, postId);
    return Boolean(post?.deletedAt) && !mayBeRestored(post!.deletedAt!, new Date());
  }
}
