import { Injectable } from '@nestjs/common';
import type {
  Audience,
  AudienceRequest,
  CreatePostRequest,
  Post,
  ShareRequest,
  UpdatePostRequest,
} from '@echomate/contracts/posts.dto';
import { mentionedIn } from '@echomate/contracts/text';
import { Access } from '../../access/access.service.js';
import { locks } from '../../platform/database/locks.js';
import { Database } from '../../platform/database/database.service.js';
import type { Transaction } from '../../platform/database/statements.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { invalidField, notFound, refuse } from '../../platform/http/problem.js';
import { Idempotency } from '../../platform/idempotency/idempotency.service.js';
import { GroupsService } from '../groups/groups.service.js';
import { MediaService } from '../media/media.service.js';
import type { Post as PostEntity } from './entities/post.entity.js';
import { MentionsService } from './mentions.service.js';
import { PostAudienceService } from './post-audience.service.js';
import { PostHashtagsRepository } from './post-hashtags.repository.js';
import { PostMentionsRepository } from './post-mentions.repository.js';
import { PostPurgeService } from './post-purge.service.js';
import { readText } from './post-text.js';
import {
  PostAudienceChanged,
  PostDeleted,
  PostEdited,
  PostPublished,
  PostRestored,
} from './posts.domain-events.js';
import { mayBeRestored, mayBeShared, whyNotShared } from './posts.policy.js';
import { PostsRepository } from './posts.repository.js';
import { PostsService } from './posts.service.js';

type Changes = Omit<UpdatePostRequest, 'audience'> & { audience?: Audience };

/** Creating, changing and deleting posts. */
@Injectable()
export class PostWritingService {
  constructor(
    private readonly repository: PostsRepository,
    private readonly hashtags: PostHashtagsRepository,
    private readonly postMentions: PostMentionsRepository,
    private readonly purge: PostPurgeService,
    private readonly posts: PostsService,
    private readonly audience: PostAudienceService,
    private readonly groups: GroupsService,
    private readonly media: MediaService,
    private readonly mentions: MentionsService,
    private readonly access: Access,
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly domainEvents: DomainEvents,
  ) {}

