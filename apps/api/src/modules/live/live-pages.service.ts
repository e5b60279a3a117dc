import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { ShowingFrame, type ShownKind, type ShownThing } from '@echomate/contracts/realtime';
import { Access, type Kind } from '../../access/access.service.js';
import { Realtime } from '../../platform/realtime/realtime.service.js';
import { chunksOf } from '../../platform/chunks.js';
import { Coalesced } from './coalesced.js';
import { LiveRepository } from './live.repository.js';
import type { Broadcast } from './broadcast.js';
import { KINDS, keyOf, ShownPages, thingOf, type ShownPage } from './shown-pages.js';
import { Turns } from './turns.js';

/** The rule for each kind of thing. */
const RULES: Record<ShownKind, Kind> = {
  post: 'post',
  event: 'event',
  group: 'inside',
  person: 'profile',
};
/** Of the others a page only hears that something was posted. */
const HAVE_CONTENT = new Set<ShownKind>(['post', 'event']);
const ASKED_AT_ONCE = 500;
/** At most one push a second for one thing. */
const PUSHES = { soonMs: 100, everyMs: 1000 };
/** Pages that are told together ask at moments of their own, so many a second. */
const ANSWERS_PER_SECOND = 300;
const SPREAD_MS = { least: 300, most: 15_000 };

/**
 * Tells the open pages of this process what has changed of what they show. A push has no content: the page asks for
 * it. Whoever is told is asked about at that moment, and who may no longer see a thing hears that it is gone, which is
 * what they hear of a thing that never was.
 */
