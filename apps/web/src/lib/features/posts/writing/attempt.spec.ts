import type { ApiRefusal } from '#lib/api-answer.ts';
import { Attempt } from './attempt.ts';

const refusal = (status: number, problem: ApiRefusal['problem']): ApiRefusal => ({
  ok: false,
  status,
  problem,
  message: 'No.',
  errors: {},
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
  expect(attempt.refusedWith(refusal(409, 'conflict'))).toMatch(/already went through/);
  expect(attempt.key).not.toBe(key);
});

test('a key that something else was sent with is exchanged, and nobody is asked', async () => {
  const attempt = new Attempt();
  const { key } = attempt;
  const keys: string[] = [];
  const answer = await attempt.send(async (used) => {
    keys.push(used);
    return used === key ? refusal(409, 'conflict') : { ok: true, status: 201, data: 'sent' };
  });
  expect(answer).toMatchObject({ ok: true, data: 'sent' });
  expect(keys).toEqual([key, attempt.key]);
});

test('after a lost answer nothing is sent twice without asking', async () => {
  const attempt = new Attempt();
  attempt.refusedWith(refusal(503, null));
  let sent = 0;
  const answer = await attempt.send(async () => {
    sent += 1;
    return refusal(409, 'conflict');
  });
  expect([answer.ok, sent]).toEqual([false, 1]);
});

test('any other conflict is told as the api tells it', () => {
  const attempt = new Attempt();
  const { key } = attempt;
  expect(attempt.refusedWith(refusal(409, 'conflict'))).toBe('No.');
  expect(attempt.key).toBe(key);
});
