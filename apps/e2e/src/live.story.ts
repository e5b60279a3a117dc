import { newcomer, openProfile, type Newcomer } from './support/newcomers.js';
import { follow, postWith, publish, send, visitFeedWith } from './support/posts.js';
import { expect, test, type Page } from './support/story.js';
import { visit } from './support/visits.js';

/** The line is there, and the api has had time to hear what the page shows. */
const isLive = async (page: Page) => {
  await page.locator('[data-live]').waitFor();
  await page.waitForTimeout(600);
};

const likes = (page: Page, text: string, count: string) =>
  expect(postWith(page, text).getByText(count, { exact: true })).toBeVisible();

const groupWith = async (leader: Newcomer, ...members: Newcomer[]) => {
  const { id } = await send(leader, 'groups', { title: 'Beekeepers' });
  for (const member of members) {
    await member.page.request.post(`/api/v1/groups/${id}/requests`, { data: {} });
    await leader.page.request.post(`/api/v1/groups/${id}/requests/${member.id}/accept`);
  }
  return id;
};

test('comments appear, change and go under what somebody is reading and writing', async ({
  browser,
}) => {
  const [ann, ben, chi] = [
    await newcomer(browser, 'Ann'),
    await newcomer(browser, 'Ben'),
    await newcomer(browser, 'Chi'),
  ];
  const { id } = await publish(ann, 'The first honey');
  for (let number = 1; number <= 12; number++)
    await send(ann, `posts/${id}/comments`, { content: `Jar number ${number}.\n\nand more` });
  await visit(ben.page, `/posts/${id}`);
  await isLive(ben.page);
  const field = ben.page.getByLabel('Write a comment');
  await field.fill('How many');
  await field.scrollIntoViewIfNeeded();
  await ben.page.mouse.wheel(0, 5000);
  await ben.page.waitForTimeout(300);
  const before = (await field.boundingBox())!.y;

  await visit(chi.page, `/posts/${id}`);
  await isLive(chi.page);
  await chi.page.getByLabel('Write a comment').fill('It is good');
  await chi.page.getByRole('button', { name: 'Send' }).click();
  await expect(ben.page.getByText('It is good')).toBeVisible();
  await expect(ben.page.getByText('13 comments')).toHaveCount(1);
  // Nothing moved under the hand that types, and what is typed is there.
  await expect(field).toHaveValue('How many');
  await expect(field).toBeFocused();
  expect(Math.abs((await field.boundingBox())!.y - before)).toBeLessThan(2);

  await chi.page.getByRole('button', { name: 'Edit', exact: true }).click();
  await chi.page.getByRole('textbox').first().fill('It is very good');
  await chi.page.getByRole('button', { name: 'Save' }).click();
  const changed = ben.page.locator('[data-comment]').filter({ hasText: 'It is very good' });
  await expect(changed).toBeVisible();
  const parentId = (await changed.getAttribute('data-comment'))!;
  await send(ann, `posts/${id}/comments`, { content: 'Thank you', parentId });
  await ann.page.request.put(`/api/v1/comments/${parentId}/like`);
  await expect(changed.getByText('1 like')).toBeVisible();
  await expect(ben.page.getByRole('button', { name: 'Show 1 reply' })).toBeVisible();
  await ann.page.request.delete(`/api/v1/comments/${parentId}`);
  await expect(ben.page.getByText('It is very good')).toHaveCount(0);
  await expect(field).toHaveValue('How many');
});

test('a like changes the number wherever the post is shown', async ({ browser }) => {
  const [ann, ben, chi] = [
    await newcomer(browser, 'Ann'),
    await newcomer(browser, 'Ben'),
    await newcomer(browser, 'Chi'),
  ];
  await follow(ben, ann);
  const { id } = await publish(ann, 'Look, a swarm!');
  await visitFeedWith(ben.page, 'Look, a swarm!');
  await openProfile(chi, ann);
  for (const { page } of [ben, chi]) await isLive(page);
  await ann.page.request.put(`/api/v1/posts/${id}/like`);
  for (const { page } of [ben, chi]) await likes(page, 'Look, a swarm!', '1 like');
  await postWith(ben.page, 'Look, a swarm!')
    .getByRole('button', { name: 'Like the post by Ann Okafor' })
    .click();
  await likes(chi.page, 'Look, a swarm!', '2 likes');
  await likes(ben.page, 'Look, a swarm!', '2 likes');
  await ann.page.request.patch(`/api/v1/posts/${id}`, { data: { content: 'It flew away.' } });
  for (const { page } of [ben, chi]) await expect(postWith(page, 'It flew away.')).toBeVisible();
});