  async create(authorId: string, request: CreatePostRequest, key?: string): Promise<Post> {
    const { title = null, content, mediaIds = [] } = request;
    if (!content && !mediaIds.length) throw invalidField('content', 'nothing-to-post');
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

  /** Shares a post, or the original of a share. The rule keeps the original hidden from those who could not see it. */
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

  /** Text, media and audience change in one transaction, so that nothing new is shown to the old audience. */
  async update(authorId: string, id: string, changes: Changes): Promise<Post> {
    await this.database.transaction(async (transaction) => {
      await locks.users(transaction, authorId);
      const before = await this.own(transaction, authorId, id);
      if (before.sharedId !== null && (changes.title || changes.mediaIds?.length))
        throw invalidField(changes.title ? 'title' : 'mediaIds', 'only-words');
      const { title = before.title } = changes;
      const content =
        changes.content === undefined
          ? before.content
          : await this.mentions.kept(transaction, authorId, changes.content ?? '');
      const after = { title, content };
      const isReworded = after.title !== before.title || after.content !== before.content;
      const hasOtherMedia = await this.replaceMedia(transaction, authorId, id, changes.mediaIds);
      if (
        !after.content &&
        before.sharedId === null &&
        !(await this.media.isAnyAttached(transaction, 'post', id))
      )
        throw invalidField('content', 'nothing-to-post');
      const newlyMentionedIds = isReworded
        ? await this.keepEarlierWords(transaction, authorId, before, after.content)
        : [];
      if (isReworded || hasOtherMedia)
        await this.repository.update(transaction, id, {
          ...after,
          editedAt: new Date().toISOString(),
        });
      await this.readdress(transaction, authorId, before, changes);
      if (isReworded || hasOtherMedia)
        await this.domainEvents.announce(
          transaction,
          new PostEdited(id, authorId, newlyMentionedIds),
        );
    });
    return this.posts.post(authorId, id);
  }

  /** Keeps the version that is replaced, and returns whom the new words mention in addition. */
  private async keepEarlierWords(
    transaction: Transaction,
    authorId: string,
    before: PostEntity,
    content: string,
  ): Promise<string[]> {
    const { id } = before;
    await this.repository.keepVersion(transaction, before);
    const { tags, mentionedIds } = await this.readFor(transaction, authorId, content);
    await this.hashtags.replace(transaction, id, tags);
    await this.postMentions.replace(transaction, id, mentionedIds);
    const mentionedBefore = new Set(mentionedIn(before.content));
    return mentionedIds.filter((one) => !mentionedBefore.has(one));
  }

  changeAudience(
    authorId: string,
    id: string,
    { audience, chosenUserIds = [] }: AudienceRequest,
  ): Promise<Post> {
    return this.update(authorId, id, { audience, chosenUserIds });
  }

  /**
   * By its author, or in a group by whoever leads it. Hides the post and its media from everyone at once; the same
   * person can restore it for some minutes.
   */
  async delete(viewerId: string, id: string): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const { authorId } = await this.toDelete(transaction, viewerId, id);
      const deletedAt = new Date().toISOString();
      await this.repository.update(transaction, id, { deletedAt, deletedById: viewerId });
      await this.hashtags.settle(transaction, id);
      await this.purge.later(transaction, id);
      await this.domainEvents.announce(transaction, new PostDeleted(id, authorId));
    });
  }

  async restore(viewerId: string, id: string): Promise<Post> {
    await this.database.transaction(async (transaction) => {
      const seen = await this.ownOrLed(transaction, viewerId, id);
      await locks.users(transaction, seen?.authorId ?? viewerId);
      if (seen?.groupId && seen.authorId === viewerId)
        await this.groups.assertMember(transaction, seen.groupId, viewerId);
      await locks.post(transaction, id);
      const post = await this.ownOrLed(transaction, viewerId, id);
      if (!post?.deletedAt || !mayBeRestored(post.deletedAt, new Date())) throw notFound();
      if (post.removedUntil) throw notFound();
      if ((post.deletedById ?? post.authorId) !== viewerId) throw notFound();
      await this.repository.update(transaction, id, { deletedAt: null, deletedById: null });
      await this.hashtags.settle(transaction, id);
      await this.domainEvents.announce(transaction, new PostRestored(id, post.authorId));
    });
    return this.posts.post(viewerId, id);
  }

  /** Reads its preconditions in the transaction: they may have changed while the request waited. */
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
        const groupId = await this.groupOf(transaction, authorId, post);
        const sharedId = await originalOf(transaction);
        const content = await this.mentions.kept(transaction, authorId, post.content);
        const { tags, mentionedIds } = await this.readFor(transaction, authorId, content);
        await this.repository.insert(transaction, {
          ...post,
          content,
          id,
          authorId,
          groupId,
          sharedId,
        });
        await this.hashtags.insert(transaction, id, tags);
        await this.postMentions.insert(transaction, id, mentionedIds);
        // Nobody has been chosen for a new post before.
        if (post.audience === 'chosen' || post.chosenUserIds?.length)
          await this.audience.set(transaction, authorId, id, post);
        await alsoDo?.(transaction, id);
        await this.domainEvents.announce(
          transaction,
          new PostPublished(id, authorId, sharedId, mentionedIds, groupId),
        );
      }),
    );
  }

  /** Refuses groups that the author is not in, and keeps them in until the post is saved. */
  private async groupOf(
    transaction: Transaction,
    authorId: string,
    { audience, groupId }: AudienceRequest,
  ): Promise<string | null> {
    if (audience !== 'group') {
      if (groupId) throw invalidField('groupId', 'group-for-others');
      return null;
    }
    if (!groupId) throw invalidField('groupId', 'required');
    if (!(await this.groups.holdsMember(transaction, groupId, authorId)))
      throw invalidField('groupId', 'group-not-available');
    return groupId;
  }

  /** Locks the original, so that it is not narrowed or deleted before the share exists. */
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
    if (!mayBeShared(original.audience)) throw refuse(whyNotShared(original.audience));
    return originalId;
  }

  /** Ignores mentions of people whom the author may not see. */
  private async readFor(transaction: Transaction, authorId: string, content: string) {
    const { tags, mentionedIds } = readText(content);
    const visible = await this.access.visible(authorId, 'card', mentionedIds, transaction);
    return { tags, mentionedIds: mentionedIds.filter((id) => visible.has(id)) };
  }

  /** An author who is out of a group no longer has their posts there. */
  private async own(transaction: Transaction, authorId: string, id: string): Promise<PostEntity> {
    const seen = await this.repository.findOwn(transaction, authorId, id);
    if (seen?.groupId) await this.groups.assertMember(transaction, seen.groupId, authorId);
    await locks.post(transaction, id);
    const post = seen && (await this.repository.findOwn(transaction, authorId, id));
    if (!post || post.deletedAt) throw notFound();
    return post;
  }

  private async ownOrLed(
    transaction: Transaction,
    viewerId: string,
    id: string,
  ): Promise<PostEntity | null> {
    return (
      (await this.repository.findOwn(transaction, viewerId, id)) ??
      (await this.repository.findLed(transaction, viewerId, id))
    );
  }

  private async toDelete(
    transaction: Transaction,
    viewerId: string,
    id: string,
  ): Promise<PostEntity> {
    const led = await this.repository.findLed(transaction, viewerId, id);
    if (led?.authorId === null && !led.deletedAt) throw refuse('event-post');
    await locks.users(transaction, led?.authorId ?? viewerId);
    if (!led || led.authorId === viewerId) return this.own(transaction, viewerId, id);
    await locks.post(transaction, id);
    const post = await this.repository.findLed(transaction, viewerId, id);
    if (!post || post.deletedAt) throw notFound();
    return post;
  }

  /** Returns whether the post has other media now, or another order. */
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
    authorId: string,
    before: PostEntity,
    { audience = before.audience, chosenUserIds }: Changes,
  ): Promise<void> {
    if (audience === before.audience && chosenUserIds === undefined) return;
    if (audience === before.audience && audience === 'group' && !chosenUserIds?.length) return;
    if (before.audience === 'group' || audience === 'group') throw refuse('group-post');
    await this.repository.update(transaction, before.id, { audience });
    await this.hashtags.settle(transaction, before.id);
    if (audience !== 'unlisted')
      await this.repository.closeUnlistedVersions(transaction, before.id);
    await this.audience.set(transaction, authorId, before.id, { audience, chosenUserIds });
    await this.domainEvents.announce(
      transaction,
      new PostAudienceChanged(before.id, authorId, audience),
    );
  }
}
