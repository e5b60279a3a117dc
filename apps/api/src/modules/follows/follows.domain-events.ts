/** Someone asks a private person. */
export class FollowRequested {
  constructor(
    readonly followerId: string,
    readonly followeeId: string,
  ) {}
}

/** People now follow: at once, or because the person they had asked said yes or turned public. */
export class FollowersGained {
  constructor(
    readonly followeeId: string,
    readonly followerIds: string[],
    readonly hadAsked: boolean,
  ) {}
}

/** What the follow opened is closed. It was ended by either of the two. */
export class FollowEnded {
  constructor(
    readonly followerId: string,
    readonly followeeId: string,
    readonly endedById: string,
  ) {}
}

export class PersonBlocked {
  constructor(
    readonly blockerId: string,
    readonly blockedId: string,
  ) {}
}
