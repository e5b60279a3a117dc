import type { UserCard } from '@echomate/contracts/users.dto';
import { contentOf, draftOf, labelFor, mentionBefore } from './draft-text.ts';

const person = (digit: string, nickname: string | null = null): UserCard => ({
  id: `0190a5b4-0000-7000-8000-00000000000${digit}`,
  firstName: 'Ada',
  lastName: 'Okafor',
  nickname,
  avatar: null,
  visibility: 'public',
});
const ada = person('a');
const other = person('b', 'bee');

test('names become ids, and ids names again', () => {
  const draft = { text: 'Thanks @Ada Okafor!', mentioned: { 'Ada Okafor': ada } };
  const content = contentOf(draft.text, draft.mentioned);
  expect(content).toBe(`Thanks @${ada.id}!`);
  expect(draftOf(content, [ada])).toEqual(draft);
});

test('a name that nobody was picked for stays a name', () => {
  expect(contentOf('@Ada Okafor', {})).toBe('@Ada Okafor');
  expect(contentOf('@Ada Okafors bees', { 'Ada Okafor': ada })).toBe('@Ada Okafors bees');
});

test('two people of one name stay two people', () => {
  const label = labelFor(other, { 'Ada Okafor': ada });
  expect(label).toBe('Ada Okafor (bee)');
  const mentioned = { 'Ada Okafor': ada, [label]: other };
  expect(contentOf('@Ada Okafor (bee) and @Ada Okafor', mentioned)).toBe(
    `@${other.id} and @${ada.id}`,
  );
  expect(labelFor(person('c'), mentioned)).toBe('Ada Okafor 2');
  expect(draftOf(`@${ada.id} @${other.id}`, [ada, other]).text).toBe(
    '@Ada Okafor @Ada Okafor (bee)',
  );
});

test('an id of somebody unknown survives editing', () => {
  const content = `Ask @${ada.id}`;
  const draft = draftOf(content, []);
  expect(contentOf(draft.text, draft.mentioned)).toBe(content);
});

test.each([
  ['Hi @', 4, { start: 3, q: '' }],
  ['Hi @ad', 6, { start: 3, q: 'ad' }],
  ['@Ada Ok', 7, { start: 0, q: 'Ada Ok' }],
  ['mail a@b', 8, null],
  ['@ada is very', 12, null],
  ['nothing', 7, null],
])('in %j at %d a mention is being written: %j', (text, caret, expected) => {
  expect(mentionBefore(text, caret)).toEqual(expected);
});
