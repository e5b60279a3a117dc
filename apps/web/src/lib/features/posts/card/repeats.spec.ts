import type { SharedPost } from '@echomate/contracts/posts.dto';
import { repeatsIn } from './repeats.ts';

const post = (id: string) => ({ id, shared: null });
const shareOf = (original: string, id: string) => ({ id, shared: { id: original } as SharedPost });

test('a share stands for its original next to it, before or after', () => {
  expect([...repeatsIn([shareOf('a', 's'), post('a'), post('b')])]).toEqual(['a']);
  expect([...repeatsIn([post('b'), post('a'), shareOf('a', 's')])]).toEqual(['a']);
  expect([...repeatsIn([shareOf('a', 's'), post('a'), shareOf('a', 't')])]).toEqual(['a']);
});

test('with another post between them both stand', () => {
  expect([...repeatsIn([shareOf('a', 's'), post('b'), post('a')])]).toEqual([]);
});
