import { ChatModel, type OpeningConversation } from './access-chat-model.js';
import { EventsModel, type OpeningEvent } from './access-event-model.js';
import { GroupsModel, type OpeningGroup } from './access-group-model.js';
import { NotificationsModel } from './access-notification-model.js';
import type { Act, Audience, Field, FieldVisibility, OwnAudience, Step } from './access-steps.js';

/** For whom a text is, or was; nobody but the author knows of an audience that is null. */
interface ModelAudience {
  audience: Audience | null;
  chosen: Set<string>;
  /** In which group it is */
  group: string | null;
}

export interface ModelPost extends ModelAudience {
  name: string;
  author: string;
  text: string;
  /** Whom the author knew of when these words were written: everyone is named in every text */
  mentioned: Set<string>;
  /** What it said before, oldest first */
  versions: (ModelAudience & { text: string })[];
  audience: Audience;
  /** The post that it passes on */
  shared: string | null;
  isDeleted: boolean;
  /** Only they can restore it */
  deletedBy: string | null;
  /** The first of them likes the comment, too */
  likers: string[];
  /** Who commented, and who answered that comment */
  commenter: string;
  replier: string;
  /** Who wrote a second comment, and a second reply to the first */
  alsoBy?: string;
  /** Who wrote and deleted a comment, and a reply to the first */
  commentsDeletedBy?: string;
  /** Who has reported it */
  reporter?: string;
  /** Its picture is not ready yet */
  isUnready?: boolean;
  /** To the top of its group */
  isPinned?: boolean;
}

type Status = 'none' | 'requested' | 'accepted' | 'declined';

/** Who may see what, said again in plain TypeScript: knows nothing of the program, its SQL or its routes. */
export class AccessModel {
  private readonly follows = new Map<string, { status: Status; isFresh: boolean }>();
  private readonly blocks = new Set<string>();
  private readonly mutes = new Set<string>();
  private readonly isPrivate = new Set<string>();
  private readonly inactive = new Set<string>();
  private readonly fields = new Map<string, FieldVisibility>();
  private readonly byName: Map<string, ModelPost>;
  readonly groups: GroupsModel;
  readonly events: EventsModel;
  readonly chat: ChatModel;
  readonly notifications: NotificationsModel;

  constructor(
    readonly people: readonly string[],
    readonly posts: readonly ModelPost[] = [],
    groups: readonly OpeningGroup[] = [],
    events: readonly OpeningEvent[] = [],
    conversations: readonly OpeningConversation[] = [],
  ) {
    this.chat = new ChatModel(conversations, {
      people,
      isActive: this.isActive,
      isPublic: this.isPublic,
      isFollowing: (a, b) => this.isFollowing(a, b),
      isBlocked: (a, b) => this.isBlocked(a, b),
      seesCard: (a, b) => this.seesCard(a, b),
      isIn: (who, group) => this.groups.isIn(who, group),
    });
    this.groups = new GroupsModel(groups, {
      seesCard: (a, b) => this.seesCard(a, b),
      onEntered: (who, group) => this.chat.enter(who, group),
      onLeft: (who, group) => {
        this.events.leave(who, group);
        this.chat.leave(who, group);
      },
      onClosed: (who, group) => this.chat.leave(who, group),
      tell: (to, actor, kind, group) => this.notifications.tell(to, actor, kind, { group }),
    });
    this.events = new EventsModel(events, {
      isActive: this.isActive,
      isIn: this.groups.isIn,
      leads: (who, group) => this.groups.leads(who, group),
      seesCard: (a, b) => this.seesCard(a, b),
      isMuting: (a, b) => this.isMuting(a, b),
    });
    this.byName = new Map(posts.map((post) => [post.name, post]));
    this.notifications = new NotificationsModel(this);
    this.notifications.open();
  }

  post(name: string): ModelPost {
    const post = this.byName.get(name);
    if (!post) throw new Error(`There is no post “${name}”`);
    return post;
  }

  // ——— people

