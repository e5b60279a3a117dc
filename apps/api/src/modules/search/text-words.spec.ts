import { wordsIn } from './text-words.js';

const words = (text: string) => wordsIn(text).map(({ word }) => word);

describe('the words of a text', () => {
  it.each([
    ['Crème brûlée!', ['creme', 'brulee']],
    ['Self-hosted, isn’t it?', ['self', 'hosted', 'isnt', 'it']],
    ['İSTANBUL ılık', ['istanbul', 'ilik']],
    ['Straße', ['strasse']],
    ['日本語です', ['日', '本', '語', 'て', 'す']],
    ['السَّلامُ', ['السلام']],
    ['bees🐝 🐝🍯', ['bees', '🐝', '🐝', '🍯']],
    ['３０ ﬁsh', ['30', 'fish']],
    ['!!! …', []],
  ])('%s', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('have another way to be written', () => {
    expect(wordsIn('Müller')).toMatchObject([{ word: 'muller', variant: 'mueller' }]);
  });

  it('stand where they are', () => {
    expect(wordsIn('Oh, é!').map(({ from, to }) => [from, to])).toEqual([
      [0, 2],
      [4, 5],
    ]);
  });

  it('are cut where nobody types further', () => {
    expect(words('x'.repeat(5000))).toEqual(['x'.repeat(40)]);
  });
});
