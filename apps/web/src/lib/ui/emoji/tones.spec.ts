import groups from 'unicode-emoji-json/data-by-group.json' with { type: 'json' };
import { TONES, toned } from './tones.ts';

const emojis = groups.flatMap((group) => group.emojis);

it('every emoji with skin tones is an emoji in each of them', () => {
  const withTones = emojis.filter((one) => one.skin_tone_support);
  expect(withTones.length).toBeGreaterThan(250);
  const wrong = withTones.flatMap(({ emoji }) =>
    TONES.map((tone) => toned(emoji, tone)).filter((one) => !/^\p{RGI_Emoji}$/v.test(one)),
  );
  expect(wrong).toEqual([]);
});

it('everybody in a group of people has the same tone', () => {
  expect(toned('🧑‍🤝‍🧑', '🏽')).toBe('🧑🏽‍🤝‍🧑🏽');
  expect(toned('🏋️‍♀️', '🏿')).toBe('🏋🏿‍♀️');
  expect(toned('👍', '')).toBe('👍');
});
