import { Type } from 'class-transformer';
import { IsBoolean, IsInt, IsOptional, Max, Min } from 'class-validator';
import { PersonCard } from './follows.dto.js';
import { Group } from './groups.dto.js';
import { LIMITS } from './limits.js';
import { Post } from './posts.dto.js';
import { saying } from './saying.js';
import { UserCard } from './users.dto.js';

export class SuggestionsQuery {
  /**
   * How many at most
   * @example 12
   */
  @IsOptional()
  @Type(() => Number)
  @IsInt(saying('not-a-number'))
  @Min(1, saying('too-small', { min: 1 }))
  @Max(LIMITS.suggestions.maxShown, saying('too-big', { max: LIMITS.suggestions.maxShown }))
  limit: number = LIMITS.suggestions.shown;
}

/** A group as a reason names it. */
export class NamedGroup {
  id!: string;
  title!: string;
}

export const PERSON_REASONS = ['followed', 'follower', 'group', 'hashtag', 'active'] as const;

/** Why a person is suggested. Every reason is something that the viewer could look up. */
export class PersonReason {
  /**
   * `followed`: people the viewer follows follow this person; `follower`: the person follows the viewer; `group`: both
   * are in it; `hashtag`: both use it in posts; `active`: the person has posted publicly this week
   */
  kind!: (typeof PERSON_REASONS)[number];
  /** Of `followed`, up to two of them */
  people!: UserCard[];
  /** Of `followed`, how many were found among the newest follows: a lower bound */
  count!: number;
  group!: NamedGroup | null;
  /** Without its sign */
  tag!: string | null;
}

export class PersonSuggestion {
  user!: PersonCard;
  /** The strongest first; there is always one */
  reasons!: PersonReason[];
}

export class PersonSuggestions {
  items!: PersonSuggestion[];
}

export const GROUP_REASONS = ['followed', 'hashtag', 'new', 'popular'] as const;

/** Why a group is suggested. */
export class GroupReason {
  /**
   * `followed`: at least three people the viewer follows are members; `hashtag`: its title or description is about
   * one that the viewer uses; `new`: founded in the last month; `popular`: it is large here
   */
  kind!: (typeof GROUP_REASONS)[number];
  /** Without its sign */
  tag!: string | null;
}

export class GroupSuggestion {
  group!: Group;
  reason!: GroupReason;
}

export class GroupSuggestions {
  items!: GroupSuggestion[];
}

export const DISCOVERY_REASONS = ['hashtag', 'shared', 'discussed', 'liked'] as const;

/** Why a post is shown on Discover. */
export class DiscoveryReason {
  /** `hashtag`: the viewer uses it too; `shared`, `discussed`, `liked`: what others did most */
  kind!: (typeof DISCOVERY_REASONS)[number];
  /** How many people did so, without the author: counted up to 50 likes, 30 who comment and 20 who share; of `hashtag` 0 */
  count!: number;
  /** Without its sign */
  tag!: string | null;
}

export class DiscoveredPost extends Post {
  reason!: DiscoveryReason;
}

export class DiscoveredPostPage {
  items!: DiscoveredPost[];
  nextCursor!: string | null;
}

export class TrendingHashtag {
  /** Without its sign */
  tag!: string;
  /** How many people used it in public posts in the last seven days, as far as the viewer sees them; counted up to 30 */
  people!: number;
}

export class TrendingHashtags {
  items!: TrendingHashtag[];
}

export const DISMISSAL_KINDS = ['person', 'group', 'post', 'hashtag'] as const;
export type DismissalKind = (typeof DISMISSAL_KINDS)[number];

export class DismissedPost {
  id!: string;
  author!: UserCard | null;
  /** The title, or how the text begins */
  excerpt!: string;
}

/** What the viewer does not want to have suggested; one of the four is given. */
export class Dismissal {
  id!: string;
  kind!: DismissalKind;
  person!: UserCard | null;
  group!: NamedGroup | null;
  post!: DismissedPost | null;
  /** Without its sign */
  tag!: string | null;
  dismissedAt!: string;
}

export class DismissalPage {
  items!: Dismissal[];
  nextCursor!: string | null;
}

export class DiscoverySettings {
  /**
   * Whether one is suggested to others, and one's public posts are shown on Discover
   * @example true
   */
  @IsBoolean(saying('invalid-choice', { choices: 'true, false' }))
  isSuggested!: boolean;

  /**
   * Whether one's own groups and hashtags count for what one is shown
   * @example true
   */
  @IsBoolean(saying('invalid-choice', { choices: 'true, false' }))
  usesInterests!: boolean;
}
