import { Injectable } from '@nestjs/common';
import type {
  ActivityPage,
  UnseenFollows,
  FollowRequestPage,
  PeoplePage,
  PeopleQuery,
  PersonCard,
  Profile,
  Suggestions,
} from '@echomate/contracts/follows.dto';
import type { UserCard } from '@echomate/contracts/users.dto';
import type { PageQuery } from '@echomate/contracts/paging.dto';
import { validate as isUuid, v7 as uuid } from 'uuid';
import { Access } from '../../access/access.service.js';
import { VisibleCounts } from '../../access/visible-counts.service.js';
import { Database } from '../../platform/database/database.service.js';
import { afterId, pageOf } from '../../platform/http/paging.js';
import { invalidField, notFound } from '../../platform/http/problem.js';
import { UsersService, type PeopleList, type PersonRow } from '../users/users.service.js';
import { FollowCountsRepository } from './follow-counts.repository.js';
import { toRelation } from './follows.mapper.js';
import { PeopleService } from './people.service.js';
import { FollowsRepository } from './follows.repository.js';

const SUGGESTED = 12;
const REASONS_SHOWN = 2;
/** People about whom it is asked in one statement whether they can be suggested. */
const ASKED_AT_ONCE = 128;

/** People as others see them: profiles with how one stands to them, their lists, and whom to follow. */
@Injectable()
export class ProfilesService {
  constructor(
    private readonly repository: FollowsRepository,
    private readonly counts: FollowCountsRepository,
    private readonly users: UsersService,
    private readonly people: PeopleService,
    private readonly access: Access,
    private readonly visible: VisibleCounts,
    private readonly database: Database,
  ) {}

  async profile(viewerId: string, personId: string): Promise<Profile> {
    const isMe = viewerId === personId;
    const [info, standing, mutualCount] = await Promise.all([
      this.users.profileFor(viewerId, personId),
      this.repository.findStanding(viewerId, personId),
      isMe ? null : this.repository.countMutuals(viewerId, personId),
    ]);
    if (!standing) throw notFound();
    const numbers = info.isOpen ? await this.visible.ofPerson(viewerId, standing) : null;
    return {
      ...info,
      isMe,
      followerCount: numbers?.followerCount ?? null,
      followingCount: numbers?.followingCount ?? null,
      mutualCount: numbers && mutualCount,
      relation: toRelation(standing),
    };
  }

  /** The own profile through the eyes of a follower, or of someone nobody knows: the same rule, another viewer. */
  async viewAs(viewerId: string, as: string): Promise<Profile> {
    const profile = await this.profile(await this.viewerIdAs(viewerId, as), viewerId);
    // What is theirs alone: whom they mute, and whom they follow besides.
    return { ...profile, mutualCount: null, relation: { ...profile.relation, isMuted: false } };
  }

  /** Whose id to ask the rule with, to see oneself as they do. */
  async viewerIdAs(viewerId: string, as: string): Promise<string> {
    if (as === 'stranger') return uuid();
    const id = as.toLowerCase();
    const standing = isUuid(id) ? await this.repository.findStanding(viewerId, id) : null;
    if (standing?.followedBy !== 'accepted')
      throw invalidField('as', 'Choose one of your followers, or a stranger.');
    return id;
  }

  everyone(viewerId: string, query: PeopleQuery): Promise<PeoplePage> {
    return this.page(viewerId, query);
  }

  followers(viewerId: string, personId: string, query: PeopleQuery): Promise<PeoplePage> {
    return this.list(viewerId, personId, query, this.repository.followersOf(viewerId, personId));
  }

  following(viewerId: string, personId: string, query: PeopleQuery): Promise<PeoplePage> {
    return this.list(viewerId, personId, query, this.repository.followingOf(viewerId, personId));
  }

  mutuals(viewerId: string, personId: string, query: PeopleQuery): Promise<PeoplePage> {
    return this.list(viewerId, personId, query, this.repository.mutualsOf(viewerId, personId));
  }

