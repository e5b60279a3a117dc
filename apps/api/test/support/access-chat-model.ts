/** What two people, or a group's members, have written when a history begins: each writer a message, in this order. */
export interface OpeningConversation {
  name: string;
  /** The first of the two began it */
  between?: [string, string];
  /** The group whose room it is */
  group?: string;
  writers: string[];
}

export interface ModelMessage {
  /** What it says */
  name: string;
  conversation: string;
  sender: string;
  /** The message that it answers */
  answers: string | null;
  reactors: string[];
  hasPicture: boolean;
  order: number;
}

interface Conversation {
  name: string;
  between: [string, string] | null;
  group: string | null;
}

export type Closed = 'person-gone' | 'nobody-follows' | null;

/** What the rest of the model knows. */
export interface Standing {
  people: readonly string[];
  isActive(who: string): boolean;
  isPublic(who: string): boolean;
  isFollowing(a: string, b: string): boolean;
  isBlocked(a: string, b: string): boolean;
  seesCard(a: string, b: string): boolean;
  isIn(who: string, group: string): boolean;
}

export const pairName = (one: string, other: string): string => [one, other].sort().join(' and ');
export const roomName = (group: string): string => `the room of ${group}`;

export const wordsBy = (who: string, words: string): string => `${who} writes ${words}`;

/** The first of all, who has the picture, is answered by the second, and everyone else reacts to it. */
export const openingMessages = ({ name, writers }: OpeningConversation): ModelMessage[] =>
  writers.map((sender, at) => ({
    name: `${sender} writes in ${name}`,
    conversation: name,
    sender,
    answers: at === 1 ? `${writers[0]} writes in ${name}` : null,
    reactors: at === 0 ? writers.slice(1) : [],
    hasPicture: at === 0,
    // Before anything that happens.
    order: at - writers.length,
  }));

/** Who reads, writes and is reached where, said again in plain TypeScript. */
export class ChatModel {
  private readonly all = new Map<string, Conversation>();
  private readonly messages: ModelMessage[] = [];
  private readonly accepted = new Set<string>();
  private readonly declined = new Set<string>();
  private readonly read = new Map<string, number>();
  private readonly joined = new Map<string, number>();
  private readonly unseen = new Set<string>();
  private readonly pages = new Set<string>();
  private knewBefore = new Set<string>();
  private now = 0;
  /** What whoever speaks says, whether or not they may */
  words = '';
  /** What open pages must be told of the step */
  readonly pushed = new Map<string, Set<string>>();

  constructor(
    opening: readonly OpeningConversation[],
    private readonly world: Standing,
  ) {
    for (const { name, between, group, ...rest } of opening) {
      this.all.set(name, { name, between: between ?? null, group: group ?? null });
      this.messages.push(...openingMessages({ name, ...rest }));
      for (const who of between ? rest.writers : []) this.accepted.add(`${name} ${who}`);
    }
    for (const who of world.people) this.pages.add(who);
  }

  get names(): string[] {
    return [...this.all.keys()];
  }

  find = (name: string): Conversation | undefined => this.all.get(name);
  messagesIn = (name: string) => this.messages.filter((one) => one.conversation === name);
  private lastIn = (name: string) => this.messagesIn(name).at(-1);
  get everyMessage(): readonly ModelMessage[] {
    return this.messages;
  }

  // ——— the rule

  sees(who: string, name: string): boolean {
    const found = this.all.get(name);
    if (!found || !this.world.isActive(who)) return false;
    return found.between ? found.between.includes(who) : this.world.isIn(who, found.group!);
  }

  /** What two have written stays; in a group, a block hides one from the other. */
  seesMessage(who: string, { conversation, sender }: ModelMessage): boolean {
    if (!this.sees(who, conversation)) return false;
    return Boolean(this.all.get(conversation)!.between) || !this.world.isBlocked(who, sender);
  }

  otherIn(name: string, who: string): string | null {
    return this.all.get(name)?.between?.find((one) => one !== who) ?? null;
  }

