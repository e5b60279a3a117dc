import { CAST } from '@echomate/testing/cast';
import { drawPortrait } from '@echomate/testing/portrait';
import { drawBee, drawScene } from '@echomate/testing/scenery';
import { newcomer, openProfile, type Newcomer } from './support/newcomers.js';
import {
  chooseAudience,
  composer,
  describePicture,
  follow,
  menu,
  postWith,
  publish,
  send,
  untilDraftHas,
  visitFeedWith,
} from './support/posts.js';
import { expect, test } from './support/story.js';
import { reload, visit, withoutSocket } from './support/visits.js';

const PICTURES = {
  jpeg: async () => ({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: await drawScene('kites') }),
  png: async () => ({
    name: 'b.png',
    mimeType: 'image/png',
    buffer: await drawPortrait(CAST[2]!),
  }),
  gif: async () => ({ name: 'c.gif', mimeType: 'image/gif', buffer: await drawBee() }),
};

interface Written {
  text: string;
  audience?: string;
  chosen?: string;
  picture?: keyof typeof PICTURES;
}

async function write({ page }: Newcomer, { text, audience, chosen, picture }: Written) {
  const form = composer(page);
  await form.getByLabel('Your post').fill(text);
  if (audience) {
    await chooseAudience(form, audience, chosen);
  }
  if (picture) {
    await form.locator('input[type=file]').setInputFiles(await PICTURES[picture]());
    await describePicture(form, `Picture of ${text}`);
  }
  await form.getByRole('button', { name: 'Post', exact: true }).click();
  await expect(postWith(page, text)).toBeVisible();
}

test('posts with pictures are seen by exactly those they are for', async ({ browser }) => {
  const [ann, ben, cem, ola] = [
    await newcomer(browser, 'Ann'),
    await newcomer(browser, 'Ben'),
    await newcomer(browser, 'Cem'),
    await newcomer(browser, 'Ola'),
  ];
  for (const one of [ben, cem]) await follow(one, ann);
  await visit(ann.page, '/');
  await write(ann, { text: 'For all', picture: 'jpeg' });
  await write(ann, { text: 'For followers', audience: 'Followers', picture: 'png' });
  await write(ann, {
    text: 'For Ben',
    audience: 'Chosen followers',
    chosen: 'Ben Okafor',
    picture: 'gif',
  });
  await write(ann, { text: 'For the link', audience: 'Anyone with the link', picture: 'jpeg' });
  await expect(postWith(ann.page, 'For Ben')).toContainText('Chosen followers');

  const pictureOf = (text: string) => ann.page.getByRole('img', { name: `Picture of ${text}` });
  const addresses: Record<string, string> = {};
  for (const text of ['For all', 'For followers', 'For Ben', 'For the link']) {
    const picture = pictureOf(text).first();
    await picture.scrollIntoViewIfNeeded();
    await expect
      .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(100);
    addresses[text] = new URL((await picture.getAttribute('src'))!, ann.page.url()).pathname;
  }
  const link = await postWith(ann.page, 'For the link')
    .getByRole('link')
    .filter({ has: ann.page.locator('time') })
    .first()
    .getAttribute('href');

  const seen: [Newcomer, string[]][] = [
    [ben, ['For all', 'For followers', 'For Ben']],
    [cem, ['For all', 'For followers']],
    [ola, ['For all']],
  ];
  for (const [who, texts] of seen) {
    await openProfile(who, ann);
    for (const text of Object.keys(addresses)) {
      await expect(postWith(who.page, text)).toHaveCount(texts.includes(text) ? 1 : 0);
      const bytes = await who.page.request.get(addresses[text]!);
      const isOpen = texts.includes(text) || text === 'For the link';
      expect(bytes.status(), `${who.firstName} and the bytes of “${text}”`).toBe(
        isOpen ? 200 : 404,
      );
    }
    if (who === ola) await visit(who.page, '/');
    else await visitFeedWith(who.page, texts.at(-1)!);
    for (const text of Object.keys(addresses))
      await expect(postWith(who.page, text)).toHaveCount(
        who !== ola && texts.includes(text) ? 1 : 0,
      );
  }
  await visit(ola.page, link!);
  await expect(postWith(ola.page, 'For the link')).toBeVisible();
});

