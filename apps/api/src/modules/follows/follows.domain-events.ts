/** Someone asks a private person. */
export class FollowRequested {
  constructor(
    readonly followerId: string,
    readonly followeeId: string,
  ) {}
}

/** Someone follows a public person, without having to ask. */
export class FollowerGained {
  constructor(
    readonly followerId: string,
    readonly followeeId: string,
  ) {}
}

/** People who asked now follow: the person said yes, or turned public. */
export class FollowRequestsAccepted {
  constructor(
    readonly followeeId: string,
    readonly followerIds: string[],
  ) {}
}

/** A follow has ended, whoever ended it: what it opened is closed. */
export class FollowEnded {
  constructor(
    readonly followerId: string,
    readonly followeeId: string,
  ) {}
}

export class PersonBlocked {
  constructor(
    readonly blockerId: string,
    readonly blockedId: string,
  ) {}
}