  isReached(who: string, name: string): boolean {
    if (!this.sees(who, name)) return false;
    const other = this.otherIn(name, who);
    if (other === null) return true;
    const key = `${name} ${who}`;
    if (this.accepted.has(key) || this.world.isFollowing(who, other)) return true;
    return !this.declined.has(key) && this.world.isPublic(who);
  }

  closedFor(who: string, name: string): Closed {
    const other = this.otherIn(name, who);
    if (other === null) return null;
    if (!this.world.seesCard(who, other)) return 'person-gone';
    return this.doFollow(who, other) ? null : 'nobody-follows';
  }

  mayWrite = (who: string, name: string) => this.sees(who, name) && !this.closedFor(who, name);
  mayStart = (who: string, whom: string) =>
    who !== whom && this.world.seesCard(who, whom) && this.doFollow(who, whom);

  private doFollow(a: string, b: string): boolean {
    return this.world.isFollowing(a, b) || this.world.isFollowing(b, a);
  }

  seesPresence(a: string, b: string): boolean {
    const { seesCard, isFollowing } = this.world;
    return a !== b && seesCard(a, b) && isFollowing(a, b) && !this.unseen.has(b);
  }

  /** Null where the viewer is not to know. */
  isOnline(a: string, b: string | null): boolean | null {
    return b !== null && this.seesPresence(a, b) ? this.pages.has(b) : null;
  }

  hasPage = (who: string): boolean => this.pages.has(who);

  // ——— lists

  /** The newest that somebody may see shows in their lists, and gives the conversation its place. */
  lastFor = (who: string, name: string): ModelMessage | undefined =>
    this.messagesIn(name).findLast((message) => this.seesMessage(who, message));
  inbox = (who: string) =>
    this.names.filter((name) => this.lastFor(who, name) && this.isReached(who, name));
  requests = (who: string) =>
    this.names.filter(
      (name) =>
        this.lastFor(who, name) &&
        this.sees(who, name) &&
        !this.isReached(who, name) &&
        !this.declined.has(`${name} ${who}`),
    );

  private readUpTo(who: string, name: string): number {
    const { group } = this.all.get(name)!;
    const read = this.read.get(`${name} ${who}`);
    return read ?? (group === null ? -Infinity : (this.joined.get(`${group} ${who}`) ?? 0));
  }

  unreadIn = (who: string, name: string) =>
    this.messagesIn(name).filter(
      (message) =>
        message.sender !== who &&
        message.order > this.readUpTo(who, name) &&
        this.seesMessage(who, message),
    ).length;

  /** How many messages of two, unread, reach somebody at once. */
  unreadOfTwo = (who: string) =>
    this.names
      .filter((name) => this.all.get(name)!.between && this.isReached(who, name))
      .reduce((sum, name) => sum + this.unreadIn(who, name), 0);

  /** Two of whom one has written last to the other, and rooms with something new. */
  unread = (who: string) =>
    this.inbox(who).filter((name) =>
      this.all.get(name)!.between
        ? this.lastIn(name)!.order > this.readUpTo(who, name)
        : this.unreadIn(who, name) > 0,
    ).length;

  /** Up to which message others have read, as far as the viewer may know. */
  readers = (who: string, name: string) =>
    this.world.people
      .filter((one) => one !== who && this.read.has(`${name} ${one}`))
      .filter((one) => this.isReached(one, name) && this.world.seesCard(who, one));

  found = (who: string, names: string[]) =>
    this.messages.filter(
      (message) => names.includes(message.conversation) && this.seesMessage(who, message),
    );

  // ——— what happens

  begin(): void {
    this.pushed.clear();
    const { people } = this.world;
    this.knewBefore = new Set(
      people.flatMap((one) =>
        people.filter((other) => this.seesPresence(one, other)).map((other) => `${one} ${other}`),
      ),
    );
    this.now++;
    this.words = `number ${this.now}`;
  }

