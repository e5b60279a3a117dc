import type { AccessModel, ModelPost } from './access-model.js';
import type { ModelEvent } from './access-event-model.js';

/** A comment or a share that is told of, and who sees it now. */
interface Written {
  name: string;
  sees(model: AccessModel, viewer: string): boolean;
}

interface About {
  post?: string;
  comment?: Written;
  group?: string;
  event?: string;
}

interface Told {
  to: string;
  kind: string;
  about: About;
  /** Who did it, the newest last, and what they wrote */
  actions: Map<string, Written | null>;
}

export type CommentPart = 'comment' | 'reply' | 'second comment' | 'second reply' | 'deleted reply';

export const partOf = (post: string, part: CommentPart): string => `the ${part} on “${post}”`;

const sight: Record<CommentPart, (model: AccessModel, viewer: string, post: ModelPost) => boolean> =
  {
    comment: (model, viewer, post) => model.seesComment(viewer, post),
    reply: (model, viewer, post) => model.seesReply(viewer, post),
    'second comment': (model, viewer, post) => model.seesAlso(viewer, post),
    'second reply': (model, viewer, post) => model.replies(viewer, post)[1]!,
    'deleted reply': () => false,
  };

const commentOn = ({ name }: ModelPost, part: CommentPart): Written => ({
  name: partOf(name, part),
  sees: (model, viewer) => sight[part](model, viewer, model.post(name)),
});

const commentInEvent = ({ name }: ModelEvent, part: 'comment' | 'reply'): Written => ({
  name: partOf(name, part),
  sees: ({ events }, viewer) =>
    part === 'comment'
      ? events.seesComment(viewer, events.named(name))
      : events.seesReply(viewer, events.named(name)),
});

const shareNamed = (name: string): Written => ({
  name,
  sees: (model, viewer) => model.seesPost(viewer, model.post(name)),
});

/** What everyone is told, and may still learn of it, said again in plain TypeScript. Nobody reads any of it. */
export class NotificationsModel {
  private readonly told = new Map<string, Told>();

  constructor(private readonly model: AccessModel) {}

  /** All of it is told while everyone sees everything. */
  open(): void {
    const { model } = this;
    for (const post of model.posts) this.openPost(post);
    for (const event of model.events.all) {
      const { name, maker, commenter, replier } = event;
      for (const to of model.people) {
        for (const kind of ['event-created', 'event-changed', 'event-cancelled'])
          this.add(to, maker, kind, { event: name });
        this.add(to, null, 'event-reminder', { event: name });
      }
      this.add(
        commenter,
        replier,
        'reply',
        { comment: commentInEvent(event, 'comment') },
        commentInEvent(event, 'reply'),
      );
    }
  }

  private openPost(post: ModelPost): void {
    const { name, author, likers, commenter, replier, alsoBy, deletedBy: _, shared } = post;
    for (const to of this.model.people) this.add(to, author, 'mention', { post: name });
    if (shared)
      this.add(this.model.post(shared).author, author, 'share', { post: shared }, shareNamed(name));
    for (const liker of likers) this.add(author, liker, 'like', { post: name });
    this.add(author, commenter, 'comment', { post: name }, commentOn(post, 'comment'));
    const comment = { comment: commentOn(post, 'comment') };
    if (likers[0]) this.add(commenter, likers[0], 'like', comment);
    const reply = (by: string, part: CommentPart) => {
      this.add(commenter, by, 'reply', comment, commentOn(post, part));
      if (author !== commenter)
        this.add(author, by, 'comment', { post: name }, commentOn(post, part));
    };
    reply(replier, 'reply');
    if (alsoBy) {
      this.add(author, alsoBy, 'comment', { post: name }, commentOn(post, 'second comment'));
      reply(alsoBy, 'second reply');
    }
    if (post.commentsDeletedBy) reply(post.commentsDeletedBy, 'deleted reply');
  }

