import { marked } from './marked.ts';

const show = (content: string, q: string) =>
  marked(content, q)
    .map(({ text, isMatch }) => (isMatch ? `[${text}]` : text))
    .join('');

it.each([
  ['See you at the café', 'cafe', 'See you at the [café]'],
  ['The pages of page 40', 'PAGE', 'The [page]s of [page] 40'],
  ['Teapot and pot', 'pot', 'Teapot and [pot]'],
  ['Straße', 'stra', '[Stra]ße'],
  ['明日の碁', '明日', '[明日]の碁'],
  ['nothing', '', 'nothing'],
  ['👋🏽 hello', 'hel', '👋🏽 [hel]lo'],
])('%s, searched for %s', (content, q, expected) => {
  expect(show(content, q)).toBe(expected);
});

it('a match far down is shown with what stands before it', () => {
  expect(show(`${'word '.repeat(40)}honey`, 'honey')).toBe(`…${'word '.repeat(8)}[honey]`);
});