test('what is only for oneself stays with oneself, until it is opened and closed again', async ({
  browser,
}) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  await follow(ben, ann);
  await visit(ann.page, '/');
  await write(ann, { text: 'Dear diary', audience: 'Only me', picture: 'jpeg' });
  const own = postWith(ann.page, 'Dear diary');
  await expect(own).toContainText('Only me');
  await expect(own.getByRole('link', { name: /^Share/ })).toHaveCount(0);
  await menu(ann, 'Dear diary', 'Who can see this?');
  await expect(ann.page.getByRole('dialog').getByText('Only you', { exact: true })).toBeVisible();
  await ann.page.keyboard.press('Escape');
  const id = await own.getAttribute('data-post');
  const picture = await own.getByRole('img', { name: 'Picture of' }).getAttribute('src');

  const sees = async (isOpen: boolean) => {
    expect((await ben.page.request.get(`/posts/${id}`)).status()).toBe(isOpen ? 200 : 404);
    expect((await ben.page.request.get(picture!)).status()).toBe(isOpen ? 200 : 404);
    for (const path of ['/', `/people/${ann.id}`]) {
      await visit(ben.page, path);
      await expect(postWith(ben.page, 'Dear diary')).toHaveCount(isOpen ? 1 : 0);
    }
  };
  const readdress = async (audience: string, change: string) => {
    await menu(ann, 'Dear diary', 'Change who sees it');
    const dialog = ann.page.getByRole('dialog');
    await dialog.getByText(audience, { exact: true }).click();
    await expect(dialog.getByText(change)).toBeVisible();
    await dialog.getByRole('button', { name: 'Change', exact: true }).click();
    await expect(own).toContainText(audience);
  };
  await sees(false);
  await readdress('Followers', '1 person will see it instead of');
  await expect(async () => sees(true)).toPass();
  await readdress('Only me', 'Only you will see it');
  await sees(false);
  await openProfile(ann, ann);
  await expect(own).toBeVisible();
});

test('a comment with a picture, an answer, and likes on both', async ({ browser }) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  await follow(ben, ann);
  await visit(ann.page, '/');
  await write(ann, { text: 'Talk to me' });
  await visitFeedWith(ben.page, 'Talk to me');
  const post = postWith(ben.page, 'Talk to me');
  await post.getByRole('button', { name: 'Like the post by Ann Okafor' }).click();
  await expect(post.getByText('1 like', { exact: true })).toBeVisible();
  await post.getByRole('link', { name: 'Comment on the post by Ann Okafor' }).click();
  await post.getByLabel('Write a comment').fill('Look at this');
  await post.locator('input[type=file]').setInputFiles(await PICTURES.png());
  await describePicture(post, 'A loaf');
  await post.getByRole('button', { name: 'Send' }).click();
  await expect(post.getByRole('img', { name: 'A loaf' })).toBeVisible();

  await reload(ann.page);
  const own = postWith(ann.page, 'Talk to me');
  await expect(own.getByText('1 comment', { exact: true })).toBeVisible();
  await own.getByRole('link', { name: 'Comment on the post by Ann Okafor' }).click();
  await own.getByRole('button', { name: 'Like the comment by Ben Okafor' }).click();
  await own.getByRole('button', { name: 'Reply' }).click();
  await own.getByLabel('Reply to Ben').fill('It smells good');
  await own.getByLabel('Reply to Ben').press('Control+Enter');
  await expect(own.getByText('It smells good')).toBeVisible();

  await reload(ben.page);
  await expect(post.getByText('2 comments', { exact: true })).toBeVisible();
  await expect(post.getByText('1 like', { exact: true })).toBeVisible();
});

