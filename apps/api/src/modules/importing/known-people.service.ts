import { Injectable } from '@nestjs/common';
import type { KnownPeople } from '@echomate/contracts/importing.dto';
import type { PageQuery } from '@echomate/contracts/paging.dto';
import type { UserCard } from '@echomate/contracts/users.dto';
import { v7 as uuid } from 'uuid';
import { Database } from '../../platform/database/database.service.js';
import { locks } from '../../platform/database/locks.js';
import { afterId, pageOf } from '../../platform/http/paging.js';
import { DiscoverySettingsService } from '../discovery/discovery-settings.service.js';
import { PeopleService } from '../follows/people.service.js';
import { UsersService } from '../users/users.service.js';
import type { ArchiveContents, ArchivedPerson } from './archive-contents.js';
import { KnownPeopleRepository } from './known-people.repository.js';

/** Of the people followed there, so many are looked for; of a common name, so many are proposed. */
const LOOKED_FOR = 1000;
const NAMESAKES_LOOKED_AT = 20;
const NAMESAKES = 3;

/** People here with the names of those whom somebody followed elsewhere. Following is for the person to do. */
@Injectable()
export class KnownPeopleService {
  constructor(
    private readonly repository: KnownPeopleRepository,
    private readonly users: UsersService,
    private readonly people: PeopleService,
    private readonly discovery: DiscoverySettingsService,
    private readonly database: Database,
  ) {}

  async page(viewerId: string, { cursor, limit }: PageQuery): Promise<KnownPeople> {
    const rows = await this.repository.find(viewerId, afterId(cursor), limit + 1);
    const ids = rows.map(({ personId }) => personId);
    const cards = await this.people.cards(viewerId, ids);
    return pageOf(rows, limit, ({ personId, isSameHandle }) => {
      const card = cards.get(personId);
      return card && { ...card, isSameHandle: Boolean(isSameHandle) };
    });
  }

  /** Only ids of people here are kept, never a name of somebody who is not here. May run again. */
  async look(userId: string, contents: ArchiveContents, signal: AbortSignal): Promise<void> {
    let looked = 0;
    for await (const person of contents.followed()) {
      if (++looked > LOOKED_FOR) return;
      signal.throwIfAborted();
      for (const card of await this.namesakes(userId, person))
        await this.propose(userId, person, card);
    }
  }

  expire(before: Date): Promise<void> {
    return this.database.inBatches((transaction, limit) =>
      this.repository.deleteSomeBefore(transaction, before.toISOString(), limit),
    );
  }

  private async namesakes(viewerId: string, person: ArchivedPerson): Promise<UserCard[]> {
    const question = `${person.firstName} ${person.lastName}`;
    const search = { viewerId, question, before: null, limit: NAMESAKES_LOOKED_AT };
    const found = await this.users.findPeople(search);
    const cards = await this.users.cards(
      viewerId,
      found.map(({ userId }) => userId),
    );
    const named = [...cards.values()].filter((card) => nameOf(card) === nameOf(person));
    const same = named.filter(({ handle }) => handle === person.handle);
    const shown: UserCard[] = [];
    for (const card of same.length ? same : named)
      if ((await this.discovery.find(card.id)).isSuggested) shown.push(card);
    return shown.slice(0, NAMESAKES);
  }

  private async propose(userId: string, person: ArchivedPerson, card: UserCard): Promise<void> {
    await this.database.transaction(async (transaction) => {
      await locks.users(transaction, userId);
      // Either account may be gone by now.
      for (const id of [userId, card.id]) if (!(await this.users.exists(transaction, id))) return;
      await this.repository.add(transaction, {
        id: uuid(),
        userId,
        personId: card.id,
        isSameHandle: card.handle === person.handle,
        createdAt: new Date().toISOString(),
      });
    });
  }
}

const nameOf = ({ firstName, lastName }: { firstName: string; lastName: string }) =>
  `${firstName} ${lastName}`.toLowerCase();
