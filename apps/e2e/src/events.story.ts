import { newcomer, type Newcomer } from './support/newcomers.js';
import { send } from './support/posts.js';
import { expect, test, type Page } from './support/story.js';
import { visit } from './support/visits.js';

/** A group of the first, with the others in it. */
const groupOf = async (creator: Newcomer, ...members: Newcomer[]): Promise<string> => {
  const { id } = await send(creator, 'groups', { title: `Beekeepers ${Date.now()}` });
  for (const { page, id: userId } of members) {
    const asked = await page.request.post(`/api/v1/groups/${id}/requests`, { data: {} });
    expect(asked.ok()).toBe(true);
    const answer = await creator.page.request.post(
      `/api/v1/groups/${id}/requests/${userId}/accept`,
    );
    expect(answer.ok()).toBe(true);
  }
  return id;
};

const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

const fillIn = async (page: Page, title: string, day: string, time = '19:30') => {
  const start = page.getByRole('group', { name: 'Start' });
  await page.getByLabel('Title', { exact: true }).fill(title);
  await start.getByLabel('Day').fill(day);
  await start.getByLabel('Time').fill(time);
};

const answers = (page: Page) => page.locator('section').filter({ hasText: "Who's coming" });

test('an event is made by one and answered by two others, changed and cancelled', async ({
  browser,
}) => {
  const [ann, ben, cem] = [
    await newcomer(browser, 'Ann'),
    await newcomer(browser, 'Ben'),
    await newcomer(browser, 'Cem'),
  ];
  const groupId = await groupOf(ann, ben, cem);

  await visit(ann.page, `/groups/${groupId}`);
  await ann.page.getByRole('link', { name: 'Events', exact: true }).click();
  await expect(ann.page.getByText('Nothing planned yet')).toBeVisible();
  await ann.page.getByRole('link', { name: 'New event' }).click();
  // Refused in place, and nothing that was typed is lost.
  await fillIn(ann.page, 'Swarm evening', dayIn(-2));
  await ann.page.getByLabel('Places for option 1').fill('1');
  await ann.page.getByLabel(/^Place(?!s)/).fill('Behind the school');
  await ann.page.getByRole('button', { name: 'Create event' }).click();
  await expect(ann.page.getByText('Choose a time in the future.')).toBeVisible();
  await expect(ann.page.getByLabel(/^Place(?!s)/)).toHaveValue('Behind the school');
  await fillIn(ann.page, 'Swarm evening', dayIn(9));
  await ann.page.getByRole('button', { name: 'Create event' }).click();
  await expect(ann.page.getByRole('heading', { name: 'Swarm evening', level: 1 })).toBeVisible();
  await expect(ann.page.getByText('Behind the school')).toBeVisible();
  const path = new URL(ann.page.url()).pathname;

  await visit(ben.page, `/groups/${groupId}/events`);
  await ben.page.getByRole('main').getByRole('link', { name: 'Swarm evening' }).click();
  await answers(ben.page).getByRole('button', { name: 'Going', exact: true }).click();
  await expect(answers(ben.page)).toContainText('1 of 1 places taken');
  await expect(answers(ben.page).getByRole('link', { name: 'Ben Okafor' })).toBeVisible();

  await visit(cem.page, path);
  await answers(cem.page).getByRole('button', { name: 'Going', exact: true }).click();
  await expect(answers(cem.page)).toContainText("You'll get one as soon as it's free.");
  await answers(ben.page).getByRole('button', { name: 'Not going', exact: true }).click();
  await expect(
    answers(ben.page).getByRole('button', { name: 'Not going', exact: true }),
  ).toHaveAttribute('aria-pressed', 'true');
  await visit(cem.page, path);
  await expect(cem.page.getByText("You'll get one as soon as it's free.")).toHaveCount(0);
  await expect(answers(cem.page)).toContainText('1 of 1 places taken');

  await visit(ann.page, path);
  await ann.page.getByRole('link', { name: 'Edit event' }).click();
  await ann.page.getByLabel('Title', { exact: true }).fill('Honey evening');
  await ann.page.getByRole('button', { name: 'Save' }).click();
  await expect(ann.page.getByRole('heading', { name: 'Honey evening', level: 1 })).toBeVisible();
  await ann.page.getByRole('link', { name: 'Cancel event' }).click();
  await ann.page.getByRole('button', { name: 'Cancel event' }).click();
  await expect(ann.page.getByText('This event was cancelled.')).toBeVisible();

  await visit(ben.page, path);
  await expect(ben.page.getByText('This event was cancelled.')).toBeVisible();
  await expect(answers(ben.page).getByRole('button')).toHaveCount(0);
});

