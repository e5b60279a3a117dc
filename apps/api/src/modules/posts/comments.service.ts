import { Injectable } from '@nestjs/common';
import type { PageQuery } from '@echomate/contracts/paging.dto';
import type {
  Comment,
  CommentPage,
  CommentThread,
  CreateCommentRequest,
  UpdateCommentRequest,
} from '@echomate/contracts/posts.dto';
import { mentionedIn } from '@echomate/contracts/text';
import { Access } from '../../access/access.service.js';
import { VisibleCounts } from '../../access/visible-counts.service.js';
import { locks } from '../../platform/database/locks.js';
import { Database } from '../../platform/database/database.service.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import type { Transaction } from '../../platform/database/statements.js';
import { afterId, pageOf } from '../../platform/http/paging.js';
import { invalidField, notFound } from '../../platform/http/problem.js';
import { Idempotency } from '../../platform/idempotency/idempotency.service.js';
import { MediaService } from '../media/media.service.js';
import { UsersService } from '../users/users.service.js';
import { CommentsRepository, type CommentRow } from './comments.repository.js';
import { MentionsService } from './mentions.service.js';
import { readText } from './post-text.js';
import { CommentAdded, CommentDeleted, CommentEdited } from './posts.domain-events.js';
import { toComment } from './posts.mapper.js';
import { mayDeleteComment, mayEditComment } from './posts.policy.js';
import { PostsRepository } from './posts.repository.js';

@Injectable()
export class CommentsService {
  constructor(
    private readonly repository: CommentsRepository,
    private readonly posts: PostsRepository,
    private readonly users: UsersService,
    private readonly media: MediaService,
    private readonly mentions: MentionsService,
    private readonly access: Access,
    private readonly counts: VisibleCounts,
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly domainEvents: DomainEvents,
  ) {}

  async onPost(
    viewerId: string,
    postId: string,
    { cursor, limit }: PageQuery,
  ): Promise<CommentPage> {
    const before = afterId(cursor);
    const rows = await this.repository.findOnPost(viewerId, postId, before, limit + 1);
    // The query applies the rule; a post without comments is told apart from a missing post here.
    if (!rows.length && !(await this.access.canSee(viewerId, 'post', postId))) throw notFound();
    return this.page(viewerId, rows, limit);
  }

  async replies(
    viewerId: string,
    commentId: string,
    { cursor, limit }: PageQuery,
  ): Promise<CommentPage> {
    await this.visible(viewerId, commentId);
    const after = afterId(cursor);
    return this.page(
      viewerId,
      await this.repository.findReplies(viewerId, commentId, after, limit + 1),
      limit,
    );
  }

  async thread(viewerId: string, id: string): Promise<CommentThread> {
    const asked = await this.visible(viewerId, id);
    const rows = asked.parentId ? [await this.visible(viewerId, asked.parentId), asked] : [asked];
    const { items } = await this.page(viewerId, rows, rows.length);
    const [comment, reply = null] = items;
    if (!comment || items.length < rows.length) throw notFound();
    return { comment, reply };
  }

  async create(
    authorId: string,
    postId: string,
    request: CreateCommentRequest,
    key?: string,
  ): Promise<Comment> {
    const { mediaId } = request;
    const content = request.content ?? '';
    if (!content && !mediaId) throw invalidField('content', 'nothing-to-post');
    const id = await this.database.transaction((transaction) =>
      this.idempotency.once(
        transaction,
        { userId: authorId, key, request: { ...request, postId } },
        async (commentId) => {
          // Whether it counts rests on the account, which must not change until this is saved.
          await locks.users(transaction, authorId);
          await locks.post(transaction, postId);
          if (!(await this.posts.findVisible(authorId, postId, transaction))) throw notFound();
          const kept = await this.mentions.kept(transaction, authorId, content);
          const { mentionedIds } = readText(kept);
          const mentioned = await this.access.visible(authorId, 'card', mentionedIds, transaction);
          const parentId = await this.parentOf(transaction, authorId, postId, request.parentId);
          await this.repository.insert(transaction, {
            id: commentId,
            postId,
            authorId,
            parentId,
            content: kept,
          });
          if (mediaId)
            await this.media.attach(
              transaction,
              authorId,
              [mediaId],
              { kind: 'comment', id: commentId },
              'mediaId',
            );
          await this.domainEvents.announce(
            transaction,
            new CommentAdded(commentId, postId, parentId, authorId, [...mentioned]),
          );
        },
      ),
    );
    return this.comment(authorId, id);
  }

