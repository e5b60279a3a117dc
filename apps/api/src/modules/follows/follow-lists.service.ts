import { Injectable } from '@nestjs/common';
import type {
  FollowRequestPage,
  PeoplePage,
  PeopleQuery,
  PersonCard,
} from '@echomate/contracts/follows.dto';
import type { PageQuery } from '@echomate/contracts/paging.dto';
import { Access } from '../../access/access.service.js';
import type { IdSpan } from '../../platform/database/ids.js';
import { afterId, pageOf } from '../../platform/http/paging.js';
import { notFound } from '../../platform/http/problem.js';
import { UsersService, type PeopleList, type PersonRow } from '../users/users.service.js';
import { FollowsRepository } from './follows.repository.js';
import { PeopleService } from './people.service.js';

/** Pages of people: everyone, followers, followed people and follow requests. */
@Injectable()
export class FollowListsService {
  constructor(
    private readonly repository: FollowsRepository,
    private readonly users: UsersService,
    private readonly people: PeopleService,
    private readonly access: Access,
  ) {}

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

  /** Whom a person followed, newest first, if the viewer may see both profiles. */
  followed(viewerId: string, personId: string, span: IdSpan, limit: number): Promise<PersonRow[]> {
    return this.repository.findFollowed(viewerId, personId, span, limit);
  }

  async requests(viewerId: string, { cursor, limit }: PageQuery): Promise<FollowRequestPage> {
    const rows = await this.repository.findRequests(viewerId, afterId(cursor), limit + 1);
    const cards = await this.cardsOf(viewerId, rows);
    return pageOf(rows, limit, ({ userId, requestedAt }) => {
      const user = cards.get(userId);
      return user && { user, requestedAt };
    });
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
    if (!rows.length && !list && cursor === undefined)
      rows.push(...(await this.users.findPeopleAlike({ ...search, limit })));
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
