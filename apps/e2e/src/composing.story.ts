import { drawScene } from '@echomate/testing/scenery';
import { expect, test, type Page } from './support/story.js';
import { newcomer } from './support/newcomers.js';
import {
  chooseAudience,
  composer,
  describePicture,
  follow,
  postWith,
  publish,
  send,
  untilDraftHas,
} from './support/posts.js';
import { reload, visit } from './support/visits.js';

const area = (page: Page) => composer(page).getByLabel('Your post');
const post = (page: Page) =>
  composer(page).getByRole('button', { name: 'Post', exact: true }).click();

test('each tab has a draft of its own, and both are posted', async ({ browser }) => {
  const ann = await newcomer(browser, 'Ann');
  const [one, other] = [ann.page, await ann.page.context().newPage()];
  await visit(one, '/');
  await area(one).fill('Written in one tab');
  await untilDraftHas(one, 'Written in one tab');
  await visit(other, '/');
  await expect(area(other)).toHaveValue('');
  await area(other).fill('Written in the other');
  await untilDraftHas(other, 'Written in the other');
  await reload(one);
  await expect(area(one)).toHaveValue('Written in one tab');
  await post(one);
  await expect(postWith(one, 'Written in one tab')).toBeVisible();
  await post(other);
  await expect(postWith(other, 'Written in the other')).toBeVisible();
  await expect(composer(other).getByRole('alert')).toHaveCount(0);
});

test('a duplicated tab goes its own way', async ({ browser }) => {
  const ann = await newcomer(browser, 'Ann');
  const [one, copy] = [ann.page, await ann.page.context().newPage()];
  await visit(one, '/');
  await area(one).fill('Twice');
  await untilDraftHas(one, 'Twice');
  const session = await one.evaluate(() => Object.entries(sessionStorage));
  await copy.addInitScript((entries) => {
    for (const [key, value] of entries) sessionStorage.setItem(key, value);
  }, session);
  await visit(copy, '/');
  await expect(area(copy)).toHaveValue('Twice');
  await area(copy).fill('Twice, but changed');
  await untilDraftHas(copy, 'Twice, but changed');
  await post(one);
  await expect(postWith(one, 'Twice')).toBeVisible();
  await post(copy);
  await expect(postWith(copy, 'Twice, but changed')).toBeVisible();
});

test('what closed tabs have left comes together in the next one', async ({ browser }) => {
  const ann = await newcomer(browser, 'Ann');
  const context = ann.page.context();
  const tabs = [await context.newPage(), await context.newPage()];
  for (const tab of tabs) await visit(tab, '/');
  for (const [at, text] of ['First thought', 'Second thought'].entries()) {
    await area(tabs[at]!).fill(text);
    await untilDraftHas(tabs[at]!, text);
  }
  // Leave as closed tabs do.
  for (const tab of tabs) await tab.goto('about:blank');
  await visit(ann.page, '/');
  await expect(area(ann.page)).toHaveValue('First thought\n\nSecond thought');
  await post(ann.page);
  await expect(postWith(ann.page, 'First thought')).toContainText('Second thought');
});

test('a long name stays within the composer', async ({ browser }) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  const name = 'W'.repeat(60);
  const renamed = await ben.page.request.patch('/api/v1/users/me', {
    data: { firstName: name, lastName: name },
  });
  expect(renamed.ok()).toBe(true);
  await follow(ben, ann);
  for (const width of [390, 1280]) {
    await ann.page.setViewportSize({ width, height: 900 });
    await visit(ann.page, '/');
    const form = composer(ann.page);
    await area(ann.page).fill('Hello');
    await form.getByRole('button', { name: /^Visible to:/ }).click();
    const choice = form.getByRole('dialog');
    await choice.getByText('Chosen followers', { exact: true }).click();
    await choice.getByRole('checkbox', { name }).check();
    await expect(choice.getByRole('button', { name: `Remove ${name}` })).toBeVisible();
    const card = (await choice.boundingBox())!;
    const ends = await choice
      .locator('fieldset, fieldset :is(ul, li, label, button, input)')
      .evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect().right));
    expect(Math.max(...ends)).toBeLessThanOrEqual(card.x + card.width);
    expect(await ann.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(
      true,
    );
  }
});

