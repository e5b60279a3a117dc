import { processorSeconds } from '../../../test/support/processor-time.js';
import { excerptOf, mentionedIn } from '@echomate/contracts/text';
import { readText, tagsIn } from './post-text.js';

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

  it.each([
    ['a short text\n\nin lines', 'a short text in lines'],
    ['honey '.repeat(30), `${'honey '.repeat(25)}honey …`],
    ['蜜'.repeat(200), `${'蜜'.repeat(160)} …`],
    [`${'蜜'.repeat(150)}@${ADA}${'蜜'.repeat(50)}`, `${'蜜'.repeat(150)} …`],
    [`${'蜜'.repeat(123)}@${ADA}${'蜜'.repeat(50)}`, `${'蜜'.repeat(123)}@${ADA} …`],
    [`${'蜜'.repeat(159)}🐝🐝`, `${'蜜'.repeat(159)} …`],
  ])('begins “%s” without cutting anything in two', (text, beginning) => {
    expect(excerptOf(text)).toBe(beginning);
  });

  it('reads the longest text in no time', async () => {
    const seconds = await processorSeconds(() => {
      for (const part of ['#', '#1', '#a', '@', '@0', '#1_', 'ab#'])
        tagsIn(part.repeat(5000 / part.length));
      mentionedIn('@0198b0c4-'.repeat(500));
    });
    expect(seconds).toBeLessThan(1);
  });
});
