import type { Request, Response } from 'express';
import { Strategy } from 'passport-local';
import { refuse } from '../../platform/http/problem.js';
import { authenticate } from './authenticate.js';

/** A minimal strategy, as one for tokens would be. */
class Stub extends Strategy {
  constructor(private readonly decide: (strategy: Strategy, request: Request) => unknown) {
    super(() => undefined);
  }

  override authenticate(request: Request): void {
    this.decide(this, request);
  }
}

const ask = (decide: (strategy: Strategy, request: Request) => unknown, request = {} as Request) =>
  authenticate<{ userId: string }>(new Stub(decide), request, {} as Response);

describe('asking a strategy', () => {
  it('answers whom it names', async () => {
    expect(await ask((strategy) => strategy.success({ userId: 'ada' }))).toEqual({ userId: 'ada' });
  });

  it('refuses with its refusal, now or later', async () => {
    const refusal = refuse('not-signed-in');
    await expect(ask((strategy) => strategy.error(refusal))).rejects.toBe(refusal);
    await expect(ask((strategy) => setTimeout(() => strategy.error(refusal), 1))).rejects.toBe(
      refusal,
    );
    await expect(
      ask(() => {
        throw refusal;
      }),
    ).rejects.toBe(refusal);
  });

  it.each<[string, (strategy: Strategy) => void]>([
    ['fails', (strategy) => strategy.fail(401)],
    ['names nobody', (strategy) => strategy.success(null as never)],
    ['does not decide', (strategy) => strategy.pass()],
  ])('refuses if it %s', async (_, decide) => {
    await expect(ask(decide)).rejects.toMatchObject({ problem: 'wrong-credentials' });
  });

  it('keeps requests apart that are asked about at once', async () => {
    const finish: (() => void)[] = [];
    const strategy = new Stub((attempt, request) =>
      finish.push(() => attempt.success({ userId: request.url })),
    );
    const asked = ['ada', 'bruno', 'chidi'].map((url) =>
      authenticate(strategy, { url } as Request, {} as Response),
    );
    for (const one of finish.reverse()) one();
    expect(await Promise.all(asked)).toEqual(
      ['ada', 'bruno', 'chidi'].map((userId) => ({ userId })),
    );
  });
});
