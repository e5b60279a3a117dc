import type { Audience } from '@echomate/contracts/posts.dto';

// Whoever passes any of these on must ask the rule about each person who is to hear of it.

/** A post is there, or a share of one. */
export class PostPublished {
  constructor(
    readonly postId: string,
    readonly authorId: string,
    readonly sharedId: string | null,
    readonly mentionedIds: string[],
  ) {}
}

/** It says or shows something else. */
export class PostEdited {
  constructor(
    readonly postId: string,
    readonly authorId: string,
    /** Mentioned now, and not before */
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

/** Gone for everyone, but its author can still bring it back. */
export class PostDeleted {
  constructor(
    readonly postId: string,
    readonly authorId: string,
  ) {}
}

export class PostRestored {
  constructor(
    readonly postId: string,
    readonly authorId: string,
  ) {}
}

/** A deleted post can no longer come back; its words and pictures are gone. */
export class PostWiped {
  constructor(
    readonly postId: string,
    readonly authorId: string,
  ) {}
}

export class PostLiked {
  constructor(
    readonly postId: string,
    readonly userId: string,
  ) {}
}

export class CommentLiked {
  constructor(
    readonly commentId: string,
    readonly userId: string,
  ) {}
}

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
    /** Mentioned now, and not before */
    readonly newlyMentionedIds: string[],
  ) {}
}

/** With its replies. */
export class CommentDeleted {
  constructor(
    readonly commentId: string,
    readonly postId: string,
    readonly deletedById: string,
  ) {}
}