test('new posts are offered and move nothing', async ({ browser }) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  await follow(ben, ann);
  for (let number = 1; number <= 8; number++) await publish(ann, `Jar number ${number}.`);
  await visitFeedWith(ben.page, 'Jar number 8.');
  await isLive(ben.page);
  const third = postWith(ben.page, 'Jar number 3.');
  await third.scrollIntoViewIfNeeded();
  const before = (await third.boundingBox())!.y;
  await publish(ann, 'Fresh from the comb');
  const offer = ben.page.getByRole('button', { name: '1 new post' });
  await expect(offer).toBeVisible();
  await expect(postWith(ben.page, 'Fresh from the comb')).toHaveCount(0);
  expect((await third.boundingBox())!.y).toBe(before);
  await offer.click();
  await expect(postWith(ben.page, 'Fresh from the comb')).toBeVisible();
  await expect(offer).toHaveCount(0);

  await openProfile(ben, ann);
  await isLive(ben.page);
  await publish(ann, 'And another');
  await ben.page.getByRole('button', { name: 'Show new posts' }).click();
  await expect(postWith(ben.page, 'And another')).toBeVisible();
});

test('what is narrowed, deleted or blocked leaves open pages @meeting', async ({ browser }) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  await follow(ben, ann);
  const narrowed = await publish(ann, 'Narrowed soon');
  const deleted = await publish(ann, 'Deleted soon');
  await publish(ann, 'Blocked soon');
  await visitFeedWith(ben.page, 'Blocked soon');
  await isLive(ben.page);
  await ann.page.request.put(`/api/v1/posts/${narrowed.id}/audience`, { data: { audience: 'me' } });
  await expect(postWith(ben.page, 'Narrowed soon')).toHaveCount(0);
  await ann.page.request.delete(`/api/v1/posts/${deleted.id}`);
  await expect(postWith(ben.page, 'Deleted soon')).toHaveCount(0);
  await expect(postWith(ben.page, 'Blocked soon')).toHaveCount(1);
  await ann.page.request.put(`/api/v1/users/me/blocks/${ben.id}`);
  await expect(postWith(ben.page, 'Blocked soon')).toHaveCount(0);
});

test('whoever is removed from a group sees nothing more of it, and may come back', async ({
  browser,
}) => {
  const [ann, ben, chi] = [
    await newcomer(browser, 'Ann'),
    await newcomer(browser, 'Ben'),
    await newcomer(browser, 'Chi'),
  ];
  const id = await groupWith(ann, ben, chi);
  const post = await send(ann, 'posts', { content: 'Only us', audience: 'group', groupId: id });
  await visit(ben.page, `/groups/${id}`);
  await visit(chi.page, `/posts/${post.id}`);
  for (const { page } of [ben, chi]) {
    await isLive(page);
    await expect(page.getByText('Only us')).toBeVisible();
  }
  await send(ann, 'posts', { content: 'Second', audience: 'group', groupId: id });
  await ben.page.getByRole('button', { name: 'Show new posts' }).click();
  await expect(postWith(ben.page, 'Second')).toBeVisible();
  for (const member of [ben, chi])
    await ann.page.request.delete(`/api/v1/groups/${id}/members/${member.id}`);
  for (const { page } of [ben, chi]) {
    await expect(page.getByText("You're no longer in Beekeepers.")).toBeVisible();
    await expect(page.getByText('Only us')).toHaveCount(0);
  }
  await expect(postWith(ben.page, 'Second')).toHaveCount(0);
  await send(ann, `groups/${id}/invitations`, { userIds: [ben.id] });
  await ben.page.request.post(`/api/v1/groups/${id}/invitation/accept`);
  await expect(async () => {
    for (const name of ['Groups', 'Home'])
      await ben.page.getByRole('navigation').getByRole('link', { name }).first().click();
    await expect(postWith(ben.page, 'Second')).toBeVisible({ timeout: 1000 });
  }).toPass();
});

test('answers to an event, its changes and its end show on open pages', async ({ browser }) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  const groupId = await groupWith(ann, ben);
  const day = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
  const { id } = await send(ann, `groups/${groupId}/events`, {
    title: 'Swarm evening',
    start: `${day}T19:30`,
    zone: 'Europe/Berlin',
  });
  await visit(ann.page, `/groups/${groupId}`);
  await visit(ben.page, `/events/${id}`);
  for (const { page } of [ann, ben]) await isLive(page);
  await ben.page.getByLabel('Write a comment').fill('Half a sen');
  const { options } = (await (await ann.page.request.get(`/api/v1/events/${id}`)).json()) as {
    options: { id: string }[];
  };
  await ann.page.request.put(`/api/v1/events/${id}/response`, {
    data: { optionId: options[0]!.id },
  });
  await expect(ben.page.getByText('1 person')).toBeVisible();
  await expect(ben.page.getByRole('main').getByText('Ann Okafor').last()).toBeVisible();
  await ben.page.getByRole('button', { name: 'Going', exact: true }).click();
  await expect(postWith(ann.page, 'Swarm evening').getByText('Going: 2')).toBeVisible();
  await ben.page.getByLabel('Write a comment').fill('Half a sen');
  await ann.page.request.patch(`/api/v1/events/${id}`, {
    data: { title: 'Swarm night', start: `${day}T21:00`, zone: 'Europe/Berlin', scope: 'this' },
  });
  await expect(ben.page.getByRole('heading', { name: 'Swarm night' })).toBeVisible();
  await send(ann, `events/${id}/cancel`, { scope: 'this' });
  await expect(ben.page.getByText('This event was cancelled.')).toBeVisible();
  await expect(ben.page.getByLabel('Write a comment')).toHaveValue('Half a sen');
});
