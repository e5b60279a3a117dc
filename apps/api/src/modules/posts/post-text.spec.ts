import { mentionedIn, readText, tagsIn } from './post-text.js';

const ADA = '0198b0c4-7d1e-7aaa-8bbb-0123456789ab';

describe('the text of a post', () => {
  it('mentions people by their ids, each once', () => {
    expect(mentionedIn(`@${ADA} and again @${ADA}, but not @Ada`)).toEqual([ADA]);
  });

  it.each([
    ['#Honey and #HONEY', ['honey']],
    ['(#küche) #2024summer #日本', ['küche', '2024summer', '日本']],
    ['#2024 a#b ##double &#39; https://example.org/#top #', []],
  ])('finds the hashtags in “%s”', (text, tags) => {
    expect(tagsIn(text)).toEqual(tags);
  });

  it('refuses crowds of people and tags, and endless tags', () => {
    const people = Array.from({ length: 21 }, (_, n) => `@${ADA.slice(0, -2)}${10 + n}`).join(' ');
    const tags = Array.from({ length: 31 }, (_, n) => `#tag${n}`).join(' ');
    for (const text of [people, tags, `#${'a'.repeat(51)}`]) expect(() => readText(text)).toThrow();
  });

  it('reads the longest text in no time', () => {
    const started = performance.now();
    for (const part of ['#', '#1', '#a', '@', '@0', '#1_', 'ab#'])
      tagsIn(part.repeat(5000 / part.length));
    mentionedIn('@0198b0c4-'.repeat(500));
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
