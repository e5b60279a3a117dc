import { matchesAll, readQuestion } from './search-query.js';
import { wordsIn } from './text-words.js';

describe('what somebody types', () => {
  it.each<[string, object]>([
    [
      'honey jar',
      {
        terms: [
          { words: ['honey'], isBeginning: true },
          { words: ['jar'], isBeginning: true },
        ],
      },
    ],
    ['"honey"', { terms: [{ words: ['honey'], isBeginning: false }] }],
    ['"old barn" x', { terms: [{ words: ['old', 'barn'] }, { words: ['x'], isBeginning: false }] }],
    ['"old ba', { terms: [{ words: ['old', 'ba'], isBeginning: true }] }],
    ['self-hosted', { terms: [{ words: ['self', 'hosted'] }] }],
    ['#Bees from:@ada', { tags: ['bees'], from: 'ada', terms: [] }],
    ['in:"Pear growers" has:photo', { in: 'Pear growers', hasImage: true, terms: [] }],
    [
      'after:2026-01-02 before:2026-02-03',
      { after: '2026-01-02', before: '2026-02-03', terms: [] },
    ],
    ['before:2026-02-30', { before: null, terms: [{ words: ['before', '2026', '02', '30'] }] }],
    ['after:2025-06-31', { after: null, terms: [{ words: ['after', '2025', '06', '31'] }] }],
    ['after:2024-02-29', { after: '2024-02-29', terms: [] }],
    ['before:soon', { before: null, terms: [{ words: ['before', 'soon'] }] }],
    ['from:', { from: null, terms: [] }],
    ['a:b', { terms: [{ words: ['a', 'b'] }] }],
  ])('%s', (typed, expected) => {
    expect(readQuestion(typed)).toMatchObject(expected);
  });

  it('has at most ten words', () => {
    expect(readQuestion('a '.repeat(40)).terms).toHaveLength(10);
  });
});

describe('a text matches', () => {
  it.each([
    ['The honey is here', 'hon', true],
    ['The honey is here', '"hon"', false],
    ['The honey is here', '"honey is"', true],
    ['The honey is here', '"is honey"', false],
    ['Frau Müller', 'mueller', true],
    ['Frau Mueller', 'müller', true],
    ['Frau Muller', 'müller', true],
    ['日本語です', '本語', true],
    ['日本語です', '語本', false],
  ])('%s · %s: %s', (text, typed, expected) => {
    expect(matchesAll(wordsIn(text), readQuestion(typed).terms)).toBe(expected);
  });
});
