/** Something that happens; people and posts are numbers. */
export type Fact =
  | {
      kind:
        | 'follow'
        | 'unfollow'
        | 'accept'
        | 'decline'
        | 'removeFollower'
        | 'block'
        | 'unblock'
        | 'mute'
        | 'unmute';
      by: number;
      of: number;
    }
  | { kind: 'setVisibility'; by: number; to: 'public' | 'private' }
  | { kind: 'setField'; by: number; field: Field; to: 'profile' | 'followers' | 'me' }
  | { kind: 'setAudience'; post: number; to: Audience; chosen: number[] }
  | { kind: 'deletePost'; post: number }
  | { kind: 'restorePost'; post: number }
  | { kind: 'dayPasses' };

export type Audience = 'public' | 'followers' | 'chosen' | 'unlisted';

export interface ModelPost {
  author: number;
  audience: Audience;
  chosen: Set<number>;
  /** The post that it passes on */
  shared: number | null;
  isDeleted: boolean;
  likers: number[];
  /** Who commented, and who answered that comment */
  commenter: number;
  replier: number;
}

export type Field = 'email' | 'dateOfBirth';
type Status = 'none' | 'requested' | 'accepted' | 'declined';

/** Who may see what, said again in plain TypeScript: knows nothing of the program, its SQL or its routes. */
export class AccessModel {
  readonly follows = new Map<string, { status: Status; isFresh: boolean }>();
  readonly blocks = new Set<string>();
  readonly mutes = new Set<string>();
  readonly isPrivate: boolean[];
  readonly fields: Record<Field, ('profile' | 'followers' | 'me')[]>;

  constructor(
    readonly people: number,
    readonly posts: ModelPost[] = [],
  ) {
    this.isPrivate = Array<boolean>(people).fill(false);
    this.fields = {
      email: Array(people).fill('profile'),
      dateOfBirth: Array(people).fill('profile'),
    };
  }

  // ——— the rule; fields, so that a test can break them one by one

  status = (a: number, b: number): Status => this.follows.get(`${a}>${b}`)?.status ?? 'none';
  isFollowing = (a: number, b: number): boolean => this.status(a, b) === 'accepted';
  isBlocked = (a: number, b: number): boolean =>
    this.blocks.has(`${a}>${b}`) || this.blocks.has(`${b}>${a}`);
  seesCard = (a: number, b: number): boolean => !this.isBlocked(a, b);
  seesProfile = (a: number, b: number): boolean =>
    a === b || (this.seesCard(a, b) && (!this.isPrivate[b] || this.isFollowing(a, b)));
  seesField = (a: number, b: number, field: Field): boolean => {
    if (a === b) return true;
    if (!this.seesCard(a, b)) return false;
    const to = this.fields[field][b];
    return to === 'profile' ? this.seesProfile(a, b) : to === 'followers' && this.isFollowing(a, b);
  };

  isInAudience = (a: number, { author, audience, chosen, isDeleted }: ModelPost): boolean => {
    if (isDeleted) return false;
    if (a === author) return true;
    if (audience === 'public' || audience === 'unlisted') return this.seesProfile(a, author);
    if (!this.seesCard(a, author) || !this.isFollowing(a, author)) return false;
    return audience === 'followers' || chosen.has(a);
  };
  seesPost = (a: number, post: ModelPost): boolean =>
    this.isInAudience(a, post) &&
    (post.shared === null || this.isInAudience(a, this.posts[post.shared]!));
  isListed = (post: ModelPost): boolean =>
    post.audience !== 'unlisted' &&
    (post.shared === null || this.posts[post.shared]!.audience !== 'unlisted');
  seesInLists = (a: number, post: ModelPost): boolean =>
    this.seesPost(a, post) && this.isListed(post);
  isInFeed = (a: number, post: ModelPost): boolean => {
    if (!this.seesInLists(a, post)) return false;
    const authors = [
      post.author,
      ...(post.shared === null ? [] : [this.posts[post.shared]!.author]),
    ];
    return (
      (a === post.author || this.isFollowing(a, post.author)) &&
      authors.every((author) => !this.mutes.has(`${a}>${author}`))
    );
  };

  followersOf = (b: number) => this.everyone().filter((a) => this.isFollowing(a, b));
  followedBy = (a: number) => this.everyone().filter((b) => this.isFollowing(a, b));
  requestsTo = (b: number) => this.everyone().filter((a) => this.status(a, b) === 'requested');
  everyone = () => Array.from({ length: this.people }, (_, index) => index);

  // ——— what happens

  apply(fact: Fact): void {
    if (fact.kind === 'dayPasses') {
      for (const follow of this.follows.values()) follow.isFresh = false;
      return;
    }
    if (fact.kind === 'setVisibility') {
      this.isPrivate[fact.by] = fact.to === 'private';
      if (fact.to === 'public')
        for (const a of this.requestsTo(fact.by)) this.set(a, fact.by, 'accepted');
      return;
    }
    if ('post' in fact) {
      if (fact.kind === 'setAudience') this.setAudience(fact);
      else this.posts[fact.post]!.isDeleted = fact.kind === 'deletePost';
      return;
    }
    if (fact.kind === 'setField') {
      this.fields[fact.field][fact.by] = fact.to;
      return;
    }
    const { by, of } = fact;
    switch (fact.kind) {
      case 'follow':
        return this.follow(by, of);
      case 'unfollow':
        if (!this.isBlocked(by, of) && this.status(by, of) !== 'declined') this.end(by, of);
        return;
      case 'accept':
        if (this.status(of, by) === 'requested') this.set(of, by, 'accepted');
        return;
      case 'decline':
        if (this.status(of, by) === 'requested') this.set(of, by, 'declined');
        return;
      case 'removeFollower':
        if (this.status(of, by) === 'accepted') this.end(of, by);
        return;
      case 'block':
        if (this.isBlocked(by, of)) return;
        this.end(by, of);
        this.end(of, by);
        this.blocks.add(`${by}>${of}`);
        return;
      case 'unblock':
        this.blocks.delete(`${by}>${of}`);
        return;
      case 'mute':
        if (!this.isBlocked(by, of)) this.mutes.add(`${by}>${of}`);
        return;
      case 'unmute':
        this.mutes.delete(`${by}>${of}`);
    }
  }

  private setAudience({ post, to, chosen }: Extract<Fact, { kind: 'setAudience' }>): void {
    const changed = this.posts[post]!;
    const isValid =
      to !== 'chosen' ||
      (chosen.length > 0 && chosen.every((one) => this.isFollowing(one, changed.author)));
    if (changed.isDeleted || !isValid) return;
    changed.audience = to;
    changed.chosen = new Set(to === 'chosen' ? chosen : []);
  }

  /** Whoever stops following is chosen no more, whatever comes later. */
  private end(a: number, b: number): void {
    this.follows.delete(`${a}>${b}`);
    for (const post of this.posts) if (post.author === b) post.chosen.delete(a);
  }

  private follow(by: number, of: number): void {
    if (this.isBlocked(by, of)) return;
    const { status, isFresh } = this.follows.get(`${by}>${of}`) ?? {
      status: 'none',
      isFresh: false,
    };
    if (status === 'accepted' || status === 'requested') return;
    if (!this.isPrivate[of]) this.set(by, of, 'accepted');
    else if (status === 'none' || !isFresh) this.set(by, of, 'requested');
  }

  private set(a: number, b: number, status: Status): void {
    this.follows.set(`${a}>${b}`, { status, isFresh: true });
  }
}