  status(a: string, b: string): Status {
    return this.follows.get(`${a}>${b}`)?.status ?? 'none';
  }

  isFollowing(a: string, b: string): boolean {
    return this.status(a, b) === 'accepted';
  }

  isMuting(a: string, b: string): boolean {
    return this.mutes.has(`${a}>${b}`);
  }

  private isBlocked(a: string, b: string): boolean {
    return this.blocks.has(`${a}>${b}`) || this.blocks.has(`${b}>${a}`);
  }

  isActive = (a: string) => !this.inactive.has(a);
  isPublic = (a: string) => !this.isPrivate.has(a);

  /** Everything else about a person, and whatever they did, asks this first. */
  seesCard(a: string, b: string): boolean {
    return this.isActive(b) && !this.isBlocked(a, b);
  }

  seesProfile(a: string, b: string): boolean {
    return a === b || (this.seesCard(a, b) && (!this.isPrivate.has(b) || this.isFollowing(a, b)));
  }

  seesField(a: string, b: string, field: Field): boolean {
    if (a === b) return true;
    if (!this.seesCard(a, b)) return false;
    const to = this.fields.get(`${b} ${field}`) ?? 'profile';
    return to === 'profile' ? this.seesProfile(a, b) : to === 'followers' && this.isFollowing(a, b);
  }

  /** Of these people, those a viewer may see or count. */
  visible(a: string, people: string[]): string[] {
    return people.filter((one) => this.seesCard(a, one));
  }

  followersOf = (b: string) => this.people.filter((a) => this.isFollowing(a, b));
  followedBy = (a: string) => this.people.filter((b) => this.isFollowing(a, b));
  blockedBy = (a: string) => this.people.filter((b) => this.blocks.has(`${a}>${b}`));
  requestsTo = (b: string) => this.people.filter((a) => this.status(a, b) === 'requested');

  // ——— posts

  private isAmong(a: string, author: string, { audience, chosen, group }: ModelAudience): boolean {
    // Their own too: an author who is out has lost them.
    if (audience === 'group')
      return this.groups.isIn(a, group!) && (a === author || this.seesCard(a, author));
    if (a === author) return true;
    if (audience === 'me') return false;
    if (audience === 'public' || audience === 'unlisted') return this.seesProfile(a, author);
    if (!this.seesCard(a, author) || !this.isFollowing(a, author)) return false;
    return audience === 'followers' || (audience === 'chosen' && chosen.has(a));
  }

  isInAudience(a: string, post: ModelPost): boolean {
    return this.isActive(a) && !post.isDeleted && this.isAmong(a, post.author, post);
  }

  seesPost(a: string, post: ModelPost): boolean {
    if (!this.isInAudience(a, post)) return false;
    if (post.shared === null) return true;
    const original = this.post(post.shared);
    return this.isInAudience(a, original) && this.seesCard(post.author, original.author);
  }

  seesPicture(a: string, post: ModelPost): boolean {
    return this.seesPost(a, post) && (!post.isUnready || a === post.author);
  }

  seesVersion(a: string, post: ModelPost, version: ModelAudience): boolean {
    return this.seesPost(a, post) && this.isAmong(a, post.author, version);
  }

  seesInLists(a: string, post: ModelPost): boolean {
    const isUnlisted = (one: ModelPost) => one.audience === 'unlisted';
    return (
      this.seesPost(a, post) &&
      !isUnlisted(post) &&
      (post.shared === null || !isUnlisted(this.post(post.shared)))
    );
  }

  /** On the own profile people find what they have left unlisted too. */
  seesOnProfile(a: string, post: ModelPost): boolean {
    return a === post.author ? this.seesPost(a, post) : this.seesInLists(a, post);
  }

  isInFeed(a: string, post: ModelPost): boolean {
    const authors = [post.author, ...(post.shared === null ? [] : [this.post(post.shared).author])];
    return (
      this.seesInLists(a, post) &&
      (a === post.author || post.group !== null || this.isFollowing(a, post.author)) &&
      authors.every((author) => !this.isMuting(a, author))
    );
  }

