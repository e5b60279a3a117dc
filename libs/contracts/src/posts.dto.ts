import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { IfGiven, IsId, IsListOfIds, IsOptionalText } from './fields.js';
import { LIMITS } from './limits.js';
import { Media } from './media.dto.js';
import { ListQuery } from './paging.dto.js';
import { UserCard } from './users.dto.js';

/**
 * Who sees a post: everyone who sees the author's profile, accepted followers, followers the author
 * picked, whoever has the link, or the members of a group.
 */
export const AUDIENCES = ['public', 'followers', 'chosen', 'unlisted', 'group'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** The audiences an author picks for a post of their own. */
export const OWN_AUDIENCES = ['public', 'followers', 'chosen', 'unlisted'] as const;
export type OwnAudience = (typeof OWN_AUDIENCES)[number];

/** The post that a share passes on. The viewer sees the share only if they see this too. */
export class SharedPost {
  id!: string;
  author!: UserCard;
  audience!: Audience;
  title!: string | null;
  content!: string;
  /** The people mentioned in the text, as far as the viewer may know them */
  mentions!: UserCard[];
  media!: Media[];
  createdAt!: string;
  editedAt!: string | null;
}

export class Post extends SharedPost {
  shared!: SharedPost | null;
  likeCount!: number;
  commentCount!: number;
  /** Shares that the viewer may see, among the newest 100 */
  shareCount!: number;
  /** Whether the viewer likes it */
  isLiked!: boolean;
}

export class PostPage {
  items!: Post[];
  nextCursor!: string | null;
}

export class AudienceRequest {
  /** @example followers */
  @IsIn(OWN_AUDIENCES, { message: 'Choose who may see this.' })
  audience!: OwnAudience;

  /**
   * For the audience `chosen`: which of the own followers
   * @example []
   */
  @IsListOfIds(LIMITS.post.maxChosen, 'followers')
  chosenUserIds?: string[];
}

export class CreatePostRequest extends AudienceRequest {
  /** @example "The first honey" */
  @IsOptionalText('the title', LIMITS.post.title.maxLength)
  title?: string | null;

  /**
   * May be left out if there are pictures
   * @example "Forty jars this year! #beekeeping"
   */
  @IsOptionalText('the text', LIMITS.post.content.maxLength, true)
  content?: string | null;

  /**
   * Own uploads: up to four pictures, or one video
   * @example []
   */
  @IsListOfIds(LIMITS.post.maxMedia, 'uploads')
  mediaIds?: string[];
}

export class UpdatePostRequest {
  /**
   * Empty to remove it
   * @example "The first honey"
   */
  @IsOptionalText('the title', LIMITS.post.title.maxLength)
  title?: string | null;

  /** @example "Forty-two jars this year! #beekeeping" */
  @IsOptionalText('the text', LIMITS.post.content.maxLength, true)
  content?: string | null;

  /**
   * All that shall be there, in order; what is left out is deleted
   * @example []
   */
  @IsListOfIds(LIMITS.post.maxMedia, 'uploads')
  mediaIds?: string[];

  /**
   * Whoever sees the new words sees them under this audience, never under the one before
   * @example followers
   */
  @IfGiven()
  @IsIn(OWN_AUDIENCES, { message: 'Choose who may see this.' })
  audience?: OwnAudience;

  /**
   * For the audience `chosen`: which of the own followers; left out, those chosen before
   * @example []
   */
  @IsListOfIds(LIMITS.post.maxChosen, 'followers')
  chosenUserIds?: string[];
}

export class ShareRequest extends AudienceRequest {
  /**
   * Own words; may be left out
   * @example "You should all try this honey."
   */
  @IsOptionalText('the text', LIMITS.post.content.maxLength, true)
  content?: string | null;
}

export class LikeState {
  isLiked!: boolean;
  likeCount!: number;
}

/** Who sees a post, or would see it. Only its author is told. */
export class AudienceView {
  audience!: Audience;
  /** How many people besides the author */
  count!: number;
  items!: UserCard[];
  nextCursor!: string | null;
  /** Whom the author picked, as far as they still follow; null for other audiences */
  chosen!: UserCard[] | null;
  /** A share of somebody else's post: of these people, those see it who see that post too */
  isUpTo!: boolean;
}

/**
 * A post as it was before an edit, told to those for whom it was then; the newest stands first and is the
 * post itself.
 */
export class PostVersion {
  title!: string | null;
  content!: string;
  mentions!: UserCard[];
  /** Since when it read like this */
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
  @IsString()
  @MaxLength(40)
  as?: string;
}

export class Comment {
  id!: string;
  postId!: string;
  /** The comment that this one answers; null if it answers the post */
  parentId!: string | null;
  author!: UserCard;
  content!: string;
  mentions!: UserCard[];
  /** A picture or an animation */
  media!: Media | null;
  likeCount!: number;
  isLiked!: boolean;
  replyCount!: number;
  /** The author of the comment and the author of the post may */
  canDelete!: boolean;
  createdAt!: string;
  editedAt!: string | null;
}

/** Comments on a post come newest first, replies to a comment oldest first. */
export class CommentPage {
  items!: Comment[];
  nextCursor!: string | null;
}

export class CreateCommentRequest {
  /**
   * May be left out if there is a picture
   * @example "How much is a jar?"
   */
  @IsOptionalText('the comment', LIMITS.comment.content.maxLength, true)
  content?: string | null;

  /** An own upload */
  @IfGiven()
  @IsId('Choose an upload of yours.')
  mediaId?: string;

  /** Answers this comment. Replies to a reply join its conversation. */
  @IfGiven()
  @IsId('Choose a comment on this post.')
  parentId?: string;
}

export class UpdateCommentRequest {
  /** @example "How much is a small jar?" */
  @IsOptionalText('the comment', LIMITS.comment.content.maxLength, true)
  content!: string | null;
}
