import { Injectable } from '@nestjs/common';
import type { PersonCard } from '@echomate/contracts/follows.dto';
import type { UserCard } from '@echomate/contracts/users.dto';
import { UsersService } from '../users/users.service.js';
import { toRelation } from './follows.mapper.js';
import { FollowsRepository } from './follows.repository.js';

/** Cards for lists, each with the viewer's relation to the person: two statements for a page of any size. */
@Injectable()
export class PeopleService {
  constructor(
    private readonly users: UsersService,
    private readonly repository: FollowsRepository,
  ) {}

  /** Those whom the viewer may see, by id. */
  async cards(viewerId: string, ids: string[]): Promise<Map<string, PersonCard>> {
    const cards = await this.users.cards(viewerId, ids);
    return new Map(
      (await this.withRelations(viewerId, [...cards.values()])).map((card) => [card.id, card]),
    );
  }

  async withRelations(viewerId: string, cards: UserCard[]): Promise<PersonCard[]> {
    if (!cards.length) return [];
    const rows = await this.repository.findRelations(
      viewerId,
      cards.map(({ id }) => id),
    );
    const relations = new Map(rows.map((row) => [row.userId, toRelation(row)]));
    return cards.flatMap((card) => {
      const relation = relations.get(card.id);
      return relation ? [{ ...card, relation }] : [];
    });
  }
}