test('each paragraph takes its own direction', async ({ browser }) => {
  const ann = await newcomer(browser, 'Ann');
  const lines = ['Good morning', 'בוקר טוב', 'صباح الخير', 'Bonjour'];
  const text = lines.join('\n');
  const directions = ['ltr', 'rtl', 'rtl', 'ltr'];
  const { id } = await publish(ann, text);
  await send(ann, `posts/${id}/comments`, { content: text });
  await visit(ann.page, `/posts/${id}`);
  const expectDirections = async (within: ReturnType<Page['locator']>) => {
    for (const [at, line] of lines.entries())
      await expect(within.getByText(line, { exact: true }).first()).toHaveCSS(
        'direction',
        directions[at]!,
      );
  };
  await expectDirections(ann.page.getByRole('article'));
  await expectDirections(ann.page.getByRole('region', { name: /^Comments on/ }));
  await ann.page.request.patch(`/api/v1/posts/${id}`, { data: { content: `${text}\nEnd` } });
  await visit(ann.page, `/posts/${id}/history`);
  await expectDirections(ann.page.getByRole('listitem').filter({ hasText: 'Good morning' }).last());
  await visit(ann.page, '/');
  await expect(area(ann.page)).toHaveCSS('unicode-bidi', 'plaintext');
});

test('the choice of who sees a post opens beside its button or as a sheet, and closes like one', async ({
  browser,
}) => {
  const ann = await newcomer(browser, 'Ann');
  const { page } = ann;
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await visit(page, '/');
    const form = composer(page);
    const button = form.getByRole('button', { name: /^Visible to:/ });
    const choice = form.getByRole('dialog', { name: 'Who can see this?' });
    const open = async () => {
      await button.click();
      await expect(choice).toBeVisible();
      await expect(choice.getByRole('radio', { checked: true })).toBeFocused();
    };
    await open();
    // It moves a little while it appears.
    await expect(async () => {
      const [box, anchor] = [(await choice.boundingBox())!, (await button.boundingBox())!];
      if (width === 390) expect(Math.round(box.y + box.height)).toBe(844);
      else {
        expect(Math.abs(box.x - anchor.x)).toBeLessThan(2);
        // Below it, or above where there is more room.
        const gaps = [box.y - anchor.y - anchor.height, anchor.y - box.y - box.height];
        expect(Math.round(Math.max(...gaps))).toBe(6);
      }
    }).toPass();
    await page.keyboard.press('Escape');
    await expect(choice).toBeHidden();
    await expect(button).toBeFocused();
    await open();
    await page.mouse.click(width - 8, 8);
    await expect(choice).toBeHidden();
    await open();
    await page.goBack();
    await expect(choice).toBeHidden();
    await expect(page).toHaveURL('/');
    await chooseAudience(form, 'Only me');
    await expect(button).toContainText('Only me');
    // By keyboard; the post is not sent by that.
    await area(page).fill('Not yet');
    await open();
    await expect(choice.getByRole('radio', { name: /^Only me/ })).toBeFocused();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect(choice).toBeHidden();
    await expect(button).toContainText('Anyone with the link');
    await expect(area(page)).toHaveValue('Not yet');
    await form.getByRole('button', { name: 'Discard draft' }).click();
    await chooseAudience(form, 'Everyone on this site');
  }
});

test('Post is in sight and off until there is something to post', async ({ browser }) => {
  const { page } = await newcomer(browser, 'Ann');
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    await visit(page, '/');
    // The same address again: the browser returns to where the page was.
    await page.evaluate(() => scrollTo(0, 0));
    const button = composer(page).getByRole('button', { name: 'Post', exact: true });
    await expect(button).toBeInViewport();
    await expect(button).toBeDisabled();
    await button.click({ force: true });
    await expect(area(page)).toBeFocused();
    await area(page).fill('Line\n'.repeat(80));
    await expect(button).toBeEnabled();
    await expect(button).toBeInViewport({ ratio: 1 });
    await composer(page).getByRole('button', { name: 'Discard draft' }).click();
    await expect(button).toBeDisabled();
  }
});

test('pictures are tiles that say whether they are described', async ({ browser }) => {
  const { page } = await newcomer(browser, 'Ann');
  await visit(page, '/');
  const form = composer(page);
  const files = await Promise.all(
    (['kites', 'bread'] as const).map(async (scene, at) => ({
      name: `${at}.jpg`,
      mimeType: 'image/jpeg',
      buffer: await drawScene(scene),
    })),
  );
  await form.locator('input[type=file]').setInputFiles(files);
  await expect(form.getByRole('button', { name: /^ALT: describe photo/ })).toHaveCount(2);
  await describePicture(form, 'Kites over the dunes');
  await expect(
    form.getByRole('button', { name: 'ALT: change the description of photo 1' }),
  ).toBeFocused();
  await form.getByRole('button', { name: 'Remove photo 2' }).click();
  await expect(form.getByRole('button', { name: /^ALT/ })).toHaveCount(1);
  await post(page);
  await expect(
    page.getByRole('article').getByRole('img', { name: 'Kites over the dunes' }),
  ).toBeVisible();
});
