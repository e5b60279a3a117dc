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
  | { kind: 'edit'; post: number; text: string; to?: Audience; chosen: number[] }
  | { kind: 'deletePost'; post: number }
  | { kind: 'restorePost'; post: number }
  | { kind: 'dayPasses' };

export type Audience = 'public' | 'followers' | 'chosen' | 'unlisted';

/** For whom a text is, or was; nobody but the author knows of an audience that is null. */
interface ModelAudience {
  audience: Audience | null;
  chosen: Set<number>;
}

export interface ModelPost extends ModelAudience {
  author: number;
  text: string;
  /** Whom the author knew of when these words were written: everyone is named in every text */
  mentioned: Set<number>;
  /** What it said before, oldest first */
  versions: (ModelAudience & { text: string })[];
  audience: Audience;
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

  isAmong = (a: number, author: number, { audience, chosen }: ModelAudience): boolean => {
    if (a === author) return true;
    if (audience === 'public' || audience === 'unlisted') return this.seesProfile(a, author);
    if (!this.seesCard(a, author) || !this.isFollowing(a, author)) return false;
    return audience === 'followers' || (audience === 'chosen' && chosen.has(a));
  };
  isInAudience = (a: number, post: ModelPost): boolean =>
    !post.isDeleted && this.isAmong(a, post.author, post);
  mayPassOn = (sharer: number, original: ModelPost): boolean =>
    this.seesCard(sharer, original.author);
  seesPost = (a: number, post: ModelPost): boolean => {
    if (!this.isInAudience(a, post)) return false;
    if (post.shared === null) return true;
    const original = this.posts[post.shared]!;
    return this.isInAudience(a, original) && this.mayPassOn(post.author, original);
  };
  seesVersion = (a: number, post: ModelPost, version: ModelAudience): boolean =>
    this.isAmong(a, post.author, version);
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

  /** Whom a viewer may count. */
  counted = (a: number, people: number[]): number =>
    people.filter((one) => this.seesCard(a, one)).length;
  /** Whose following by b is told to a viewer who sees b's profile. */
  seesFollowed = (a: number, followed: number): boolean => this.seesProfile(a, followed);
  followersOf = (b: number) => this.everyone().filter((a) => this.isFollowing(a, b));
  followedBy = (a: number) => this.everyone().filter((b) => this.isFollowing(a, b));
  blockedBy = (a: number) => this.everyone().filter((b) => this.blocks.has(`${a}>${b}`));
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
      if (fact.kind === 'setAudience') this.setAudience(fact.post, fact.to, fact.chosen);
      else if (fact.kind === 'edit') this.edit(fact);
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

  /** Words and audience change together or not at all. */
  private edit({ post, text, to, chosen }: Extract<Fact, { kind: 'edit' }>): void {
    const edited = this.posts[post]!;
    const before = { text: edited.text, audience: edited.audience, chosen: edited.chosen };
    if (edited.isDeleted || (to && !this.mayChoose(edited.author, to, chosen))) return;
    if (text !== edited.text) {
      edited.versions.push({ ...before, chosen: new Set(before.chosen) });
      edited.mentioned = new Set(this.everyone().filter((b) => this.seesCard(edited.author, b)));
    }
    edited.text = text;
    if (to) this.setAudience(post, to, chosen);
  }

  private setAudience(post: number, to: Audience, chosen: number[]): void {
    const changed = this.posts[post]!;
    if (changed.isDeleted || !this.mayChoose(changed.author, to, chosen)) return;
    // Who had the link is not known once there are other ways to the post.
    if (to !== 'unlisted')
      for (const version of changed.versions)
        if (version.audience === 'unlisted') version.audience = null;
    changed.audience = to;
    changed.chosen = new Set(to === 'chosen' ? chosen : []);
  }

  private mayChoose(author: number, to: Audience, chosen: number[]): boolean {
    return (
      to !== 'chosen' || (chosen.length > 0 && chosen.every((one) => this.isFollowing(one, author)))
    );
  }

  /** Whoever stops following is chosen no more, whatever comes later. */
  private end(a: number, b: number): void {
    this.follows.delete(`${a}>${b}`);
    for (const post of this.posts)
      if (post.author === b) for (const one of [post, ...post.versions]) one.chosen.delete(a);
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
