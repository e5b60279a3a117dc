import { Injectable } from '@nestjs/common';
import type {
  PersonReason,
  PersonSuggestion,
  PersonSuggestions,
} from '@echomate/contracts/discovery.dto';
import type { UserCard } from '@echomate/contracts/users.dto';
import { idAt } from '../../platform/database/ids.js';
import { byRank, type Ranked } from '../../platform/http/ranked-pages.js';
import { DAY_MS } from '../../platform/periods.js';
import { PeopleService } from '../follows/people.service.js';
import { UsersService } from '../users/users.service.js';
import { DiscoverySettingsService } from './discovery-settings.service.js';
import {
  PeopleSuggestionsRepository,
  type FollowedByRow,
  type InGroupRow,
} from './people-suggestions.repository.js';
import { personScore, reasonsFor, type PersonSignals } from './person-score.js';

const PEOPLE_NAMED = 2;
/** People checked in one statement. */
const ASKED_AT_ONCE = 128;
const ACTIVE_DAYS = 7;

/** What was found about one person. */
interface Found {
  by: FollowedByRow[];
  groups: InGroupRow[];
  tags: string[];
  isFollower: boolean;
  isActive: boolean;
}

type Candidate = Ranked & { found: Found; signals: PersonSignals };

/** People to follow, each with reasons that the viewer could look up. */
@Injectable()
export class PeopleSuggestionsService {
  constructor(
    private readonly repository: PeopleSuggestionsRepository,
    private readonly settings: DiscoverySettingsService,
    private readonly users: UsersService,
    private readonly people: PeopleService,
  ) {}

  async suggest(viewerId: string, limit: number): Promise<PersonSuggestions> {
    const ranked = [...(await this.find(viewerId))]
      .map(([id, found]): Candidate => {
        const signals = signalsOf(found);
        return { id, found, signals, score: personScore(signals) };
      })
      .sort(byRank);
    const suggested: Candidate[] = [];
    for (let at = 0; at < ranked.length && suggested.length < limit; at += ASKED_AT_ONCE) {
      const asked = ranked.slice(at, at + ASKED_AT_ONCE);
      const ids = asked.map(({ id }) => id);
      const suggestable = await this.repository.findSuggestable(viewerId, ids);
      suggested.push(...asked.filter(({ id }) => suggestable.has(id)));
    }
    return { items: await this.shown(viewerId, suggested.slice(0, limit)) };
  }

  /** One statement after the other: together they would hold the event loop for longer. */
  private async find(viewerId: string): Promise<Map<string, Found>> {
    const { usesGroups, tags } = await this.settings.interestsOf(viewerId);
    const found = new Map<string, Found>();
    const of = (id: string): Found => {
      let one = found.get(id);
      if (!one)
        found.set(id, (one = { by: [], groups: [], tags: [], isFollower: false, isActive: false }));
      return one;
    };
    for (const row of await this.repository.findFollowedBy(viewerId)) of(row.userId).by.push(row);
    for (const { userId } of await this.repository.findFollowers(viewerId))
      of(userId).isFollower = true;
    if (usesGroups)
      for (const row of await this.repository.findInGroups(viewerId))
        of(row.userId).groups.push(row);
    for (const { userId, tag } of await this.repository.findWithTags(viewerId, tags))
      of(userId).tags.push(tag);
    const since = idAt(Date.now() - ACTIVE_DAYS * DAY_MS);
    for (const { userId } of await this.repository.findActive(viewerId, since))
      of(userId).isActive = true;
    return found;
  }

  private async shown(viewerId: string, suggested: Candidate[]): Promise<PersonSuggestion[]> {
    const named = new Map(suggested.map(({ id, found }) => [id, friendsFirst(found.by)]));
    const cards = await this.users.cards(viewerId, [
      ...new Set(suggested.flatMap(({ id }) => [id, ...named.get(id)!])),
    ]);
    // Leaves out people who have just become hidden from the viewer.
    const there = suggested.flatMap(({ id }) => cards.get(id) ?? []);
    const people = await this.people.withRelations(viewerId, there);
    const known = new Map(people.map((person) => [person.id, person]));
    return suggested.flatMap(({ id, found, signals }) => {
      const user = known.get(id);
      const by = named.get(id)!.flatMap((one) => cards.get(one) ?? []);
      const reasons = reasonsFor(signals)
        .filter((kind) => kind !== 'followed' || by.length)
        .map((kind) => reasonOf(kind, found, by));
      return user && reasons.length ? [{ user, reasons }] : [];
    });
  }
}

const signalsOf = ({ by, groups, tags, isFollower, isActive }: Found): PersonSignals => ({
  followedBy: by.length,
  commonFriends: by.filter(({ isCommonFriend }) => isCommonFriend).length,
  groups: groups.length,
  tags: tags.length,
  isFollower,
  isActive,
});

const friendsFirst = (by: FollowedByRow[]): string[] =>
  by
    .toSorted((one, other) => Number(other.isCommonFriend) - Number(one.isCommonFriend))
    .slice(0, PEOPLE_NAMED)
    .map(({ byId }) => byId);

function reasonOf(kind: PersonReason['kind'], found: Found, by: UserCard[]): PersonReason {
  const [group] = found.groups;
  return {
    kind,
    people: kind === 'followed' ? by : [],
    count: kind === 'followed' ? found.by.length : 0,
    group: kind === 'group' ? { id: group!.groupId, title: group!.title } : null,
    tag: kind === 'hashtag' ? found.tags.toSorted()[0]! : null,
  };
}