  /** Of what happens now people are told who may learn it. */
  tell(to: string, actor: string, kind: string, about: About = {}): void {
    const { model } = this;
    const { post, comment } = about;
    const isAllowed =
      model.isActive(to) &&
      model.seesCard(to, actor) &&
      !model.isMuting(to, actor) &&
      (!post || model.seesPost(to, model.post(post))) &&
      (!comment || comment.sees(model, to));
    if (to === actor || !isAllowed) return;
    this.add(to, actor, kind, about);
    model.chat.push(to, 'notifications.changed');
  }

  /** Somebody writes a comment and deletes it once it was told of. */
  commentedInVain(by: string, name: string): void {
    const { model } = this;
    const { author } = model.post(name);
    if (!model.isActive(author) || !model.seesCard(author, by) || model.isMuting(author, by))
      return;
    if (model.seesPost(author, model.post(name)))
      this.add(author, by, 'comment', { post: name }, { name: '', sees: () => false });
  }

  private add(
    to: string,
    actor: string | null,
    kind: string,
    about: About,
    written: Written | null = null,
  ): void {
    if (to === actor) return;
    const single = kind === 'follow-request' || kind === 'group-request' ? actor : '';
    const key = [to, kind, about.post, about.comment?.name, about.group, about.event, single].join(
      ' ',
    );
    const told = this.told.get(key) ?? { to, kind, about, actions: new Map() };
    this.told.set(key, told);
    if (actor === null) return;
    told.actions.delete(actor);
    told.actions.set(actor, written);
  }

  /** Each in a line, with those of whom it tells. */
  shownTo(viewer: string): string[] {
    return [...this.told.values()]
      .filter(({ to, about }) => to === viewer && this.seesSubject(viewer, about))
      .flatMap(({ kind, about, actions }) => {
        const actors = [...actions]
          .filter(([actor, written]) => this.isTrue(viewer, actor, kind, about, written))
          .map(([actor]) => actor);
        // A reminder tells of nobody.
        return actors.length || kind === 'event-reminder'
          ? [lineOf(kind, subjectOf(about), actors.length, actors)]
          : [];
      })
      .sort();
  }

  private seesSubject(viewer: string, { post, comment, event, group }: About): boolean {
    const { model } = this;
    return (
      (!post || model.seesPost(viewer, model.post(post))) &&
      (!comment || comment.sees(model, viewer)) &&
      (!event || model.events.sees(viewer, model.events.named(event))) &&
      (!group || model.groups.isThere(group))
    );
  }

  /** Whether what somebody did still holds. */
  private isTrue(
    viewer: string,
    actor: string,
    kind: string,
    { group }: About,
    written: Written | null,
  ): boolean {
    const { model } = this;
    const { groups } = model;
    if (!model.seesCard(viewer, actor) || model.isMuting(viewer, actor)) return false;
    switch (kind) {
      case 'follow-request':
        return ['accepted', 'requested'].includes(model.status(actor, viewer));
      case 'follower':
        return model.isFollowing(actor, viewer);
      case 'follow-accepted':
        return model.isFollowing(viewer, actor);
      case 'group-invitation':
        return groups.isIn(viewer, group!) || groups.inviterOf(viewer, group!) === actor;
      case 'group-request':
        return (
          groups.leads(viewer, group!) &&
          (groups.isIn(actor, group!) || groups.isAsking(actor, group!))
        );
      case 'group-joined':
        return groups.isIn(viewer, group!);
      default:
        return written === null || written.sees(model, viewer);
    }
  }
}

const subjectOf = ({ post, comment, group, event }: About): string =>
  post ?? comment?.name ?? group ?? event ?? 'them';

/** People are named while there are few enough for all to be. */
export const lineOf = (kind: string, subject: string, count: number, people: string[]): string =>
  `${kind}, ${subject}: ${count <= 3 ? [...people].sort().join(', ') : count}`;
