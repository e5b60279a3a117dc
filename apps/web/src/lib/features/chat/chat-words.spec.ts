import { partsOf } from './chat-words.ts';

test.each([
  ['https://a.example/b_(c)', ['', 'https://a.example/b_(c)', '']],
  ['See (https://a.example/b).', ['See (', 'https://a.example/b', ').']],
  ['[https://a.example/b], yes', ['[', 'https://a.example/b', '], yes']],
  ['No link: https://', ['No link: https://']],
])('of %j, every second part is a link', (content, texts) => {
  const parts = partsOf(content);
  expect(parts.map(({ text }) => text)).toEqual(texts);
  expect(parts.map(({ isLink }) => isLink)).toEqual(texts.map((_, at) => at % 2 === 1));
});