test('narrowing a post closes it for those who have it open', async ({ browser }) => {
  const [ann, ola] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ola')];
  await withoutSocket(ola.page);
  await visit(ann.page, '/');
  await write(ann, { text: 'Not for long', picture: 'jpeg' });
  await openProfile(ola, ann);
  const open = postWith(ola.page, 'Not for long');
  await expect(open).toBeVisible();
  const picture = await open.getByRole('img', { name: 'Picture of' }).getAttribute('src');

  await menu(ann, 'Not for long', 'Change who sees it');
  const dialog = ann.page.getByRole('dialog');
  await dialog.getByText('Followers', { exact: true }).click();
  await expect(dialog).toContainText('instead of');
  await dialog.getByRole('button', { name: 'Change', exact: true }).click();
  await expect(postWith(ann.page, 'Not for long')).toContainText('Followers');

  await open.getByRole('button', { name: 'Like the post by Ann Okafor' }).click();
  await expect(ola.page.getByText('no longer available').first()).toBeVisible();
  await expect(open.getByText('1 like', { exact: true })).toHaveCount(0);
  await open.getByRole('link', { name: 'Comment on the post by Ann Okafor' }).click();
  await expect(open.getByText('no longer available')).toBeVisible();
  expect((await ola.page.request.get(picture!)).status()).toBe(404);
  await reload(ola.page);
  await expect(postWith(ola.page, 'Not for long')).toHaveCount(0);
});

test('a post is edited with its history, deleted, and brought back', async ({ browser }) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  await visit(ann.page, '/');
  await write(ann, { text: 'Frist try' });
  await menu(ann, 'Frist try', 'Edit');
  const dialog = ann.page.getByRole('dialog');
  await dialog.getByLabel('Text').fill('First try');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(postWith(ann.page, 'First try')).toContainText('edited');

  await openProfile(ben, ann);
  await postWith(ben.page, 'First try').getByRole('link', { name: 'edited' }).click();
  await expect(ben.page.getByText('Frist try')).toBeVisible();

  await menu(ann, 'First try', 'Delete');
  await expect(postWith(ann.page, 'First try')).toHaveCount(0);
  await openProfile(ben, ann);
  await expect(postWith(ben.page, 'First try')).toHaveCount(0);
  await ann.page.getByRole('button', { name: 'Undo' }).click();
  await expect(postWith(ann.page, 'First try')).toBeVisible();
  await reload(ben.page);
  await expect(postWith(ben.page, 'First try')).toBeVisible();
});

test('a page stays alive when a post goes and comes back', async ({ browser }) => {
  const ann = await newcomer(browser, 'Ann');
  await visit(ann.page, '/');
  await write(ann, { text: 'Gone and back' });
  await menu(ann, 'Gone and back', 'Delete');
  await expect(postWith(ann.page, 'Gone and back')).toHaveCount(0);
  await ann.page.getByRole('button', { name: 'Undo' }).click();
  const post = postWith(ann.page, 'Gone and back');
  await post.getByRole('button', { name: 'Like the post by Ann Okafor' }).click();
  await expect(post).toContainText('1 like');

  // The same while a menu is open: it goes together with its post, and with its page.
  const more = post.getByRole('button', { name: 'More about this post' });
  await more.click();
  await expect(ann.page.getByRole('menuitem', { name: 'Edit' })).toBeVisible();
  await ann.page.keyboard.press('Escape');
  await expect(ann.page.getByRole('menuitem')).toHaveCount(0);
  await expect(more).toBeFocused();
  await ann.page.keyboard.press('Enter');
  await expect(ann.page.getByRole('menuitem', { name: 'Edit' })).toBeFocused();
  await ann.page.keyboard.press('End');
  await expect(ann.page.getByRole('menuitem', { name: 'Delete' })).toBeFocused();
  await ann.page.keyboard.press('Enter');
  await expect(post).toHaveCount(0);
  await ann.page.getByRole('link', { name: 'People' }).first().click();
  await ann.page.getByRole('button', { name: 'Undo' }).click();
  await ann.page.getByRole('link', { name: 'Home' }).first().click();
  await expect(post).toBeVisible();
  await more.click();
  await ann.page.goBack();
  await expect(
    ann.page.getByRole('searchbox', { name: 'Search by name or @handle' }),
  ).toBeVisible();
  await ann.page.getByRole('link', { name: 'Home' }).first().click();
  await expect(post).toBeVisible();
});

