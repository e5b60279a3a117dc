import { Injectable } from '@nestjs/common';
import type { Suggestions } from '@echomate/contracts/follows.dto';
import type { UserCard } from '@echomate/contracts/users.dto';
import { UsersService } from '../users/users.service.js';
import { FollowsRepository } from './follows.repository.js';
import { PeopleService } from './people.service.js';

const SUGGESTED = 12;
const REASONS_SHOWN = 2;
/** People checked in one statement. */
const ASKED_AT_ONCE = 128;

/** Suggests people followed by those the viewer follows. */
@Injectable()
export class SuggestionsService {
  constructor(
    private readonly repository: FollowsRepository,
    private readonly users: UsersService,
    private readonly people: PeopleService,
  ) {}

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
    // Leaves out people who have just become hidden from the viewer.
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
}
