/** Someone asks a private person. */
export class FollowRequested {
  constructor(
    readonly followerId: string,
    readonly followeeId: string,
  ) {}
}

/** People now follow: at once, or because the followee accepted or turned public. */
export class FollowersGained {
  constructor(
    readonly followeeId: string,
    readonly followerIds: string[],
    readonly hadAsked: boolean,
  ) {}
}

/** The follow no longer grants anything. Either of the two ended it. */
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
