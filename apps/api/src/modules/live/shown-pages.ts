import type { ShownKind, ShownThing, ShowingFrame } from '@echomate/contracts/realtime';
import type { OpenPage } from '../../platform/realtime/realtime.service.js';

export const KINDS = ['post', 'event', 'group', 'person'] as const satisfies ShownKind[];

export const keyOf = ({ kind, id }: ShownThing) => `${kind}:${id}`;

export const thingOf = (key: string): ShownThing => {
  const at = key.indexOf(':');
  return { kind: key.slice(0, at) as ShownKind, id: key.slice(at + 1) };
};

/** An open page with what it has said that it shows. */
export interface ShownPage {
  page: OpenPage;
  keys: Set<string>;
  feed: boolean;
}

/** Which pages of this process show what. It says nothing about who may. */
export class ShownPages {
  private readonly pages = new Map<string, ShownPage>();
  private readonly ofThings = new Map<string, Set<ShownPage>>();
  private readonly ofPeople = new Map<string, Set<ShownPage>>();

  /** Returns what the page did not show before. */
  show(page: OpenPage, frame: ShowingFrame): { shown: ShownPage; added: string[] } {
    const shown = this.pages.get(page.id) ?? { page, keys: new Set(), feed: false };
    this.pages.set(page.id, shown);
    join(this.ofPeople, page.userId, shown);
    shown.feed = frame.feed;
    const keys = new Set(KINDS.flatMap((kind) => frame[kind].map((id) => keyOf({ kind, id }))));
    const added = [...keys].filter((key) => !shown.keys.has(key));
    for (const key of shown.keys) if (!keys.has(key)) leave(this.ofThings, key, shown);
    for (const key of added) join(this.ofThings, key, shown);
    shown.keys = keys;
    return { shown, added };
  }

  /** False if the page had stopped showing it. */
  drop(shown: ShownPage, key: string): boolean {
    leave(this.ofThings, key, shown);
    return shown.keys.delete(key);
  }

  close(pageId: string): void {
    const shown = this.pages.get(pageId);
    if (!shown) return;
    this.pages.delete(pageId);
    leave(this.ofPeople, shown.page.userId, shown);
    for (const key of shown.keys) leave(this.ofThings, key, shown);
    shown.keys.clear();
  }

  showing(key: string): ShownPage[] {
    return [...(this.ofThings.get(key) ?? [])];
  }

  isShown(key: string): boolean {
    return this.ofThings.has(key);
  }

  ofPerson(userId: string): ShownPage[] {
    return [...(this.ofPeople.get(userId) ?? [])];
  }

  /** Those who have their home feed open. */
  feedReaders(): string[] {
    return [...this.ofPeople].flatMap(([userId, pages]) =>
      [...pages].some(({ feed }) => feed) ? userId : [],
    );
  }

  idsOf(kind: ShownKind): string[] {
    return [...this.ofThings.keys()].flatMap((key) => {
      const thing = thingOf(key);
      return thing.kind === kind ? thing.id : [];
    });
  }
}

const join = (map: Map<string, Set<ShownPage>>, key: string, shown: ShownPage) =>
  void map.set(key, (map.get(key) ?? new Set()).add(shown));

const leave = (map: Map<string, Set<ShownPage>>, key: string, shown: ShownPage) => {
  const pages = map.get(key);
  pages?.delete(shown);
  if (pages?.size === 0) map.delete(key);
};
