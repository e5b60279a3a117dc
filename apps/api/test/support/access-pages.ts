import type { ServerPushes } from '@echomate/contracts/realtime';
import { Presence } from '../../src/platform/realtime/presence.js';
import { Realtime } from '../../src/platform/realtime/realtime.service.js';
import type { AccessWorld } from './access-world.js';
import { connected, lineOf, type Line } from './sockets.js';
import { until } from './until.js';

type Named = {
  [Name in keyof ServerPushes]?: (
    world: AccessWorld,
    ...told: Parameters<ServerPushes[Name]>
  ) => string;
};

const nameOf = (world: AccessWorld, id: string | undefined): string =>
  (id && world.namesOf('people', [{ id }])[0]) || 'somebody';

/** What each push tells, in names; of others nothing is expected here. */
const TOLD: Named = {
  'notifications.changed': () => '',
  'message.added': (_, { content }) => content,
  'message.changed': (_, { content }) => content,
  'conversation.read': (world, { user, conversationId }) =>
    `${nameOf(world, user.id)} in ${world.conversationOf(conversationId)}`,
  'conversation.changed': (world, { conversationId }) => world.conversationOf(conversationId),
  typing: (world, { userId, conversationId }) =>
    `${nameOf(world, userId)} in ${world.conversationOf(conversationId)}`,
  'presence.changed': (world, { userId }) => nameOf(world, userId),
};

/** How long a push may take that must come, and a page may be silent, on a busy machine. */
const PATIENCE_MS = 60_000;
const SILENCE_MS = 3600_000;
/** Tells pages that everything before it has arrived. */
const MARK = 'everything came' as keyof ServerPushes;

/** The open pages of everybody: real sockets, with everything that they are told. */
export class Pages {
  private readonly lines = new Map<string, Line>();
  private readonly told = new Map<string, string[]>();
  private marks = 0;

  constructor(private readonly world: AccessWorld) {}

  async open(who: string): Promise<void> {
    if (this.lines.get(who)?.connected) return;
    this.world.app.get(Realtime)['sockets']!.engine.opts.pingTimeout = SILENCE_MS;
    const line = lineOf(this.world.app, this.world.asker(who).cookie ?? null);
    this.lines.set(who, line);
    line.onAny((name: string, ...told: unknown[]) => this.keep(who, name, told));
    await connected(line);
    await until(`${who} is online`, () => this.isOnline(who));
  }

  async close(who: string): Promise<void> {
    this.lines.get(who)?.close();
    await this.areClosed(who);
  }

  /** By whoever closes them: the server does when a session ends. */
  async areClosed(who: string): Promise<void> {
    await until(`${who} is offline`, async () => !(await this.isOnline(who)));
    await until(`the page of ${who} is closed`, () => !this.isOpen(who));
  }

  closeAll(): void {
    for (const line of this.lines.values()) line.close();
  }

  isOpen = (who: string): boolean => Boolean(this.lines.get(who)?.connected);

  type(who: string, conversationId: string): void {
    this.lines.get(who)?.emit('typing', { conversationId });
  }

  /**
   * What pages were told since the last time, once all that they must be told has come. Whatever comes later than that
   * is found after the next step.
   */
  async toldSince(expected: Map<string, Set<string>>): Promise<Map<string, string[]>> {
    const hasCome = () =>
      [...expected].every(([who, pushes]) =>
        [...pushes].every((push) => this.told.get(who)?.includes(push)),
      );
    await until('what pages must be told came', hasCome, PATIENCE_MS).catch(() => undefined);
    await this.settle();
    const told = new Map(this.told);
    this.told.clear();
    return told;
  }

  private async settle(): Promise<void> {
    const open = [...this.lines].filter(([, line]) => line.connected).map(([who]) => who);
    this.marks = 0;
    const ids = open.map((who) => this.world.person(who).id);
    this.world.app.get(Realtime).push(ids, MARK as 'notifications.changed');
    await until('a mark came', () => this.marks >= open.filter(this.isOpen).length);
  }

  private keep(who: string, name: string, told: unknown[]): void {
    if (name === MARK) this.marks++;
    const tell = TOLD[name as keyof ServerPushes] as
      ((world: AccessWorld, ...told: unknown[]) => string) | undefined;
    if (!tell) return;
    const push = [name, tell(this.world, ...told)].filter(Boolean).join(': ');
    this.told.set(who, [...(this.told.get(who) ?? []), push]);
  }

  private async isOnline(who: string): Promise<boolean> {
    const { id } = this.world.person(who);
    return (await this.world.app.get(Presence).online([id])).has(id);
  }
}
