import { afterSending } from './after-sending.ts';

test.each([
  ['Hello', 'Hello', ''],
  ['Hello\nand more', 'Hello', 'and more'],
  ['Well, hello', 'hello', 'Well, hello'],
  ['', 'Hello', ''],
])('of %j, when %j was sent, %j stays', (text, sent, left) => {
  expect(afterSending(text, sent)).toBe(left);
});