test('new words and a narrower audience are saved together, and old words stay with whom they were for', async ({
  browser,
}) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  await visit(ann.page, '/');
  await write(ann, { text: 'For everyone to read' });
  const edit = async (from: string, to: string, audience: string) => {
    await menu(ann, from, 'Edit');
    const dialog = ann.page.getByRole('dialog');
    await dialog.getByLabel('Text').fill(to);
    await chooseAudience(dialog, audience);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toHaveCount(0);
    await expect(postWith(ann.page, to)).toContainText(audience);
  };
  await edit('For everyone to read', 'Among ourselves', 'Followers');
  await openProfile(ben, ann);
  await expect(ben.page.getByText('For everyone to read')).toHaveCount(0);
  await expect(ben.page.getByText('Among ourselves')).toHaveCount(0);

  await edit('Among ourselves', 'For everyone again', 'Everyone on this site');
  await reload(ben.page);
  await postWith(ben.page, 'For everyone again').getByRole('link', { name: 'edited' }).click();
  await expect(ben.page.getByText('For everyone to read')).toBeVisible();
  await expect(ben.page.getByText('Among ourselves')).toHaveCount(0);
});

test('a draft survives a reload, and Ctrl+Enter posts it once', async ({ browser }) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  await visit(ann.page, '/');
  const area = composer(ann.page).getByLabel('Your post');
  await area.fill('Half a thought about ');
  await area.pressSequentially(`@${ben.firstName}`);
  await ann.page.getByRole('option').first().click();
  await area.pressSequentially('and #drafts');
  await composer(ann.page)
    .locator('input[type=file]')
    .setInputFiles(await PICTURES.jpeg());
  await expect(composer(ann.page).getByRole('button', { name: /^ALT/ })).toBeVisible();
  await untilDraftHas(ann.page, '#drafts');
  await untilDraftHas(ann.page, /"mediaIds":\["/);
  await reload(ann.page);
  await expect(area).toHaveValue(/Half a thought about @ben\S* .*#drafts/);
  await expect(composer(ann.page).getByRole('button', { name: /^ALT/ })).toBeVisible();
  await area.press('Control+Enter');
  const post = postWith(ann.page, 'Half a thought');
  await expect(post).toBeVisible();
  await expect(area).toHaveValue('');
  await reload(ann.page);
  await expect(post).toHaveCount(1);
  await post.getByRole('link', { name: '#drafts' }).click();
  await expect(postWith(ann.page, 'Half a thought')).toBeVisible();
});

test('a share adds words and never widens', async ({ browser }) => {
  const [ann, ben, ola] = [
    await newcomer(browser, 'Ann'),
    await newcomer(browser, 'Ben'),
    await newcomer(browser, 'Ola'),
  ];
  await follow(ben, ann);
  await follow(ola, ben);
  await visit(ann.page, '/');
  await write(ann, { text: 'Among us', audience: 'Followers' });
  await visitFeedWith(ben.page, 'Among us');
  await postWith(ben.page, 'Among us')
    .getByRole('link', { name: 'Share the post by Ann Okafor' })
    .click();
  const dialog = ben.page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('So true');
  await dialog.getByRole('button', { name: 'Share' }).click();
  await expect(ben.page.getByText('Shared.').first()).toBeVisible();
  await reload(ann.page);
  await expect(postWith(ann.page, 'Among us').getByText('1 share', { exact: true })).toBeVisible();
  for (const path of ['/', `/people/${ben.id}`]) {
    await visit(ola.page, path);
    await expect(ola.page.getByText('So true')).toHaveCount(0);
  }
});

test('posts are walked through, liked and commented by single keys, which can be switched off', async ({
  browser,
}) => {
  const ann = await newcomer(browser, 'Ann');
  await visit(ann.page, '/');
  await write(ann, { text: 'The first' });
  await write(ann, { text: 'The second' });
  await reload(ann.page);
  const { keyboard } = ann.page;
  const liked = (text: string) =>
    postWith(ann.page, text).getByRole('button', { name: 'Like the post by Ann Okafor' });
  await keyboard.press('j');
  await expect(postWith(ann.page, 'The second')).toBeFocused();
  await keyboard.press('j');
  await expect(postWith(ann.page, 'The first')).toBeFocused();
  await keyboard.press('l');
  await expect(liked('The first')).toHaveAttribute('aria-pressed', 'true');
  await keyboard.press('k');
  await expect(postWith(ann.page, 'The second')).toBeFocused();
  await keyboard.press('c');
  await expect(postWith(ann.page, 'The second').getByLabel('Write a comment')).toBeFocused();
  await keyboard.type('jlk?');
  await expect(postWith(ann.page, 'The second').getByLabel('Write a comment')).toHaveValue('jlk?');
  await ann.page.getByRole('heading', { level: 1 }).click();
  await keyboard.press('?');
  const help = ann.page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(help).toBeVisible();
  await keyboard.press('Escape');
  await expect(help).toBeHidden();
  // Its entry in the history is left a moment later.
  await ann.page.waitForFunction(() => !JSON.stringify(history.state).includes('"over"'));

  await visit(ann.page, '/settings');
  await ann.page.getByRole('switch', { name: 'Keyboard shortcuts' }).click();
  await visit(ann.page, '/');
  await keyboard.press('j');
  await keyboard.press('?');
  await expect(help).toBeHidden();
  await expect(postWith(ann.page, 'The second')).not.toBeFocused();
});

test('pictures are dropped and pasted', async ({ browser }) => {
  const ann = await newcomer(browser, 'Ann');
  await visit(ann.page, '/');
  const form = composer(ann.page).locator('form');
  const { name, mimeType, buffer } = await PICTURES.png();
  const dispatch = (type: 'drop' | 'paste') =>
    form.getByLabel('Your post').evaluate(
      (area, { kind, file }) => {
        const carried = new DataTransfer();
        const bytes = Uint8Array.from(atob(file.base64), (sign) => sign.charCodeAt(0));
        carried.items.add(new File([bytes], file.name, { type: file.mimeType }));
        const options = { bubbles: true, cancelable: true };
        area.dispatchEvent(
          kind === 'drop'
            ? new DragEvent('drop', { ...options, dataTransfer: carried })
            : new ClipboardEvent('paste', { ...options, clipboardData: carried }),
        );
      },
      { kind: type, file: { name, mimeType, base64: buffer.toString('base64') } },
    );
  await dispatch('drop');
  await expect(form.getByRole('button', { name: /^ALT/ })).toHaveCount(1);
  await dispatch('paste');
  await expect(form.getByRole('button', { name: /^ALT/ })).toHaveCount(2);
  await form.getByRole('button', { name: 'Post', exact: true }).click();
  await expect(ann.page.getByRole('article').getByRole('img')).toHaveCount(2);
});

test('writing, liking and commenting work without scripts', async ({ browser }) => {
  const ann = await newcomer(browser, 'Ann');
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await ann.page.context().storageState(),
  });
  const page = await context.newPage();
  await page.goto('/');
  await page.getByLabel('Your post').fill('Written plainly');
  await page.getByRole('button', { name: 'Post', exact: true }).click();
  const post = postWith(page, 'Written plainly');
  await post.getByRole('button', { name: 'Like the post by Ann Okafor' }).click();
  await expect(post).toContainText('1 like');
  await post.getByRole('link', { name: 'Comment on the post by Ann Okafor' }).click();
  await page.getByLabel('Write a comment').fill('And answered');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByText('And answered')).toBeVisible();
  await context.close();
});