  isMentioned(a: string, post: ModelPost): boolean {
    return a !== post.author && post.mentioned.has(a) && this.seesInLists(a, post);
  }

  // ——— comments

  private seesCommenter(a: string, post: ModelPost, person: string): boolean {
    return this.seesCard(a, person) && this.seesCard(post.author, person);
  }

  seesComment(a: string, post: ModelPost): boolean {
    return this.seesPost(a, post) && this.seesCommenter(a, post, post.commenter);
  }

  seesReply(a: string, post: ModelPost): boolean {
    return this.seesComment(a, post) && this.seesCommenter(a, post, post.replier);
  }

  /** The second comment; the second reply is there if the first comment is, too. */
  seesAlso(a: string, post: ModelPost): boolean {
    return (
      post.alsoBy !== undefined &&
      this.seesPost(a, post) &&
      this.seesCommenter(a, post, post.alsoBy)
    );
  }

  /** Whether the first and the second reply are there. */
  replies(a: string, post: ModelPost): boolean[] {
    return [this.seesReply(a, post), this.seesComment(a, post) && this.seesAlso(a, post)];
  }

  // ——— what happens

  apply(step: Step): void {
    this.chat.begin();
    // Whoever is not active has no session to do anything with.
    const actor = 'by' in step ? step.by : undefined;
    const author = 'post' in step ? this.post(step.post).author : undefined;
    const who = actor ?? author;
    if (who && !this.isActive(who)) return;
    if ('group' in step) return this.groups.apply(step);
    if ('conversation' in step) return this.converse(step);
    switch (step.kind) {
      case 'setState':
        this.inactive[step.to === 'active' ? 'delete' : 'add'](step.of);
        if (step.to !== 'active') this.chat.setPage(step.of, false);
        return;
      case 'setPage':
        return this.chat.setPage(step.of, step.isOpen);
      case 'setPresence':
        return this.chat.setPresence(step.by, step.isShown);
      case 'startChat':
        return this.chat.start(step.by, step.of);
      case 'dayPasses':
        for (const follow of this.follows.values()) follow.isFresh = false;
        this.groups.dayPasses();
        return;
      case 'setVisibility':
        this.isPrivate[step.to === 'private' ? 'add' : 'delete'](step.by);
        if (step.to === 'public') for (const a of this.requestsTo(step.by)) this.accept(step.by, a);
        return;
      case 'setField':
        this.fields.set(`${step.by} ${step.field}`, step.to);
        return;
      case 'setAudience':
        return this.setAudience(this.post(step.post), step.to, step.chosen);
      case 'edit':
        return this.edit(step);
      case 'deletePost':
      case 'restorePost':
        return this.deleteOrRestore(this.post(step.post), who!, step.kind === 'deletePost');
      default:
        return this.act(step);
    }
  }

  private converse({ kind, by, conversation }: Extract<Step, { conversation: string }>): void {
    switch (kind) {
      case 'say':
        return this.chat.say(by, conversation);
      case 'type':
        return this.chat.type(by, conversation);
      case 'readChat':
        return this.chat.readAll(by, conversation);
      default:
        return this.chat.answerRequest(by, conversation, kind === 'acceptChat');
    }
  }

  private accept(by: string, of: string): void {
    this.set(of, by, 'accepted');
    this.notifications.tell(of, by, 'follow-accepted');
  }

  private act({ kind, by, of }: Extract<Step, { kind: Act }>): void {
    switch (kind) {
      case 'follow':
        return this.follow(by, of);
      case 'unfollow':
        if (this.seesCard(by, of) && this.status(by, of) !== 'declined') this.end(by, of);
        return;
      case 'accept':
      case 'decline':
        if (this.seesCard(by, of) && this.status(of, by) === 'requested')
          if (kind === 'accept') this.accept(by, of);
          else this.set(of, by, 'declined');
        return;
      case 'restoreRequest':
        return this.restoreRequest(by, of);
      case 'removeFollower':
        if (this.seesCard(by, of) && this.status(of, by) === 'accepted') this.end(of, by);
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
        if (this.seesCard(by, of)) this.mutes.add(`${by}>${of}`);
        return;
      case 'unmute':
        this.mutes.delete(`${by}>${of}`);
    }
  }

