import { setTimeout as sleep } from 'node:timers/promises';

/** Retries until there is an answer. */
export async function patiently<Answer>(
  what: string,
  ask: () => Promise<Answer | undefined>,
  seconds = 30,
): Promise<Answer> {
  const deadline = Date.now() + seconds * 1000;
  while (Date.now() < deadline) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await sleep(50);
  }
  throw new Error(`Waited ${seconds} seconds for ${what} in vain.`);
}