  async activity(
    viewerId: string,
    personId: string,
    { cursor, limit }: PageQuery,
  ): Promise<ActivityPage> {
    const info = await this.users.profileFor(viewerId, personId);
    if (!info.isOpen) throw notFound();
    const rows = await this.repository.findFollowed(personId, viewerId, afterId(cursor), limit + 1);
    const cards = await this.users.cards(
      viewerId,
      rows.map(({ userId }) => userId),
    );
    const page = pageOf(rows, limit, ({ userId, at }) => {
      const user = cards.get(userId);
      return user && { id: userId, kind: 'followed' as const, user, at };
    });
    if (page.nextCursor) return page;
    // Joining came before everything else, so it ends the last page.
    return {
      items: [...page.items, { id: personId, kind: 'joined', user: null, at: info.createdAt! }],
      nextCursor: null,
    };
  }

  async requests(viewerId: string, { cursor, limit }: PageQuery): Promise<FollowRequestPage> {
    const rows = await this.repository.findRequests(viewerId, afterId(cursor), limit + 1);
    const cards = await this.cardsOf(viewerId, rows);
    return pageOf(rows, limit, ({ userId, requestedAt }) => {
      const user = cards.get(userId);
      return user && { user, requestedAt };
    });
  }

  unseen(viewerId: string): Promise<UnseenFollows> {
    return this.repository.countUnseen(viewerId);
  }

  async markSeen(viewerId: string): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const newest = await this.repository.findNewestFollowId(transaction, viewerId);
      if (newest) await this.counts.markFollowersSeen(transaction, viewerId, newest);
    });
  }

  async suggestions(viewerId: string): Promise<Suggestions> {
    const seen = await this.repository.findFollowedByFollowed(viewerId);
    const strongest = [...Map.groupBy(seen, ({ userId }) => userId)]
      .map(([userId, by]) => ({ userId, by }))
      .sort((one, other) => other.by.length - one.by.length);
    const suggested: typeof strongest = [];
    for (let at = 0; at < strongest.length && suggested.length < SUGGESTED; at += ASKED_AT_ONCE) {
      const asked = strongest.slice(at, at + ASKED_AT_ONCE);
      const unfollowed = await this.repository.findUnfollowed(
        viewerId,
        asked.map(({ userId }) => userId),
      );
      suggested.push(...asked.filter(({ userId }) => unfollowed.has(userId)));
    }
    const shown = suggested.slice(0, SUGGESTED).map(({ userId, by }) => ({
      userId,
      followedByCount: by.length,
      byIds: by.slice(0, REASONS_SHOWN).map(({ byId }) => byId),
    }));
    const cards = await this.users.cards(viewerId, [
      ...new Set(shown.flatMap(({ userId, byIds }) => [userId, ...byIds])),
    ]);
    // Whoever has just gone out of the viewer's sight is left out.
    const isThere = (card: UserCard | undefined) => card !== undefined;
    const people = await this.people.withRelations(
      viewerId,
      shown.map(({ userId }) => cards.get(userId)).filter(isThere),
    );
    const known = new Map(people.map((person) => [person.id, person]));
    return {
      items: shown.flatMap(({ userId, byIds, followedByCount }) => {
        const user = known.get(userId);
        const followedBy = byIds.map((id) => cards.get(id)).filter(isThere);
        return user && followedBy.length ? [{ user, followedBy, followedByCount }] : [];
      }),
    };
  }

  private async list(
    viewerId: string,
    personId: string,
    query: PeopleQuery,
    list: PeopleList,
  ): Promise<PeoplePage> {
    if (!(await this.access.canSee(viewerId, 'profile', personId))) throw notFound();
    return this.page(viewerId, query, list);
  }

  private async page(
    viewerId: string,
    { q = '', cursor, limit }: PeopleQuery,
    list?: PeopleList,
  ): Promise<PeoplePage> {
    const search = { viewerId, question: q, before: afterId(cursor), limit: limit + 1 };
    const rows = await this.users.findPeople(search, list);
    const cards = await this.cardsOf(viewerId, rows);
    return pageOf(rows, limit, ({ userId }) => cards.get(userId));
  }

  private cardsOf(viewerId: string, rows: PersonRow[]): Promise<Map<string, PersonCard>> {
    return this.people.cards(
      viewerId,
      rows.map(({ userId }) => userId),
    );
  }
}
