import type { Activity, ActivityPage } from '@echomate/contracts/profiles.dto';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
import { comment, get, upload, write } from '../support/posts.js';
import { API } from '../support/test-app.js';

const place = neighbourhood();

const activity = async (viewer: Person, whose: Person, query = ''): Promise<ActivityPage> =>
  get(viewer, `users/${whose.id}/activity${query}`);

const told = ({ kind, user, excerpt }: Activity) => [kind, user?.firstName ?? null, excerpt];

const like = (who: Person, what: string) => who.browser.put(`${API}/${what}/like`).expect(200);

/** Bruno does one thing of each kind, with Ada's things. */
async function busyBruno() {
  const [ada, bruno] = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
  const post = await write(ada, { content: 'Forty jars\n\nof honey' });
  const question = await comment(ada, post, { content: 'Who wants some?' });
  await follow(bruno, ada);
  const own = await write(bruno, { title: 'Swimming', content: 'In cold water' });
  await like(bruno, `posts/${post.id}`);
  await comment(bruno, post, { content: 'How much is a jar?' });
  await comment(bruno, post, { content: `Me, and @${ada.id}`, parentId: question.id });
  await like(bruno, `comments/${question.id}`);
  await bruno.browser.post(`${API}/posts/${post.id}/share`).send({ audience: 'public' });
  return { ada, bruno, post, own, question };
}

const EVERYTHING = [
  ['shared', 'Ada', 'Forty jars of honey'],
  ['likedComment', 'Ada', 'Who wants some?'],
  ['replied', 'Ada', expect.stringMatching(/^Me, and @/)],
  ['commented', 'Ada', 'How much is a jar?'],
  ['likedPost', 'Ada', 'Forty jars of honey'],
  ['posted', null, 'Swimming'],
  ['followed', 'Ada', null],
  ['joined', null, null],
];

describe('the activity of a person', () => {
  it('holds what they followed, wrote, shared, commented and liked, newest first', async () => {
    const { ada, bruno, post, own } = await busyBruno();
    const { items, nextCursor } = await activity(ada, bruno);
    expect(items.map(told)).toEqual(EVERYTHING);
    expect(nextCursor).toBeNull();
    expect(items.map(({ postId }) => postId)).toEqual([
      items[0]!.id,
      ...Array(4).fill(post.id),
      own.id,
      null,
      null,
    ]);
    expect(items[2]!.mentions.map(({ firstName }) => firstName)).toEqual(['Ada']);
    expect(items.map(({ at }) => at)).toEqual(
      items
        .map(({ at }) => at)
        .sort()
        .reverse(),
    );
  });

  it.each([1, 2, 3])('is the same in pages of %i', async (limit) => {
    const { ada, bruno } = await busyBruno();
    const paged: Activity[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: ActivityPage = await activity(
        ada,
        bruno,
        `?limit=${limit}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      expect(page.items.length).toBeLessThanOrEqual(limit + 1);
      paged.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(paged).toEqual((await activity(ada, bruno)).items);
  });

  it('leaves out what the viewer may not see, without a trace', async () => {
    const { ada, bruno, post } = await busyBruno();
    const eve = await place.newPerson('Eve');
    expect((await activity(eve, bruno)).items.map(told)).toEqual(EVERYTHING);
    const audience = (audience: string) =>
      ada.browser.put(`${API}/posts/${post.id}/audience`).send({ audience }).expect(200);
    const withoutPost = [
      ['posted', null, 'Swimming'],
      ['followed', 'Ada', null],
      EVERYTHING.at(-1),
    ];
    for (const narrower of ['followers', 'unlisted', 'me']) {
      await audience(narrower);
      expect([narrower, (await activity(eve, bruno)).items.map(told)]).toEqual([
        narrower,
        withoutPost,
      ]);
      expect(await activity(eve, bruno, '?limit=2')).toMatchObject({
        items: [{ kind: 'posted' }, { kind: 'followed' }, { kind: 'joined' }],
        nextCursor: null,
      });
    }
    await audience('public');
    await ada.browser.put(`${API}/users/me/blocks/${eve.id}`).expect(204);
    expect((await activity(eve, bruno)).items.map(told)).toEqual([
      ['posted', null, 'Swimming'],
      EVERYTHING.at(-1),
    ]);
    await bruno.browser.put(`${API}/users/me/privacy`).send({ visibility: 'private' });
    await eve.browser.get(`${API}/users/${bruno.id}/activity`).expect(404);
  });

  it('shows people what they wrote for few, on their own page alone', async () => {
    const [ada, bruno] = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
    await follow(bruno, ada);
    for (const audience of ['me', 'unlisted', 'followers'])
      await write(ada, { audience, content: audience });
    const posted = async (viewer: Person) =>
      (await activity(viewer, ada)).items
        .filter(({ kind }) => kind === 'posted')
        .map(({ excerpt }) => excerpt);
    expect(await posted(ada)).toEqual(['followers', 'unlisted', 'me']);
    expect(await posted(bruno)).toEqual(['followers']);
  });

  it('ends with what was taken back', async () => {
    const { ada, bruno, post, own, question } = await busyBruno();
    const { items } = await activity(ada, bruno);
    const of = (kind: Activity['kind']) => items.find((one) => one.kind === kind)!;
    await bruno.browser.delete(`${API}/posts/${own.id}`).expect(204);
    await bruno.browser.delete(`${API}/posts/${post.id}/like`).expect(200);
    await bruno.browser.delete(`${API}/comments/${of('commented').id}`).expect(204);
    await ada.browser.delete(`${API}/comments/${question.id}`).expect(204);
    await bruno.browser.delete(`${API}/users/${ada.id}/follow`).expect(204);
    expect((await activity(ada, bruno)).items.map(({ kind }) => kind)).toEqual([
      'shared',
      'joined',
    ]);
  });

  it('quotes the beginning of long words, and nothing of a picture', async () => {
    const ada = await place.newPerson('Ada');
    await write(ada, { content: '', mediaIds: [await upload(ada)] });
    await write(ada, { content: `${'honey '.repeat(30)}@${ada.id} and more` });
    await write(ada, { content: `${'蜂蜜'.repeat(75)}@${ada.id}${'蜜'.repeat(30)}` });
    const { items } = await activity(ada, ada);
    expect(items.map(({ excerpt }) => excerpt)).toEqual([
      `${'蜂蜜'.repeat(75)} …`,
      `${'honey '.repeat(26).trim()} …`,
      '',
      null,
    ]);
  });
});
