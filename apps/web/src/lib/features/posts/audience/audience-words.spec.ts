import type { AudienceView } from '@echomate/contracts/posts.dto';
import type { UserCard } from '@echomate/contracts/users.dto';
import {
  audienceAsked,
  audienceChange,
  audienceChoices,
  audienceLabel,
  seenByWords,
} from './audience-words.ts';

const person = (firstName: string): UserCard => ({
  id: firstName,
  handle: 'ada',
  firstName,
  lastName: 'X',
  nickname: null,
  avatar: null,
  visibility: 'public',
});
const ada = { firstName: 'Ada', visibility: 'public' } as const;
const goran = { firstName: 'Goran', visibility: 'private' } as const;

test('a public post of a private profile never claims to be for everyone', () => {
  expect(audienceLabel('public', ada, false)).toBe('Everyone on this site');
  expect(audienceLabel('public', goran, false)).toBe('Followers of Goran');
  expect(audienceLabel('public', goran, true)).toBe('Your followers');
  expect(audienceChoices('private').map(({ label }) => label)).not.toContain(
    'Everyone on this site',
  );
});

test('every audience has its words', () => {
  expect(audienceLabel('followers', ada, true)).toBe('Followers');
  expect(audienceLabel('chosen', ada, true)).toBe('Chosen followers');
  expect(audienceLabel('unlisted', ada, true)).toBe('Anyone with the link');
  expect(audienceLabel('me', ada, true)).toBe('Only me');
  expect(audienceChoices('public').map(({ value }) => value)).toEqual([
    'public',
    'followers',
    'chosen',
    'unlisted',
    'me',
  ]);
});

test('asks for an audience only if it is another', () => {
  const people = [person('Bruno'), person('Chidi')];
  const before = { audience: 'chosen', chosen: people } as const;
  expect(audienceAsked(before, { audience: 'chosen', chosen: [...people].reverse() })).toBe(
    undefined,
  );
  expect(audienceAsked(before, { audience: 'chosen', chosen: [people[0]!] })).toEqual({
    audience: 'chosen',
    chosenUserIds: ['Bruno'],
  });
  expect(audienceAsked(before, { audience: 'public', chosen: people })).toEqual({
    audience: 'public',
  });
  expect(audienceAsked({ audience: 'group', chosen: [] }, { audience: 'public', chosen: [] })).toBe(
    undefined,
  );
});

const view = (audience: AudienceView['audience'], names: string[]): AudienceView => ({
  audience,
  count: names.length,
  items: names.map(person),
  nextCursor: null,
  chosen: null,
  isUpTo: false,
});

test('numbers are not claimed to be more exact than they are', () => {
  expect(seenByWords(view('followers', ['Bruno']))).toBe('1 person besides you');
  expect(seenByWords(view('public', []))).toBe('Nobody besides you');
  expect(seenByWords(view('me', []))).toBe('Only you');
  expect(seenByWords(view('unlisted', ['Bruno', 'Chidi']))).toBe(
    '2 people besides you, if they have the link',
  );
  expect(seenByWords({ ...view('public', ['Bruno', 'Chidi']), isUpTo: true })).toBe(
    'Up to 2 people besides you: those who can see the original',
  );
});

test('a change says who gains and who loses', () => {
  expect(
    audienceChange(view('followers', ['Bruno', 'Chidi']), view('chosen', ['Chidi', 'Emil'])),
  ).toEqual({
    title: '2 people will see it',
    sentences: ['Can see it now: Emil X', 'Can no longer see it: Bruno X'],
  });
});

test('names nobody when the lists are not complete', () => {
  const many = { ...view('public', ['Bruno']), count: 200, nextCursor: 'next' };
  expect(audienceChange(many, view('chosen', ['Emil'])).sentences).toEqual([]);
});
