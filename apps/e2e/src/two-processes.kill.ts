import { conversationOf, isLive, message, say, write } from './support/chat.js';
import { newcomer } from './support/newcomers.js';
import { follow } from './support/posts.js';
import { expect, test } from './support/story.js';
import { reload, visit } from './support/visits.js';

test('one of two processes is killed: its pages go on with the other, and nothing is lost', async ({
  browser,
}) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  await follow(ann, ben);
  const { id } = await conversationOf(ann, ben);
  for (const { page } of [ann, ben]) {
    await visit(page, `/messages/${id}`);
    await isLive(page);
  }
  expect(new URL(ann.page.url()).port).toBe(process.env['E2E_PORT']);
  expect(new URL(ben.page.url()).port).toBe(process.env['E2E_SECOND_PORT']);
  await say(ben, id, 'One');
  await expect(message(ann.page, 'One')).toBeVisible();
  process.kill(-Number(process.env['FIRST_PROCESS']), 'SIGKILL');
  for (const text of ['Two', 'Three']) await say(ben, id, text);
  const [anns, bens] = [ann.page, ben.page].map((page) => message(page, /^(One|Two|Three|Four)$/));
  await expect(anns!).toHaveCount(3);
  await expect(bens!).toHaveCount(3);
  await isLive(ann.page);
  await write(ann.page, 'Four');
  await expect(message(ben.page, 'Four')).toBeVisible();
  await reload(ann.page);
  await expect(anns!).toHaveText(await bens!.allTextContents());
});
