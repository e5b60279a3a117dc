import type { ApiRefusal } from '#lib/api-answer.ts';
import { Attempt } from './attempt.ts';

const refusal = (status: number, problem: ApiRefusal['problem']): ApiRefusal => ({
  ok: false,
  status,
  problem,
  message: 'No.',
  errors: {},
  retryAfterSeconds: null,
});

test('trying again keeps the key, whatever was refused', () => {
  const attempt = new Attempt();
  const { key } = attempt;
  attempt.refusedWith(refusal(400, 'invalid-input'));
  attempt.refusedWith(refusal(503, null));
  expect(attempt.key).toBe(key);
});

test('a changed text after a lost answer is told that the first one arrived, and goes with a new key', () => {
  const attempt = new Attempt();
  const { key } = attempt;
  attempt.refusedWith(refusal(503, null));
  expect(attempt.refusedWith(refusal(409, 'conflict'))).toMatch(/did arrive/);
  expect(attempt.key).not.toBe(key);
});

test('any other conflict is told as the api tells it', () => {
  const attempt = new Attempt();
  const { key } = attempt;
  expect(attempt.refusedWith(refusal(409, 'conflict'))).toBe('No.');
  expect(attempt.key).toBe(key);
});
