import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HASHTAG, tagOf } from '@echomate/contracts/text';
import { Database } from '../../platform/database/database.service.js';
import { locks } from '../../platform/database/locks.js';
import { inPortionsOfIds, untilLittleIsLeft } from '../../platform/database/portions.js';
import type { Transaction } from '../../platform/database/statements.js';
import { TextIndex } from '../../platform/database/text-index.js';
import { DomainEvents } from '../../platform/domain-events/domain-events.js';
import { Jobs, type JobRun } from '../../platform/jobs/jobs.service.js';
import { chunksOf } from '../../platform/chunks.js';
import { EventChanged, EventCreated, EventDeleted } from '../events/events.domain-events.js';
import {
  CommentAdded,
  CommentDeleted,
  CommentEdited,
  PostAudienceChanged,
  PostDeleted,
  PostEdited,
  PostImported,
  PostPublished,
  PostRestored,
  PostWiped,
} from '../posts/posts.domain-events.js';
import { PostsService } from '../posts/posts.service.js';
import { AccountStateChanged, VisibilityChanged } from '../users/users.domain-events.js';
import { numberOf } from './document-number.js';
import type { DocumentKind } from './entities/search-document.entity.js';
import { SearchDocumentsRepository, type TextRow } from './search-documents.repository.js';
import { readerToken, partitionOf, tokensOf, wordsOf, type Scope } from './search-tokens.js';

export const REBUILD_SEARCH = 'search.rebuild';
const KINDS: DocumentKind[] = ['post', 'comment', 'event'];
/** Texts written in one transaction: some milliseconds. */
const PORTION = 20;
/** All pending texts of a kind are indexed together. */
const TOGETHER = () => 'all';

/**
 * Keeps the index equal to what is written. A text is indexed by a job, as it stands then, so that every step may be
 * repeated; until it is, a search compares what it finds with the text itself.
 */
@Injectable()
export class SearchIndexingService implements OnModuleInit {
  constructor(
    private readonly repository: SearchDocumentsRepository,
    private readonly index: TextIndex,
    private readonly posts: PostsService,
    private readonly database: Database,
    private readonly domainEvents: DomainEvents,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.domainEvents.durablyTogether<{ postId: string }>(
      [PostPublished, PostImported, PostEdited],
      'search.index-post',
      TOGETHER,
      (events, run) =>
        this.settleTogether(
          'post',
          events.map(({ postId }) => postId),
          run,
        ),
    );
    this.domainEvents.durably<{ postId: string }>(
      [PostAudienceChanged, PostDeleted, PostRestored, PostWiped],
      'search.index-post-and-comments',
      async ({ postId }, run) => {
        await this.settlePosts([postId], run.signal);
      },
    );
    this.domainEvents.durablyTogether<{ commentId: string }>(
      [CommentAdded, CommentEdited],
      'search.index-comment',
      TOGETHER,
      (events, run) =>
        this.settleTogether(
          'comment',
          events.map(({ commentId }) => commentId),
          run,
        ),
    );
    this.domainEvents.durably([CommentDeleted], 'search.index-replies', async ({ commentId }) => {
      await this.settle('comment', [commentId]);
      await inPortionsOfIds(
        (after, limit) => this.repository.findReplyIds(commentId, after, limit),
        (ids) => this.settle('comment', ids),
      );
    });
    this.domainEvents.durably<{ seriesId: string }>(
      [EventCreated, EventChanged, EventDeleted],
      'search.index-event',
      ({ seriesId }) => this.settle('event', [seriesId]),
    );
    this.domainEvents.durably<{ userId: string }>(
      [VisibilityChanged, AccountStateChanged],
      'search.index-person',
      ({ userId }, run) => this.settlePerson(userId, run.signal),
    );
    this.jobs.handleHeavy(REBUILD_SEARCH, (_, run) => this.rebuild(run.signal));
  }

  /** Looks at every text again, while others write. */
  requestRebuild(): Promise<void> {
    return this.database.transaction((transaction) =>
      this.jobs.enqueue(transaction, REBUILD_SEARCH, {}),
    );
  }

  /** What somebody has written is no longer found; what they planned is, without them. */
  async forget(userId: string): Promise<void> {
    await this.settleEventsBy(userId);
    await inPortionsOfIds(
      (after, limit) => this.repository.findSubjectsOf(userId, after, limit),
      (ids) => this.database.transaction((transaction) => this.remove(transaction, ids)),
    );
  }

  private async rebuild(signal: AbortSignal): Promise<void> {
    for (const kind of KINDS)
      await inPortionsOfIds(
        (after, limit) => this.repository.findIds(kind, after, limit),
        async (ids) => {
          signal.throwIfAborted();
          await this.settle(kind, ids);
        },
      );
    await inPortionsOfIds(
      (after, limit) => this.repository.findSubjects(after, limit),
      async (ids) => {
        signal.throwIfAborted();
        const gone = await this.repository.findWithoutText(ids);
        if (gone.length)
          await this.database.transaction((transaction) => this.remove(transaction, gone));
      },
    );
  }

  private async settlePerson(userId: string, signal: AbortSignal): Promise<void> {
    await inPortionsOfIds(
      (after, limit) => this.posts.findIdsOf(userId, after, limit),
      (ids) => this.settlePosts(ids, signal),
    );
    await inPortionsOfIds(
      (after, limit) => this.repository.findCommentIdsBy(userId, after, limit),
      (ids) => this.settle('comment', ids),
    );
    await this.settleEventsBy(userId);
  }