@Injectable()
export class LivePagesService implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(LivePagesService.name);
  private readonly pages = new ShownPages();
  private readonly pushes = new Coalesced<'changed' | 'comments'>(PUSHES, (key, details) =>
    this.later(this.pushChanged(key, details.has('comments'))),
  );
  private readonly turns = new Turns((page, frame) =>
    this.show(page, frame).catch((error: unknown) => this.failed(error)),
  );

  constructor(
    private readonly repository: LiveRepository,
    private readonly access: Access,
    private readonly realtime: Realtime,
  ) {}

  onModuleInit(): void {
    this.realtime.receive('showing', ShowingFrame, (_, frame, page) =>
      this.turns.take(page, frame),
    );
    this.realtime.onClosed((pageId) => this.pages.close(pageId));
    this.realtime.onBroadcast<Broadcast>('live', (broadcast) => this.later(this.hear(broadcast)));
  }

  onApplicationShutdown(): void {
    this.pushes.close();
  }

  private later(work: Promise<void>): void {
    work.catch((error: unknown) => this.failed(error));
  }

  private failed(error: unknown): void {
    this.logger.error({ err: error }, 'Pushing to open pages failed');
  }

  /** What the viewer may not see is dropped again: shown first and asked then, no change in between is missed. */
  private async show(page: ShownPage['page'], frame: ShowingFrame): Promise<void> {
    if (!page.isOpen()) return;
    const { shown, added } = this.pages.show(page, frame);
    const visible = await this.visible(page.userId, added);
    this.pushGone(
      shown,
      added.filter((key) => !visible.has(key)),
    );
  }

  private async hear(broadcast: Broadcast): Promise<void> {
    switch (broadcast.about) {
      case 'thing':
        return this.changed(keyOf(broadcast.thing), broadcast.hasNewComments);
      case 'viewer':
        return this.askAgain(broadcast.userId, broadcast.isAllDifferent);
      case 'author':
        return this.allChanged('post', (ids) =>
          this.repository.findTouchedBy(broadcast.userId, ids),
        );
      case 'group':
        this.changed(keyOf({ kind: 'group', id: broadcast.groupId }));
        await this.allChanged('event', (ids) =>
          this.repository.findEventsOfGroup(broadcast.groupId, ids),
        );
        return this.allChanged('post', (ids) =>
          this.repository.findInGroup(broadcast.groupId, ids),
        );
      case 'series':
        return this.allChanged('event', (ids) =>
          this.repository.findOfSeries(broadcast.seriesId, ids),
        );
      case 'published':
        return this.pushPublished(broadcast.postId);
      case 'fanned-out':
        for (const postId of broadcast.postIds) await this.pushFed(postId);
    }
  }

  private changed(key: string, hasNewComments = false): void {
    if (this.pages.isShown(key)) this.pushes.add(key, hasNewComments ? 'comments' : 'changed');
  }

  private async allChanged(
    kind: ShownKind,
    find: (ids: string[]) => Promise<string[]>,
  ): Promise<void> {
    for (const ids of chunksOf(this.pages.idsOf(kind), ASKED_AT_ONCE))
      for (const id of await find(ids)) this.changed(keyOf({ kind, id }), true);
  }

  private async pushChanged(key: string, hasNewComments: boolean): Promise<void> {
    const { kind, id } = thingOf(key);
    const pages = this.pages.showing(key);
    const allowed = await this.allowed(RULES[kind], id, pages);
    for (const shown of pages) {
      if (!shown.keys.has(key)) continue;
      if (allowed.has(shown.page.userId))
        shown.page.push('shown.changed', {
          things: [{ kind, id, hasNewComments }],
          withinMs: spreadOver(pages.length),
        });
      else this.pushGone(shown, [key]);
    }
  }

  /** All that a person's pages show: what they may no longer see is gone. */
  private async askAgain(userId: string, isAllDifferent: boolean): Promise<void> {
    const pages = this.pages.ofPerson(userId);
    const visible = await this.visible(userId, [
      ...new Set(pages.flatMap(({ keys }) => [...keys])),
    ]);
    for (const shown of pages) {
      this.pushGone(
        shown,
        [...shown.keys].filter((key) => !visible.has(key)),
      );
      if (!isAllDifferent) continue;
      const things = [...shown.keys].map(thingOf).filter(({ kind }) => HAVE_CONTENT.has(kind));
      if (things.length)
        shown.page.push('shown.changed', {
          things: things.map((thing) => ({ ...thing, hasNewComments: true })),
          withinMs: spreadOver(pages.length),
        });
    }
  }

  /** To the lists that it is in: of its group, or of its author. */
  private async pushPublished(postId: string): Promise<void> {
    const list = await this.repository.findList(postId);
    if (!list) return;
    const id = list.groupId ?? list.authorId;
    if (!id) return;
    const thing: ShownThing = { kind: list.groupId ? 'group' : 'person', id };
    const pages = this.pages.showing(keyOf(thing));
    const allowed = await this.allowed('post', postId, pages);
    const told = pages.filter(
      ({ page, keys }) => keys.has(keyOf(thing)) && allowed.has(page.userId),
    );
    for (const { page } of told)
      page.push('shown.changed', {
        things: [{ ...thing, hasNewComments: false }],
        withinMs: spreadOver(told.length),
      });
  }

  private async pushFed(postId: string): Promise<void> {
    for (const userIds of chunksOf(this.pages.feedReaders(), ASKED_AT_ONCE)) {
      const fed = await this.repository.findFed(postId, userIds);
      const allowed = await this.access.audience('post', postId, fed);
      const pages = [...allowed].flatMap((userId) => this.pages.ofPerson(userId));
      for (const { page, feed } of pages)
        if (feed) page.push('feed.grown', { withinMs: spreadOver(pages.length) });
    }
  }

  private pushGone(shown: ShownPage, keys: string[]): void {
    const things = keys.filter((key) => this.pages.drop(shown, key)).map(thingOf);
    if (things.length) shown.page.push('shown.gone', { things });
  }

  private async allowed(rule: Kind, id: string, pages: ShownPage[]): Promise<Set<string>> {
    const allowed = new Set<string>();
    for (const userIds of chunksOf(
      [...new Set(pages.map(({ page }) => page.userId))],
      ASKED_AT_ONCE,
    ))
      for (const userId of await this.access.audience(rule, id, userIds)) allowed.add(userId);
    return allowed;
  }

  private async visible(userId: string, keys: string[]): Promise<Set<string>> {
    const visible = new Set<string>();
    const ids = Map.groupBy(keys.map(thingOf), ({ kind }) => kind);
    for (const kind of KINDS)
      for (const some of chunksOf(ids.get(kind)?.map(({ id }) => id) ?? [], ASKED_AT_ONCE))
        for (const id of await this.access.visible(userId, RULES[kind], some))
          visible.add(keyOf({ kind, id }));
    return visible;
  }
}

const spreadOver = (pages: number): number =>
  Math.min(SPREAD_MS.most, Math.max(SPREAD_MS.least, (pages / ANSWERS_PER_SECOND) * 1000));
