import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { Message } from './chat.dto.js';
import { Event } from './events.dto.js';
import { PersonCard } from './follows.dto.js';
import { IfGiven, IsZone } from './fields.js';
import { Group, GroupName } from './groups.dto.js';
import { LIMITS } from './limits.js';
import { Media } from './media.dto.js';
import { PageQuery } from './paging.dto.js';
import type { Audience } from './posts.dto.js';
import { saying, sayingOneOf } from './saying.js';
import { UserCard } from './users.dto.js';

export const SEARCH_SORTS = ['newest', 'best'] as const;
export type SearchSort = (typeof SEARCH_SORTS)[number];

export const FOUND_KINDS = ['post', 'comment'] as const;
export type FoundKind = (typeof FOUND_KINDS)[number];

export class SearchQuery {
  /**
   * Words, the beginning of the last one, "phrases", #hashtags, and `from:`, `in:`, `has:image`, `before:`, `after:`
   * @example honey
   */
  @IsOptional()
  @IsString(saying('not-text'))
  @MaxLength(LIMITS.search.maxLength, saying('too-long', { max: LIMITS.search.maxLength }))
  q?: string;
}

export class OverviewQuery extends SearchQuery {
  /**
   * Where the days of `before:` and `after:` begin and end; UTC if it is not given
   * @example "Europe/Berlin"
   */
  @IfGiven()
  @IsZone()
  zone?: string;
}

export class SearchPageQuery extends PageQuery {
  /**
   * Words, the beginning of the last one, "phrases", #hashtags, and `from:`, `in:`, `has:image`, `before:`, `after:`
   * @example honey
   */
  @IsOptional()
  @IsString(saying('not-text'))
  @MaxLength(LIMITS.search.maxLength, saying('too-long', { max: LIMITS.search.maxLength }))
  q?: string;
}

export class PostSearchQuery extends SearchPageQuery {
  /**
   * Best: of the newest 200 that match, those that match most exactly, in one page
   * @example newest
   */
  @IsOptional()
  @IsIn(SEARCH_SORTS, sayingOneOf(SEARCH_SORTS))
  sort: SearchSort = 'newest';

  /**
   * Where the days of `before:` and `after:` begin and end; UTC if it is not given
   * @example "Europe/Berlin"
   */
  @IfGiven()
  @IsZone()
  zone?: string;
}

/** A piece of a text; what matches the query is marked. */
export class TextPart {
  text!: string;
  isMatch!: boolean;
}

/** A post or comment that matches. */
export class FoundPost {
  /** Of the post or comment */
  id!: string;
  kind!: FoundKind;
  /** The post, or the one that the comment is on */
  postId!: string;
  author!: UserCard;
  /** Of the post */
  audience!: Audience;
  group!: GroupName | null;
  title!: TextPart[] | null;
  /** The part of the text around the first match */
  excerpt!: TextPart[];
  /** The first of its pictures */
  picture!: Media | null;
  createdAt!: string;
}

export class FoundPosts {
  items!: FoundPost[];
  nextCursor!: string | null;
}

export class FoundHashtag {
  /** Without its sign */
  tag!: string;
}

/** Those in the newest posts that match, the most frequent first. */
export class FoundHashtags {
  items!: FoundHashtag[];
}

export class FoundEvents {
  items!: Event[];
  nextCursor!: string | null;
}

/** A few of each kind. */
export class SearchOverview {
  people!: PersonCard[];
  groups!: Group[];
  hashtags!: FoundHashtag[];
  posts!: FoundPost[];
  events!: Event[];
  messages!: Message[];
}
