import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { Event } from './events.dto.js';
import { IfGiven, IsId, IsListOfIds, IsOptionalText } from './fields.js';
import { GroupName } from './groups.dto.js';
import { LIMITS } from './limits.js';
import { Media } from './media.dto.js';
import { FieldsQuery, ListQuery } from './paging.dto.js';
import { UserCard } from './users.dto.js';
import { saying, sayingOneOf } from './saying.js';

/**
 * Who sees a post: everyone who sees the author's profile, accepted followers, chosen followers, whoever has the link,
 * its author alone, or the members of a group.
 */
export const AUDIENCES = ['public', 'followers', 'chosen', 'unlisted', 'me', 'group'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** The audiences an author can change between. A group's posts stay in the group. */
export const OWN_AUDIENCES = ['public', 'followers', 'chosen', 'unlisted', 'me'] as const;
export type OwnAudience = (typeof OWN_AUDIENCES)[number];

const ID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const SOME_IDS = new RegExp(`^${ID}(?:,${ID}){0,${LIMITS.post.maxRead - 1}}$`);

/** That a post was written on another installation, as its author's archive says. */
export class Imported {
  /**
   * The host
   * @example club.example
   */
  from!: string;
  /** When it came here */
  at!: string;
}

/** What all posts have. */
export class PostContent {
  id!: string;
  audience!: Audience;
  /** For the audience `group` */
  group!: GroupName | null;
  title!: string | null;
  content!: string;
  /** The people mentioned in the text, as far as the viewer may see them */
  mentions!: UserCard[];
  media!: Media[];
  /** Null for what was written here */
  imported!: Imported | null;
  createdAt!: string;
  editedAt!: string | null;
}

/** The original of a share. The viewer sees the share only if they see the original too. */
export class SharedPost extends PostContent {
  author!: UserCard;
}

export class Post extends PostContent {
  /** Of an event, who made it: null if the viewer can't see them, or if the account is gone */
  author!: UserCard | null;
  /**
   * The post is there for this event, with its comments: it has no words of its own, and nobody edits, shares or deletes
   * it. Of a repeated event, the next date.
   */
  event!: Event | null;
  shared!: SharedPost | null;
  likeCount!: number;
  commentCount!: number;
  /** Shares that the viewer may see, among the newest 100 */
  shareCount!: number;
  /** Whether the viewer likes it */
  isLiked!: boolean;
}

/** Those that the viewer sees */
export class SomePosts {
  items!: Post[];
}

export class PostPage {
  items!: Post[];
  nextCursor!: string | null;
}

export class PostsQuery extends FieldsQuery {
  /**
   * Ids of posts, comma separated, at most 50
   * @example 0197c0de-0000-7000-8000-000000000000
   */
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.toLowerCase() : value,
  )
  @Matches(SOME_IDS, saying('invalid-id'))
  ids!: string;
}

export class AudienceRequest {
  /** @example followers */
  @IsIn(AUDIENCES, sayingOneOf(AUDIENCES))
  audience!: Audience;

  /**
   * For the audience `chosen`: which of the own followers
   * @example []
   */
  @IsListOfIds(LIMITS.post.maxChosen)
  chosenUserIds?: string[];

  /** For the audience `group`: a group you are in */
  @IfGiven()
  @IsId()
  groupId?: string;
}

export class CreatePostRequest extends AudienceRequest {
  /** @example "The first honey" */
  @IsOptionalText(LIMITS.post.title.maxLength)
  title?: string | null;

  /**
   * Optional if there are pictures
   * @example "Forty jars this year! #beekeeping"
   */
  @IsOptionalText(LIMITS.post.content.maxLength, true)
  content?: string | null;

  /**
   * Own uploads: up to four pictures, or one video
   * @example []
   */
  @IsListOfIds(LIMITS.post.maxMedia)
  mediaIds?: string[];
}

export class UpdatePostRequest {
  /**
   * Empty to remove it
   * @example "The first honey"
   */
  @IsOptionalText(LIMITS.post.title.maxLength)
  title?: string | null;

  /** @example "Forty-two jars this year! #beekeeping" */
  @IsOptionalText(LIMITS.post.content.maxLength, true)
  content?: string | null;

  /**
   * The complete new list, in order; media not in it are deleted
   * @example []
   */
  @IsListOfIds(LIMITS.post.maxMedia)
  mediaIds?: string[];

  /**
   * Applies together with the other changes: the previous audience never sees them
   * @example followers
   */
  @IfGiven()
  @IsIn(OWN_AUDIENCES, sayingOneOf(OWN_AUDIENCES))
  audience?: OwnAudience;

  /**
   * For the audience `chosen`: which of the own followers; if left out, those chosen before
   * @example []
   */
  @IsListOfIds(LIMITS.post.maxChosen)
  chosenUserIds?: string[];
}

export class ShareRequest extends AudienceRequest {
  /**
   * Text of the share; optional
   * @example "You should all try this honey."
   */
  @IsOptionalText(LIMITS.post.content.maxLength, true)
  content?: string | null;
}

export class LikeState {
  isLiked!: boolean;
  likeCount!: number;
}

/** Who sees a post, or would see it. Only its author may ask. */
export class AudienceView {
  audience!: Audience;
  /** How many people besides the author */
  count!: number;
  items!: UserCard[];
  nextCursor!: string | null;
  /** The chosen people, as far as they still follow; null for other audiences */
  chosen!: UserCard[] | null;
  /** A share of somebody else's post: only those of these people see it who also see the original */
  isUpTo!: boolean;
}

/** A post before an edit, visible to the audience of that version; the newest is first and is the post itself. */
export class PostVersion {
  title!: string | null;
  content!: string;
  mentions!: UserCard[];
  /** Since when it had this content */
  at!: string;
}

export class PostHistory {
  items!: PostVersion[];
  nextCursor!: string | null;
}

export class ProfilePostsQuery extends ListQuery {
  /**
   * On the own profile: as a `stranger`, or as the follower with this id, sees it
   * @example stranger
   */
  @IsOptional()
  @IsString(saying('not-text'))
  @MaxLength(40, saying('too-long', { max: 40 }))
  as?: string;
}

export class Comment {
  id!: string;
  postId!: string;
  /** The comment that this one replies to; null for a comment on the post itself */
  parentId!: string | null;
  author!: UserCard;
  content!: string;
  mentions!: UserCard[];
  /** A picture or an animation */
  media!: Media | null;
  likeCount!: number;
  isLiked!: boolean;
  replyCount!: number;
  /** True for the author of the comment and the author of the post; under an event, for whoever may change it */
  canDelete!: boolean;
  createdAt!: string;
  editedAt!: string | null;
}

/** A comment and where it stands. */
export class CommentThread {
  /** The comment on the post itself */
  comment!: Comment;
  /** The reply to it that was asked for, if it was a reply */
  reply!: Comment | null;
}

/** Comments on a post come newest first, replies to a comment oldest first. */
export class CommentPage {
  items!: Comment[];
  nextCursor!: string | null;
}

export class CreateCommentRequest {
  /**
   * Optional if there is a picture
   * @example "How much is a jar?"
   */
  @IsOptionalText(LIMITS.comment.content.maxLength, true)
  content?: string | null;

  /** An own upload */
  @IfGiven()
  @IsId()
  mediaId?: string;

  /** The comment to reply to. A reply to a reply is stored as a reply to the same top-level comment. */
  @IfGiven()
  @IsId()
  parentId?: string;
}

export class UpdateCommentRequest {
  /** @example "How much is a small jar?" */
  @IsOptionalText(LIMITS.comment.content.maxLength, true)
  content!: string | null;
}