test('without scripts an event is made, answered, and found in the calendar', async ({
  browser,
}) => {
  const ann = await newcomer(browser, 'Ann');
  const groupId = await groupOf(ann);
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await ann.page.context().storageState(),
  });
  const page = await context.newPage();
  await page.goto(`/groups/${groupId}/events/new`);
  await fillIn(page, 'Hive check', dayIn(3));
  await page.getByRole('button', { name: 'Create event' }).click();
  await expect(page.getByRole('heading', { name: 'Hive check', level: 1 })).toBeVisible();
  await answers(page).getByRole('button', { name: 'Going', exact: true }).click();
  await expect(answers(page)).toContainText('1 person');
  await page.getByRole('button', { name: 'Remove my answer' }).click();
  await expect(answers(page)).toContainText('0 people');
  await page.goto(`/calendar?month=${dayIn(3).slice(0, 7)}`);
  await expect(page.getByRole('table').getByRole('link', { name: /Hive check/ })).toBeVisible();
  await page.getByRole('button', { name: 'Create link' }).click();
  const url = await page.getByLabel('Your private link').inputValue();
  const calendar = await ann.page.request.get(new URL(url).pathname);
  expect(await calendar.text()).toContain('SUMMARY:Hive check');
  await context.close();
});

test('members talk under an event, which is in their feeds, and who is out sees nothing of it', async ({
  browser,
}) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  const groupId = await groupOf(ann, ben);
  const event = await send(ann, `groups/${groupId}/events`, {
    title: 'Swarm evening',
    place: 'Behind the school',
    start: `${dayIn(9)}T19:30`,
    zone: 'Europe/Berlin',
  });
  const path = `/events/${event.id}`;

  // In the feed, and from there to the event.
  const card = ben.page.getByRole('article', { name: 'Event: Swarm evening' });
  await expect(async () => {
    await visit(ben.page, '/');
    await expect(card).toBeVisible({ timeout: 1000 });
  }).toPass();
  await expect(card).toContainText('planned an event');
  await expect(card).toContainText('Behind the school');
  await expect(card).toContainText('Going: 0');
  await card.getByRole('link', { name: 'Swarm evening', exact: true }).click();
  await expect(ben.page).toHaveURL(new RegExp(`${path}$`));

  const commentsOf = (page: Page) =>
    page.getByRole('region', { name: 'Comments on the event Swarm evening' });
  const say = async (page: Page, words: string, label = 'Write a comment') => {
    const answered = page.waitForResponse(
      (answer) => answer.request().method() === 'POST' && answer.url().endsWith('/comments'),
    );
    await commentsOf(page).getByLabel(label).fill(words);
    await commentsOf(page).getByRole('button', { name: 'Send' }).last().click();
    expect((await answered).ok()).toBe(true);
  };
  await say(ben.page, 'Could it be Friday?');
  await expect(commentsOf(ben.page)).toContainText('Could it be Friday?');

  await visit(ann.page, path);
  await expect(commentsOf(ann.page)).toContainText('Could it be Friday?');
  await say(ann.page, 'Friday is choir.');
  await visit(ben.page, `/groups/${groupId}`);
  await expect(card).toContainText('2 comments');
  await card.getByRole('button', { name: /^Like/ }).click();
  await expect(card).toContainText('1 like');

  // Cancelled, it says so and keeps what was said.
  const cancelled = await ann.page.request.post(`/api/v1/events/${event.id}/cancel`, { data: {} });
  expect(cancelled.ok()).toBe(true);
  await visit(ben.page, `/groups/${groupId}`);
  await expect(card).toContainText('Cancelled');
  await visit(ben.page, path);
  await expect(commentsOf(ben.page)).toContainText('Friday is choir.');

  const left = await ben.page.request.delete(`/api/v1/groups/${groupId}/members/me`);
  expect(left.ok()).toBe(true);
  await visit(ben.page, '/');
  await expect(card).toHaveCount(0);
  await ben.page.goto(path);
  await expect(ben.page.getByText('Could it be Friday?')).toHaveCount(0);
});

test('the form of an event opens over the page; on a phone the calendar is one press away', async ({
  browser,
}) => {
  const { page, ...ann } = await newcomer(browser, 'Ann');
  await page.setViewportSize({ width: 390, height: 844 });
  const groupId = await groupOf({ page, ...ann });
  await visit(page, `/groups/${groupId}/events`);
  const dialog = page.getByRole('dialog');
  await page.getByRole('link', { name: 'New event' }).first().click();
  await expect(page).toHaveURL(/\/events\/new$/);
  await dialog.getByLabel('Title', { exact: true }).fill('Swarm evening');
  await page.goBack();
  await expect(dialog).toHaveCount(0);
  await expect(page).toHaveURL(new RegExp(`/groups/${groupId}/events$`));
  await page.getByRole('link', { name: 'New event' }).first().click();
  await expect(dialog.getByLabel('Title', { exact: true })).toHaveValue('Swarm evening');
  await fillIn(page, 'Swarm evening', dayIn(3));
  await dialog.getByRole('button', { name: 'Create event' }).click();
  await expect(page.getByRole('heading', { name: 'Swarm evening', level: 1 })).toBeVisible();
  const path = new URL(page.url()).pathname;

  await page.getByRole('link', { name: 'Edit event' }).click();
  await expect(page).toHaveURL(`${path}/edit`);
  await dialog.getByLabel(/^Place(?!s)/).fill('Behind the school');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page).toHaveURL(path);
  await expect(page.getByText('Behind the school')).toBeVisible();

  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: 'Calendar' })
    .click();
  await expect(page.getByRole('heading', { name: 'Calendar', level: 1 })).toBeVisible();
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page).toHaveURL(/\/settings/);
});