  /** What pages may be told besides: that a conversation of theirs has changed, and who is online. */
  mayBePushed(who: string, push: string): boolean {
    const [name, about = ''] = push.split(': ');
    if (name === 'presence.changed')
      return this.seesPresence(who, about) || this.knewBefore.has(`${who} ${about}`);
    const found = this.all.get(about);
    return name === 'conversation.changed' && Boolean(found?.between?.includes(who));
  }

  push(who: string, what: string): void {
    if (!this.pages.has(who)) return;
    this.pushed.set(who, (this.pushed.get(who) ?? new Set()).add(what));
  }

  start(by: string, of: string): void {
    const name = pairName(by, of);
    if (this.all.has(name) || !this.mayStart(by, of)) return;
    this.all.set(name, { name, between: [by, of], group: null });
    this.accepted.add(`${name} ${by}`);
  }

  say(by: string, name: string): void {
    if (!this.mayWrite(by, name)) return;
    const message = {
      name: wordsBy(by, this.words),
      conversation: name,
      sender: by,
      answers: null,
      reactors: [],
      hasPicture: false,
      order: this.now,
    };
    this.messages.push(message);
    this.settle(by, name, true);
    this.read.set(`${name} ${by}`, message.order);
    for (const one of this.world.people)
      if (this.isReached(one, name) && this.seesMessage(one, message))
        this.push(one, `message.added: ${message.name}`);
  }

  type(by: string, name: string): void {
    if (!this.pages.has(by) || !this.mayWrite(by, name)) return;
    for (const one of this.world.people)
      if (one !== by && this.isReached(one, name) && this.world.seesCard(one, by))
        this.push(one, `typing: ${by} in ${name}`);
  }

  answerRequest(by: string, name: string, isAccepted: boolean): void {
    if (this.sees(by, name)) this.settle(by, name, isAccepted);
  }

  readAll(by: string, name: string): void {
    const last = this.lastIn(name);
    if (!last || !this.sees(by, name)) return;
    const key = `${name} ${by}`;
    if ((this.read.get(key) ?? -Infinity) >= last.order) return;
    const before = this.readUpTo(by, name);
    const other = this.otherIn(name, by);
    const isReached = this.isReached(by, name);
    if (other !== null && isReached) this.settle(by, name, true);
    this.read.set(key, last.order);
    this.push(by, `conversation.read: ${by} in ${name}`);
    const written = this.messagesIn(name).filter(({ order }) => order > before);
    const told = other === null ? written.map(({ sender }) => sender) : [other];
    for (const one of isReached ? told : [])
      if (one !== by && this.isReached(one, name) && this.world.seesCard(one, by))
        this.push(one, `conversation.read: ${by} in ${name}`);
  }

  setPresence(by: string, isShown: boolean): void {
    this.unseen[isShown ? 'delete' : 'add'](by);
  }

  setPage(of: string, isOpen: boolean): void {
    this.pages[isOpen && this.world.isActive(of) ? 'add' : 'delete'](of);
  }

  enter(who: string, group: string): void {
    this.joined.set(`${group} ${who}`, this.now);
  }

  /** Whoever is out is told that something has changed. */
  leave(who: string, group: string): void {
    const name = roomName(group);
    if (this.all.has(name)) this.push(who, `conversation.changed: ${name}`);
  }

  /** A follow between the two has ended. */
  part(one: string, other: string): void {
    const name = pairName(one, other);
    for (const who of [one, other])
      if (this.sees(who, name)) this.push(who, `conversation.changed: ${name}`);
  }

  private settle(who: string, name: string, isAccepted: boolean): void {
    const key = `${name} ${who}`;
    this.accepted[isAccepted ? 'add' : 'delete'](key);
    this.declined[isAccepted ? 'delete' : 'add'](key);
  }

  readMark = (who: string, name: string): string | null => {
    const order = this.read.get(`${name} ${who}`);
    return (
      this.messages.find((one) => one.conversation === name && one.order === order)?.name ?? null
    );
  };
}
