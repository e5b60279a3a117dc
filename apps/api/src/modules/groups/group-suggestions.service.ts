import { Injectable } from '@nestjs/common';
import type { GroupReason, GroupSuggestions } from '@echomate/contracts/groups.dto';
import { GroupsRepository } from './groups.repository.js';
import { GroupsService } from './groups.service.js';

const SUGGESTED = 6;
/** Who is in a group is for its members to know, so fewer people are no reason. */
const FOLLOWED_AT_LEAST = 3;

/** Groups to join, each with its reason. */
@Injectable()
export class GroupSuggestionsService {
  constructor(
    private readonly repository: GroupsRepository,
    private readonly groups: GroupsService,
  ) {}

  async suggest(viewerId: string): Promise<GroupSuggestions> {
    const [followed, popular, newest] = await Promise.all([
      this.repository.findOfFollowed(viewerId, FOLLOWED_AT_LEAST, SUGGESTED),
      this.repository.findLargestNew(viewerId, SUGGESTED),
      this.repository.findNewest(viewerId, SUGGESTED),
    ]);
    const reasons = new Map<string, GroupReason>();
    const add = (ids: string[], reason: GroupReason, upTo: number) => {
      for (const id of ids) if (reasons.size < upTo && !reasons.has(id)) reasons.set(id, reason);
    };
    add(followed, 'followed', SUGGESTED);
    add(popular, 'popular', SUGGESTED - 1);
    add(newest, 'new', SUGGESTED);
    add(popular, 'popular', SUGGESTED);
    const groups = await this.groups.byIds(viewerId, [...reasons.keys()]);
    return {
      items: [...reasons].flatMap(([id, reason]) => {
        const group = groups.get(id);
        return group ? [{ group, reason }] : [];
      }),
    };
  }
}
