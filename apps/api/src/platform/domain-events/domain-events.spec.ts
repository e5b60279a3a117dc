import type { Transaction } from '../database/statements.js';
import type { JobRun, Jobs } from '../jobs/jobs.service.js';
import { DomainEvents } from './domain-events.js';

class SomethingHappened {
  constructor(readonly what: string) {}
}

class SomethingElseHappened {
  constructor(readonly what: string) {}
}

/** A transaction that exposes its follow-ups, and jobs that expose what was enqueued. */
function stage() {
  const followUps: (() => Promise<void>)[] = [];
  const jobs: { kind: string; payload: object; batch: string | null }[] = [];
  const handlers = new Map<string, (payload: never, run: JobRun) => Promise<void>>();
  const transaction = {
    afterCommit: (work: () => Promise<void>) => void followUps.push(work),
  } as unknown as Transaction;
  const events = new DomainEvents({
    handle: (kind: string, handler: never) => void handlers.set(kind, handler),
    handleTogether: (kind: string, handler: never) => void handlers.set(kind, handler),
    enqueue: async (
      _: Transaction,
      kind: string,
      payload: object,
      { batch }: { batch: string | null },
    ) => void jobs.push({ kind, payload, batch }),
  } as unknown as Jobs);
  const commit = async () => {
    for (const work of followUps) await work();
  };
  return { events, transaction, commit, jobs, handlers };
}

describe('domain events', () => {
  it('reach everyone who listens after the commit, and are waited for', async () => {
    const { events, transaction, commit } = stage();
    const heard: string[] = [];
    events.afterCommit(SomethingHappened, 'slow', async ({ what }) => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      heard.push(`slow ${what}`);
    });
    events.afterCommit(SomethingHappened, 'quick', ({ what }) => void heard.push(`quick ${what}`));
    await events.announce(transaction, new SomethingHappened('it'));
    expect(heard).toEqual([]);
    await commit();
    expect(heard.sort()).toEqual(['quick it', 'slow it']);
  });

  it('are part of the transaction for those who listen in it, who can stop it', async () => {
    const { events, transaction } = stage();
    const heard: unknown[] = [];
    events.inTransaction(SomethingHappened, async (event, given) => {
      heard.push(event.what, given);
    });
    await events.announce(transaction, new SomethingHappened('it'));
    expect(heard).toEqual(['it', transaction]);
    events.inTransaction(SomethingHappened, async () => {
      throw new Error('not like this');
    });
    await expect(events.announce(transaction, new SomethingHappened('it'))).rejects.toThrow(
      'not like this',
    );
  });

  it('become a job for each who listens durably, whichever of its events it is', async () => {
    const { events, transaction, jobs, handlers } = stage();
    const heard: string[] = [];
    events.durably([SomethingHappened, SomethingElseHappened], 'spec.one', async ({ what }) => {
      heard.push(what);
    });
    events.durably([SomethingHappened], 'spec.other', async () => undefined);
    await events.announce(transaction, new SomethingHappened('it'));
    await events.announce(transaction, new SomethingElseHappened('that'));
    expect(jobs.map(({ kind }) => kind)).toEqual(['spec.one', 'spec.other', 'spec.one']);
    for (const { kind, payload } of jobs)
      await handlers.get(kind)!(JSON.parse(JSON.stringify(payload)) as never, {} as JobRun);
    expect(heard).toEqual(['it', 'that']);
  });

  it('become jobs of one batch for who listens to them together', async () => {
    const { events, transaction, jobs, handlers } = stage();
    const heard: string[][] = [];
    events.durablyTogether(
      [SomethingHappened, SomethingElseHappened],
      'spec.together',
      ({ what }) => what,
      async (several) => void heard.push(several.map(({ what }) => what)),
    );
    await events.announce(transaction, new SomethingHappened('it'));
    await events.announce(transaction, new SomethingElseHappened('that'));
    expect(jobs.map(({ batch }) => batch)).toEqual(['it', 'that']);
    const payloads = jobs.map(({ payload }) => payload);
    await handlers.get('spec.together')!(payloads as never, {} as JobRun);
    expect(heard).toEqual([['it', 'that']]);
  });

  it('on which a listener fails are logged, and still reach the others', async () => {
    const { events, transaction, commit } = stage();
    const logged: unknown[] = [];
    Object.defineProperty(events, 'logger', {
      value: { error: (entry: unknown) => logged.push(entry) },
    });
    const heard: string[] = [];
    events.afterCommit(SomethingHappened, 'broken', () => {
      throw new Error('broken');
    });
    events.afterCommit(SomethingHappened, 'sound', ({ what }) => void heard.push(what));
    await events.announce(transaction, new SomethingHappened('it'));
    await commit();
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
