import { Injectable } from '@nestjs/common';
import type { GroupSuggestions } from '@echomate/contracts/discovery.dto';
import { byRank } from '../../platform/http/ranked-pages.js';
import { indexedWords, searchTextOf } from '../../platform/search-words.js';
import { DAY_MS } from '../../platform/periods.js';
import { GroupsService } from '../groups/groups.service.js';
import { DiscoverySettingsService } from './discovery-settings.service.js';
import { groupReason, groupScore, type GroupSignals } from './group-score.js';
import {
  GroupSuggestionsRepository,
  type CandidateGroupRow,
} from './group-suggestions.repository.js';

/** Who is in a group is for its members to know, so fewer people are no reason. */
const FOLLOWED_AT_LEAST = 3;
const NEW_FOR_MS = 30 * DAY_MS;

interface Found {
  row: CandidateGroupRow;
  hasFollowed: boolean;
  tags: Set<string>;
}

/** Groups to join, each with its reason. */
@Injectable()
export class GroupSuggestionsService {
  constructor(
    private readonly repository: GroupSuggestionsRepository,
    private readonly settings: DiscoverySettingsService,
    private readonly groups: GroupsService,
  ) {}

  async suggest(viewerId: string, limit: number): Promise<GroupSuggestions> {
    const found = await this.find(viewerId, limit);
    const shown = [...found.values()]
      .map(({ row, hasFollowed, tags }) => {
        const { id, memberCount, createdAt } = row;
        const isNew = Date.now() - Date.parse(createdAt) < NEW_FOR_MS;
        const signals: GroupSignals = { hasFollowed, tags: tags.size, isNew, memberCount };
        return { id, tags, signals, score: groupScore(signals) };
      })
      .sort(byRank)
      .slice(0, limit);
    const groups = await this.groups.byIds(
      viewerId,
      shown.map(({ id }) => id),
    );
    return {
      items: shown.flatMap(({ id, tags, signals }) => {
        const group = groups.get(id);
        const kind = groupReason(signals);
        const tag = kind === 'hashtag' ? [...tags].sort()[0]! : null;
        return group ? [{ group, reason: { kind, tag } }] : [];
      }),
    };
  }

  private async find(viewerId: string, limit: number): Promise<Map<string, Found>> {
    const { tags } = await this.settings.interestsOf(viewerId);
    const found = new Map<string, Found>();
    const of = (row: CandidateGroupRow): Found => {
      let one = found.get(row.id);
      if (!one) found.set(row.id, (one = { row, hasFollowed: false, tags: new Set() }));
      return one;
    };
    for (const row of await this.repository.findOfFollowed(viewerId, FOLLOWED_AT_LEAST, limit))
      of(row).hasFollowed = true;
    const tagOfWord = new Map(tags.flatMap(wordsOf));
    for (const row of await this.repository.findNamed(viewerId, [...tagOfWord.keys()]))
      of(row).tags.add(tagOfWord.get(row.word)!);
    for (const row of await this.repository.findLargest(viewerId, limit)) of(row);
    for (const row of await this.repository.findNewest(viewerId, limit)) of(row);
    return found;
  }
}

/** How a hashtag stands among the words of a title or description: with its sign, or as a plain word. */
const wordsOf = (tag: string): [word: string, tag: string][] =>
  [tag, `#${tag}`].flatMap((text) =>
    indexedWords(searchTextOf(text)).map((word) => [word, tag] as [string, string]),
  );
