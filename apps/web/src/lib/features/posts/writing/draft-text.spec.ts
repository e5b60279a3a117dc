import type { UserCard } from '@echomate/contracts/users.dto';
import { draftOf, mentionBefore } from './draft-text.ts';

const person = (digit: string, handle: string): UserCard => ({
  id: `0190a5b4-0000-7000-8000-00000000000${digit}`,
  handle,
  firstName: 'Ada',
  lastName: 'Okafor',
  nickname: null,
  avatar: null,
  visibility: 'public',
});
const ada = person('a', 'ada');
const other = person('b', 'ada.okafor');

test('ids become handles', () => {
  expect(draftOf(`Thanks @${ada.id} and @${other.id}!`, [ada, other])).toBe(
    'Thanks @ada and @ada.okafor!',
  );
});

test('an id of somebody unknown survives editing', () => {
  expect(draftOf(`Ask @${ada.id}`, [other])).toBe(`Ask @${ada.id}`);
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