  async update(viewerId: string, id: string, changes: UpdateCommentRequest): Promise<Comment> {
    await this.database.transaction(async (transaction) => {
      const comment = await this.locked(viewerId, id, transaction);
      if (changes.content === undefined) return;
      if (!mayEditComment(viewerId, comment)) throw notFound();
      const content = await this.mentions.kept(transaction, viewerId, changes.content ?? '');
      if (!content && !(await this.media.isAnyAttached(transaction, 'comment', id)))
        throw invalidField('content', 'empty-comment');
      if (content === comment.content) return;
      await this.repository.update(transaction, id, content);
      const { mentionedIds } = readText(content);
      const mentionedBefore = new Set(mentionedIn(comment.content));
      const added = mentionedIds.filter((one) => !mentionedBefore.has(one));
      const visible = await this.access.visible(viewerId, 'card', added, transaction);
      await this.domainEvents.announce(
        transaction,
        new CommentEdited(id, comment.postId, comment.authorId, [...visible]),
      );
    });
    return this.comment(viewerId, id);
  }

  async delete(viewerId: string, id: string): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const comment =
        (await this.repository.findOwn(transaction, viewerId, id)) ??
        (await this.visible(viewerId, id, transaction));
      await locks.post(transaction, comment.postId);
      // Checked again under the lock: somebody may have deleted it meanwhile.
      if (!(await this.repository.findOwn(transaction, viewerId, id))) {
        const others = await this.visible(viewerId, id, transaction);
        if (!mayDeleteComment(viewerId, others)) throw notFound();
      }
      const gone = await this.repository.delete(transaction, comment);
      await this.media.removeFrom(transaction, 'comment', gone);
      await this.domainEvents.announce(
        transaction,
        new CommentDeleted(id, comment.postId, viewerId),
      );
    });
  }

  /** By a moderator; with its replies, and for good. False if it is gone already. */
  async remove(transaction: Transaction, id: string, moderatorId: string): Promise<boolean> {
    const seen = await this.repository.findRow(transaction, id);
    if (!seen) return false;
    await locks.post(transaction, seen.postId);
    const comment = await this.repository.findRow(transaction, id);
    if (!comment || comment.deletedAt) return false;
    const gone = await this.repository.delete(transaction, comment);
    await this.media.removeFrom(transaction, 'comment', gone);
    await this.domainEvents.announce(
      transaction,
      new CommentDeleted(id, comment.postId, moderatorId),
    );
    return true;
  }

  private async locked(
    viewerId: string,
    id: string,
    transaction: Transaction,
  ): Promise<CommentRow> {
    const { postId } = await this.visible(viewerId, id, transaction);
    await locks.post(transaction, postId);
    return this.visible(viewerId, id, transaction);
  }

  /** A reply to a reply belongs to the same top-level comment. */
  private async parentOf(
    transaction: Transaction,
    authorId: string,
    postId: string,
    answeredId: string | undefined,
  ): Promise<string | null> {
    if (answeredId === undefined) return null;
    const answered = await this.repository.findVisible(authorId, answeredId, transaction);
    if (answered?.postId !== postId) throw invalidField('parentId', 'comment-gone');
    return answered.parentId ?? answered.id;
  }

  private async visible(
    viewerId: string,
    id: string,
    transaction?: Transaction,
  ): Promise<CommentRow> {
    const row = await this.repository.findVisible(viewerId, id, transaction);
    if (!row) throw notFound();
    return row;
  }

  private async comment(viewerId: string, id: string): Promise<Comment> {
    const { items } = await this.page(viewerId, [await this.visible(viewerId, id)], 1);
    if (!items[0]) throw notFound();
    return items[0];
  }

  private async page(viewerId: string, rows: CommentRow[], limit: number): Promise<CommentPage> {
    const shown = rows.slice(0, limit);
    const [cards, media] = await Promise.all([
      this.users.cards(viewerId, [
        ...new Set(shown.flatMap(({ authorId, content }) => [authorId, ...mentionedIn(content)])),
      ]),
      this.media.of(
        'comment',
        shown.map(({ id }) => id),
        viewerId,
      ),
    ]);
    const counted = await this.counts.ofComments(viewerId, rows);
    return pageOf(counted, limit, (row) => toComment(row, { cards, media }, viewerId));
  }
}
