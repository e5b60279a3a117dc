import type { UserCard } from '@echomate/contracts/users.dto';
import { isSavedDraft, mergedDraft, type SavedDraft } from './saved-draft.ts';

const person = (id: string): UserCard => ({
  id: `0198b0c4-7d1e-7aaa-8bbb-00000000000${id}`,
  handle: `ada${id}`,
  firstName: 'Ada',
  lastName: 'Okafor',
  nickname: null,
  avatar: null,
  visibility: 'public',
});

const draft = (values: Partial<SavedDraft>): SavedDraft => ({
  title: '',
  text: '',
  audience: 'public',
  chosen: [],
  key: 'old',
  mediaIds: [],
  ...values,
});

test('one draft stays as it is, with its key', () => {
  const only = draft({ title: 'A', text: 'B' });
  expect(mergedDraft([only], 'new')).toBe(only);
});

test('several become one, without losing a word, a picture or a mention', () => {
  const [one, other] = [person('1'), person('2')];
  const merged = mergedDraft(
    [
      draft({ title: 'Bread', text: `With @${one.handle}` }),
      draft({ title: 'Jam', text: `For @${other.handle}` }),
      draft({ text: '', mediaIds: ['a'] }),
      draft({ text: 'Tea', mediaIds: ['a', 'b'] }),
    ],
    'new',
  );
  expect(merged).toMatchObject({ title: 'Bread', audience: 'public', key: 'new' });
  expect(merged.mediaIds).toEqual(['a', 'b']);
  expect(merged.text).toBe(`With @${one.handle}

Jam
For @${other.handle}

Tea`);
  expect(isSavedDraft(merged)).toBe(true);
});

test('what was for different people is for oneself alone, until one chooses', () => {
  const audienceOf = (...drafts: [SavedDraft, ...SavedDraft[]]) => {
    const { audience, chosen } = mergedDraft(drafts, 'new');
    return [audience, chosen.length];
  };
  const chosen = draft({ audience: 'chosen', chosen: [person('1')] });
  const others = draft({ audience: 'chosen', chosen: [person('2')] });
  expect(audienceOf(draft({ audience: 'followers' }), draft({ audience: 'followers' }))).toEqual([
    'followers',
    0,
  ]);
  expect(audienceOf(draft({ audience: 'followers' }), draft({}))).toEqual(['me', 0]);
  expect(audienceOf(chosen, chosen)).toEqual(['chosen', 1]);
  expect(audienceOf(chosen, others)).toEqual(['me', 0]);
});

test('parts that were meant for different groups are for their author alone', () => {
  const [bees, kites] = [
    { id: 'b', title: 'Bees' },
    { id: 'k', title: 'Kites' },
  ];
  const inBees = draft({ text: 'A', group: bees });
  expect(mergedDraft([inBees, draft({ text: 'B', group: { ...bees } })], 'new')).toMatchObject({
    audience: 'public',
    group: bees,
  });
  for (const other of [draft({ text: 'B', group: kites }), draft({ text: 'B' })])
    expect(mergedDraft([inBees, other], 'new')).toMatchObject({ audience: 'me', group: null });
  expect(isSavedDraft({ ...inBees, group: { id: 7 } })).toBe(false);
});