  private settleEventsBy(userId: string): Promise<void> {
    return inPortionsOfIds(
      (after, limit) => this.repository.findSeriesIdsBy(userId, after, limit),
      (ids) => this.settle('event', ids),
    );
  }

  private async settlePosts(ids: string[], signal: AbortSignal): Promise<void> {
    await this.settle('post', ids);
    for (const id of ids) {
      signal.throwIfAborted();
      let isSaid = false;
      await inPortionsOfIds(
        (after, limit) => this.repository.findCommentIdsOn(id, after, limit),
        (commentIds) => {
          isSaid = true;
          return this.settle('comment', commentIds);
        },
      );
      // With a post that is wiped they have gone before.
      if (!isSaid) await this.forgetCommentsOn(id);
    }
  }

  private forgetCommentsOn(postId: string): Promise<void> {
    return untilLittleIsLeft(async (limit) => {
      const gone = await this.repository.findGoneCommentsOn(postId, limit);
      if (gone.length)
        await this.database.transaction((transaction) => this.remove(transaction, gone));
      return gone.length;
    });
  }

  private async settleTogether(kind: DocumentKind, ids: string[], run: JobRun): Promise<void> {
    const all = [...new Set(ids)];
    const last = all.splice(-PORTION);
    await this.settle(kind, all);
    await run.commit((transaction) => this.write(transaction, kind, last));
  }

  private async settle(kind: DocumentKind, ids: string[]): Promise<void> {
    for (const some of chunksOf(ids, PORTION))
      await this.database.transaction((transaction) => this.write(transaction, kind, some));
  }

  /** One after the other, and read within: whoever writes last has read what was saved last. */
  private async write(transaction: Transaction, kind: DocumentKind, ids: string[]): Promise<void> {
    await locks.search(transaction);
    const texts = await this.repository.findTexts(transaction, kind, ids);
    const placed = texts.flatMap((text) => {
      const scope = scopeOf(text);
      return scope && isFound(text) ? [{ text, scope }] : [];
    });
    // The post of an event has the id of its series, and a document of another kind.
    const documents = (await this.repository.findDocuments(transaction, ids)).filter(
      (document) => document.kind === kind,
    );
    const numbers = new Map(documents.map(({ subjectId, number }) => [subjectId, number]));
    const kept = new Set(placed.map(({ text }) => text.id));
    await this.index.remove(transaction, [...numbers.values()]);
    const gone = ids.filter((id) => !kept.has(id) && numbers.has(id));
    if (gone.length) await this.repository.remove(transaction, gone);
    const readers = await this.readersOf(transaction, placed);
    for (const { text, scope } of placed) {
      const scopeId = 'ownerId' in scope ? scope.ownerId : null;
      let number = numbers.get(text.id);
      if (number === undefined) {
        number = await this.repository.findFreeNumber(transaction, numberOf(text.id));
        const { id: subjectId, postId, authorId } = text;
        await this.repository.insert(transaction, {
          number,
          kind,
          subjectId,
          postId,
          authorId,
          scopeId,
        });
      } else await this.repository.place(transaction, number, { scopeId, authorId: text.authorId });
      const tokens = tokensOf(
        { ...text, hasImage: Boolean(text.hasImage), tags: tagsOf(text) },
        scope,
      );
      await this.index.insert(transaction, partitionOf(scope), number, [
        ...tokens,
        ...(scope.in === 'chosen' ? (readers.get(text.postId!) ?? []) : []),
      ]);
    }
  }

  private async readersOf(
    transaction: Transaction,
    placed: { text: TextRow; scope: Scope }[],
  ): Promise<Map<string, string[]>> {
    const postIds = placed.flatMap(({ text, scope }) =>
      scope.in === 'chosen' ? text.postId! : [],
    );
    if (!postIds.length) return new Map();
    const rows = await this.repository.findReaders(transaction, [...new Set(postIds)]);
    const readers = new Map<string, string[]>();
    for (const [postId, some] of Map.groupBy(rows, ({ postId }) => postId))
      readers.set(
        postId,
        some.map(({ userId }) => readerToken(userId)),
      );
    return readers;
  }

  private async remove(transaction: Transaction, subjectIds: string[]): Promise<void> {
    await locks.search(transaction);
    const documents = await this.repository.findDocuments(transaction, subjectIds);
    await this.index.remove(
      transaction,
      documents.map(({ number }) => number),
    );
    await this.repository.remove(transaction, subjectIds);
  }
}

function scopeOf({ kind, reach, scopeId }: TextRow): Scope | null {
  if (kind === 'event') return { in: 'events', ownerId: scopeId! };
  switch (reach) {
    case 'everyone':
      return { in: 'everyone' };
    case 'followers':
      return { in: 'posts', ownerId: scopeId! };
    case 'chosen':
      return { in: 'chosen' };
    case 'nobody':
      return null;
  }
}

/** A picture alone is found by its author. */
const isFound = (text: TextRow): boolean => Boolean(text.hasImage) || wordsOf(text).length > 0;

const tagsOf = ({ content }: TextRow): string[] => [
  ...new Set(Array.from(content.matchAll(HASHTAG), ([, word]) => tagOf(word!))),
];
