import { Injectable } from '@nestjs/common';
import type { PageQuery } from '@echomate/contracts/paging.dto';
import type { Activity, ActivityPage } from '@echomate/contracts/profiles.dto';
import { excerptOf, mentionedIn } from '@echomate/contracts/text';
import { timeOf, type IdSpan } from '../../platform/database/ids.js';
import { afterId, pageOf } from '../../platform/http/paging.js';
import { notFound } from '../../platform/http/problem.js';
import { FollowListsService } from '../follows/follow-lists.service.js';
import { UsersService } from '../users/users.service.js';
import { ActivityRepository, type Doing } from './activity.repository.js';
import { mentionsOf, readable } from './posts.mapper.js';

/** By when they did it: of a follow, when they asked, for the answer may come much later. */
interface Done {
  id: string;
  kind: Activity['kind'];
  userId: string | null;
  postId: string | null;
  excerpt: string | null;
}

const DOINGS: Doing[] = ['posts', 'comments', 'likes', 'commentLikes'];

/** What a person did, for the activity on their profile. */
@Injectable()
export class ActivityService {
  constructor(
    private readonly repository: ActivityRepository,
    private readonly follows: FollowListsService,
    private readonly users: UsersService,
  ) {}

  async page(
    viewerId: string,
    personId: string,
    { cursor, limit }: PageQuery,
  ): Promise<ActivityPage> {
    const info = await this.users.profileFor(viewerId, personId);
    if (!info.isOpen) throw notFound();
    const rows = await this.newest(viewerId, personId, afterId(cursor), limit + 1);
    const shown = rows.slice(0, limit);
    const cards = await this.users.cards(viewerId, [
      ...new Set(
        shown.flatMap(({ userId, excerpt }) => [
          ...(userId ? [userId] : []),
          ...mentionedIn(excerpt ?? ''),
        ]),
      ),
    ]);
    const page = pageOf(rows, limit, ({ id, kind, userId, postId, excerpt }): Activity | null => {
      const user = userId === null ? null : cards.get(userId);
      if (user === undefined) return null;
      return {
        id,
        kind,
        user,
        postId,
        excerpt: excerpt && readable(excerpt, cards),
        mentions: mentionsOf(excerpt ?? '', cards),
        at: timeOf(id),
      };
    });
    // Joining is the oldest activity, so it ends the last page.
    if (!page.nextCursor)
      page.items.push({
        id: personId,
        kind: 'joined',
        user: null,
        postId: null,
        excerpt: null,
        mentions: [],
        at: info.createdAt!,
      });
    return page;
  }

  /**
   * The newest of all kinds. Once the page is full, the next kind is searched only as far back as it reaches, however
   * much of that kind is hidden further down.
   */
  private async newest(
    viewerId: string,
    personId: string,
    before: string | null,
    limit: number,
  ): Promise<Done[]> {
    let newest: Done[] = [];
    for (const doing of ['follows', ...DOINGS] as const) {
      const span = { before, after: newest[limit - 1]?.id ?? null };
      const found = await this.find(viewerId, personId, doing, span, limit);
      newest = [...newest, ...found].sort((one, other) => (one.id < other.id ? 1 : -1));
      newest.length = Math.min(newest.length, limit);
    }
    return newest;
  }

  private async find(
    viewerId: string,
    personId: string,
    doing: Doing | 'follows',
    span: IdSpan,
    limit: number,
  ): Promise<Done[]> {
    if (doing === 'follows') {
      const rows = await this.follows.followed(viewerId, personId, span, limit);
      return rows.map(({ id, userId }) => ({
        id,
        kind: 'followed',
        userId,
        postId: null,
        excerpt: null,
      }));
    }
    const rows = await this.repository.find(viewerId, personId, doing, span, limit);
    return rows.map(({ words, ...row }) => ({ ...row, excerpt: excerptOf(words) }));
  }
}
