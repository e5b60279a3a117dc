/** A post is there, or a share of one. Whoever is told must be asked about with the rule. */
export class PostPublished {
  constructor(
    readonly postId: string,
    readonly authorId: string,
    readonly sharedId: string | null,
    readonly mentionedIds: string[],
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
