import { BoundedWork } from './bounded-work.js';
import { Refusal } from './problem.js';

describe('bounded work', () => {
  it('runs a few at once, lets a few wait, and refuses the rest', async () => {
    const work = new BoundedWork(2, 3);
    let running = 0;
    let most = 0;
    const task = () =>
      work.run(async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 5));
        running--;
      });
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, task));
    expect(most).toBe(2);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(Refusal);
  });

  it('frees the place of work that failed', async () => {
    const work = new BoundedWork(1, 0);
    await expect(work.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(work.run(async () => 'yes')).resolves.toBe('yes');
  });
});
