import type { Audience } from '@echomate/contracts/posts.dto';

// Listeners that notify people must test the rule for each of them.

/** A post or a share has been published. */
export class PostPublished {
  constructor(
    readonly postId: string,
    /** Null for the post of an event */
    readonly authorId: string | null,
    readonly sharedId: string | null,
    readonly mentionedIds: string[],
    /** For members of this group */
    readonly groupId: string | null,
  ) {}
}

/** A post has come from another installation, as old as it was there: it is news to nobody. */
export class PostImported {
  constructor(
    readonly postId: string,
    readonly authorId: string,
  ) {}
}

/** The text or media of a post have changed. */
export class PostEdited {
  constructor(
    readonly postId: string,
    readonly authorId: string,
    /** Mentioned now but not before */
    readonly newlyMentionedIds: string[],
  ) {}
}

export class PostAudienceChanged {
  constructor(
    readonly postId: string,
    readonly authorId: string,
    readonly audience: Audience,
  ) {}
}

/** Hidden from everyone; its author can still restore it. */
export class PostDeleted {
  constructor(
    readonly postId: string,
    /** Null for the post of an event */
    readonly authorId: string | null,
  ) {}
}

export class PostRestored {
  constructor(
    readonly postId: string,
    /** Null for the post of an event */
    readonly authorId: string | null,
  ) {}
}

/** A deleted post can no longer be restored; its content is gone. */
export class PostWiped {
  constructor(
    readonly postId: string,
    /** Null for the post of an event */
    readonly authorId: string | null,
  ) {}
}

export class PostLiked {
  constructor(
    readonly postId: string,
    readonly userId: string,
  ) {}
}

export class PostUnliked extends PostLiked {}

export class CommentLiked {
  constructor(
    readonly commentId: string,
    readonly userId: string,
  ) {}
}

export class CommentUnliked extends CommentLiked {}

export class CommentAdded {
  constructor(
    readonly commentId: string,
    readonly postId: string,
    readonly parentId: string | null,
    readonly authorId: string,
    readonly mentionedIds: string[],
  ) {}
}

export class CommentEdited {
  constructor(
    readonly commentId: string,
    readonly postId: string,
    readonly authorId: string,
    /** Mentioned now but not before */
    readonly newlyMentionedIds: string[],
  ) {}
}

/** Includes its replies. */
export class CommentDeleted {
  constructor(
    readonly commentId: string,
    readonly postId: string,
    readonly deletedById: string,
  ) {}
}
