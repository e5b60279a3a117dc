import { Injectable } from '@nestjs/common';
import type { PageQuery } from '@echomate/contracts/paging.dto';
import type { Audience, AudienceRequest, AudienceView } from '@echomate/contracts/posts.dto';
import type { UserCard } from '@echomate/contracts/users.dto';
import { Access } from '../../access/access.service.js';
import type { Transaction } from '../../platform/database/statements.js';
import { afterId, pageOf } from '../../platform/http/paging.js';
import { invalidField, notFound } from '../../platform/http/problem.js';
import { UsersService, type PersonRow } from '../users/users.service.js';
import { PostAudienceRepository, type AudienceQuestion } from './post-audience.repository.js';
import { isShareOfAnother } from './posts.policy.js';
import { PostsRepository } from './posts.repository.js';

/** The audience of a post: set by its author, shown to its author only. */
@Injectable()
export class PostAudienceService {
  constructor(
    private readonly repository: PostAudienceRepository,
    private readonly posts: PostsRepository,
    private readonly users: UsersService,
    private readonly access: Access,
  ) {}

  /** "Who can see this?" */
  async view(viewerId: string, postId: string, page: PageQuery): Promise<AudienceView> {
    const post = await this.posts.findVisible(viewerId, postId);
    if (post?.authorId !== viewerId) throw notFound();
    const chosen =
      post.audience === 'chosen'
        ? await this.cards(viewerId, await this.repository.findChosen(postId))
        : null;
    const question = await this.repository.audienceOf({ ...post, authorId: viewerId });
    if (!question) throw notFound();
    const isUpTo = isShareOfAnother(post);
    return { ...(await this.describe(viewerId, post.audience, question, page)), chosen, isUpTo };
  }

  /** The same for a draft. */
  async preview(
    viewerId: string,
    { audience, chosenUserIds = [], groupId }: AudienceRequest,
  ): Promise<AudienceView> {
    if (audience === 'group') {
      if (!groupId) throw invalidField('groupId', 'required');
      if (!(await this.access.canSee(viewerId, 'inside', groupId)))
        throw invalidField('groupId', 'group-not-available');
    }
    const question = await this.repository.audienceOfDraft(viewerId, {
      audience,
      chosenUserIds,
      groupId,
    });
    return {
      ...(await this.describe(viewerId, audience, question, { limit: 20 })),
      chosen: audience === 'chosen' ? await this.cards(viewerId, chosenUserIds) : null,
      isUpTo: false,
    };
  }

  /** The post exists already, and its author is locked, so that no chosen follower can leave meanwhile. */
  async set(
    transaction: Transaction,
    authorId: string,
    postId: string,
    { audience, chosenUserIds = [] }: AudienceRequest,
  ): Promise<void> {
    if (audience === 'chosen' && !chosenUserIds.length)
      throw invalidField('chosenUserIds', 'nobody-chosen');
    if (audience !== 'chosen' && chosenUserIds.length)
      throw invalidField('chosenUserIds', 'chosen-for-others');
    const found = await this.repository.replaceChosen(transaction, authorId, postId, chosenUserIds);
    if (found !== chosenUserIds.length) throw invalidField('chosenUserIds', 'chosen-not-following');
  }

  private async describe(
    viewerId: string,
    audience: Audience,
    question: AudienceQuestion,
    { cursor, limit }: PageQuery,
  ) {
    const { count, rows } = await this.viewers(viewerId, question, afterId(cursor), limit + 1);
    const cards = await this.users.cards(
      viewerId,
      rows.map(({ userId }) => userId),
    );
    return { audience, count, ...pageOf(rows, limit, ({ userId }) => cards.get(userId)) };
  }

  private async viewers(
    viewerId: string,
    question: AudienceQuestion,
    before: string | null,
    limit: number,
  ): Promise<{ count: number; rows: PersonRow[] }> {
    const { reach } = question;
    if (typeof reach === 'object' && 'ids' in reach) {
      const ids = await this.repository.findViewersAmong(viewerId, question, reach.ids);
      const rows = ids
        .filter((id) => before === null || id < before)
        .sort((one, other) => (one < other ? 1 : -1))
        .slice(0, limit)
        .map((id) => ({ id, userId: id }));
      return { count: ids.length, rows };
    }
    const [count, rows] = await Promise.all([
      this.repository.count(viewerId, reach),
      this.repository.findViewers(viewerId, { ...question, reach }, before, limit),
    ]);
    return { count, rows };
  }

  private async cards(viewerId: string, ids: string[]): Promise<UserCard[]> {
    return [...(await this.users.cards(viewerId, ids)).values()];
  }
}
