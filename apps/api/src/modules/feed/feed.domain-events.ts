/** They are in the feeds that they belong to, as far as those are written. */
export class PostsFannedOut {
  constructor(readonly postIds: string[]) {}
}
