import type { Transaction } from '../database/statements.js';
import { DomainEvents } from './domain-events.js';

class SomethingHappened {
  constructor(readonly what: string) {}
}

describe('domain events', () => {
  const announce = async (events: DomainEvents, event: object) => {
    let followUp: () => Promise<void> = async () => undefined;
    events.announce(
      { afterCommit: (work: () => Promise<void>) => (followUp = work) } as unknown as Transaction,
      event,
    );
    return followUp;
  };

  it('reach everyone who listens, after the commit, and are waited for', async () => {
    const events = new DomainEvents();
    const heard: string[] = [];
    events.on(SomethingHappened, 'slow', async ({ what }) => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      heard.push(`slow ${what}`);
    });
    events.on(SomethingHappened, 'quick', ({ what }) => void heard.push(`quick ${what}`));
    const commit = await announce(events, new SomethingHappened('it'));
    expect(heard).toEqual([]);
    await commit();
    expect(heard.sort()).toEqual(['quick it', 'slow it']);
  });

  it('that a listener cannot bear are told to the log, and to the others all the same', async () => {
    const events = new DomainEvents();
    const logged: unknown[] = [];
    Object.defineProperty(events, 'logger', {
      value: { error: (entry: unknown) => logged.push(entry) },
    });
    const heard: string[] = [];
    events.on(SomethingHappened, 'broken', () => {
      throw new Error('broken');
    });
    events.on(SomethingHappened, 'sound', ({ what }) => void heard.push(what));
    await (
      await announce(events, new SomethingHappened('it'))
    )();
    expect(heard).toEqual(['it']);
    expect(logged).toEqual([
      expect.objectContaining({
        event: 'SomethingHappened',
        listener: 'broken',
        err: expect.any(Error),
      }),
    ]);
  });
});
