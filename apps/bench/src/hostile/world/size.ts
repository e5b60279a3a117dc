/** How much of everything there is: as the run asks for it, and in a small world as much as there are people for. */
export interface Size {
  people: number;
  posts: number;
  /** Posts, comments, likes and followers that stand before what a reader may see. */
  mass: number;
  /** Of an author, in either direction. */
  blocks: number;
  ownBlocks: number;
  shunners: number;
  comments: number;
  likes: number;
  networkers: number;
  followsOfNetworker: number;
  manyFollows: number;
  requests: number;
  stormFollowers: number;
  /** Of the group that the prolific one leads */
  groupMembers: number;
  commentsOfOne: number;
  uploads: number;
  versions: number;
}

export function sizeOf(people: number, posts: number): Size {
  const upTo = (wanted: number, share: number) => Math.min(wanted, Math.floor(people * share));
  return {
    people,
    posts,
    mass: upTo(25_000, 0.25),
    blocks: upTo(1000, 0.2),
    ownBlocks: upTo(2000, 0.25),
    shunners: upTo(5000, 0.25),
    comments: 3000,
    likes: upTo(20_000, 0.8),
    networkers: 200,
    followsOfNetworker: upTo(1500, 0.25),
    manyFollows: upTo(5000, 0.5),
    requests: upTo(4000, 0.5),
    stormFollowers: upTo(4686, 0.5),
    groupMembers: upTo(10_000, 0.5),
    commentsOfOne: upTo(5000, 0.5),
    uploads: upTo(10_000, 0.5),
    versions: 500,
  };
}