  /** In a group whoever leads it deletes posts too; nobody does anything in a group that they are not in. */
  private deleteOrRestore(post: ModelPost, by: string, isDeleted: boolean): void {
    const isTheirs = by === post.author && this.isWithin(post);
    const mayDecide = isTheirs || (post.group !== null && this.groups.leads(by, post.group));
    if (!mayDecide || post.isDeleted === isDeleted) return;
    if (!isDeleted && post.deletedBy !== by) return;
    post.isDeleted = isDeleted;
    post.deletedBy = isDeleted ? by : null;
  }

  private isWithin({ author, group }: ModelPost): boolean {
    return group === null || this.groups.isIn(author, group);
  }

  /** Words and audience change together or not at all; what is in a group stays there. */
  private edit({ post, text, to, chosen }: Extract<Step, { kind: 'edit' }>): void {
    const edited = this.post(post);
    const { group, audience } = edited;
    const before = { text: edited.text, audience, chosen: edited.chosen, group };
    if (!this.isWithin(edited) || (to && group !== null)) return;
    if (edited.isDeleted || (to && !this.mayChoose(edited.author, to, chosen))) return;
    if (text !== edited.text) {
      edited.versions.push({ ...before, chosen: new Set(before.chosen) });
    }
    const mentioned = this.visible(edited.author, [...this.people]);
    const added = mentioned.filter((one) => text !== edited.text && !edited.mentioned.has(one));
    if (text !== edited.text) edited.mentioned = new Set(mentioned);
    edited.text = text;
    if (to) this.setAudience(edited, to, chosen);
    for (const one of added) this.notifications.tell(one, edited.author, 'mention', { post });
  }

  private setAudience(post: ModelPost, to: OwnAudience, chosen: string[]): void {
    if (post.isDeleted || post.group !== null || !this.mayChoose(post.author, to, chosen)) return;
    // Who had the link is not known once there are other ways to the post.
    if (to !== 'unlisted')
      for (const version of post.versions)
        if (version.audience === 'unlisted') version.audience = null;
    post.audience = to;
    post.chosen = new Set(to === 'chosen' ? chosen : []);
  }

  private mayChoose(author: string, to: OwnAudience, chosen: string[]): boolean {
    return (
      to !== 'chosen' ||
      (chosen.length > 0 &&
        chosen.every((one) => this.isActive(one) && this.isFollowing(one, author)))
    );
  }

  /** Whoever stops following is chosen no more, whatever comes later. */
  private end(a: string, b: string): void {
    if (this.isFollowing(a, b)) this.chat.part(a, b);
    this.follows.delete(`${a}>${b}`);
    for (const post of this.posts)
      if (post.author === b) for (const one of [post, ...post.versions]) one.chosen.delete(a);
  }

  private follow(by: string, of: string): void {
    if (!this.seesCard(by, of)) return;
    const { status, isFresh } = this.follows.get(`${by}>${of}`) ?? {
      status: 'none',
      isFresh: false,
    };
    if (status === 'accepted' || status === 'requested') return;
    const isAsking = this.isPrivate.has(of);
    if (isAsking && status !== 'none' && isFresh) return;
    this.set(by, of, isAsking ? 'requested' : 'accepted');
    this.notifications.tell(of, by, isAsking ? 'follow-request' : 'follower');
  }

  /** While it is fresh, and only where one has to ask. */
  private restoreRequest(by: string, of: string): void {
    const asked = this.follows.get(`${of}>${by}`);
    if (
      this.seesCard(by, of) &&
      this.isPrivate.has(by) &&
      asked?.status === 'declined' &&
      asked.isFresh
    )
      this.set(of, by, 'requested');
  }

  private set(a: string, b: string, status: Status): void {
    this.follows.set(`${a}>${b}`, { status, isFresh: true });
  }
}
