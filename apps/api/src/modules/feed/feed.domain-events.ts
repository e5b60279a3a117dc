/** The posts are now in every feed that is fanned out. */
export class PostsFannedOut {
  constructor(readonly postIds: string[]) {}
}