test('a link to an old comment shows it, however many came after it', async ({ browser }) => {
  const ann = await newcomer(browser, 'Ann');
  const post = await publish(ann, 'Who has a ladder?');
  const say = (content: string, parentId?: string) =>
    send(ann, `posts/${post.id}/comments`, { content, parentId });
  const first = await say('The very first');
  const replies = [await say('An early reply', first.id), await say('A later reply', first.id)];
  for (let at = 1; at <= 25; at++) await say(`Comment number ${at}`);
  const { page } = ann;
  const [, later] = replies;
  await visit(page, `/posts/${post.id}?comment=${later!.id}#comment-${later!.id}`);
  await expect(page.locator(`#comment-${later!.id}`)).toBeInViewport();
  await expect(page.getByText('An early reply')).toHaveCount(0);
  await page.getByRole('button', { name: 'Show 1 reply' }).click();
  await expect(page.getByText('An early reply')).toBeVisible();
  await page.getByRole('link', { name: 'Earlier comments' }).click();
  await expect(page.getByText('Comment number 1', { exact: true })).toBeVisible();
  await expect(page.getByText('The very first')).toHaveCount(1);

  await page.request.delete(`/api/v1/comments/${first.id}`);
  await visit(page, `/posts/${post.id}?comment=${later!.id}`);
  await expect(page.getByText('Comment number 25')).toBeVisible();
  await expect(page.getByText('The very first')).toHaveCount(0);
});
