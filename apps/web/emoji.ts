import keywords from 'emojilib' with { type: 'json' };
import groups from 'unicode-emoji-json/data-by-group.json' with { type: 'json' };
import type { Plugin } from 'vite';

/** Emoji by group, each with the words that find it, and whether it has skin tones. */
const module = () => {
  const known = keywords as Record<string, string[]>;
  const compact = groups.map(({ name, emojis }) => ({
    name,
    emojis: emojis.map(({ emoji, name: own, skin_tone_support }) => [
      emoji,
      own,
      // The first keyword is the name again.
      (known[emoji] ?? []).slice(1).join(' ').replaceAll('_', ' '),
      skin_tone_support ? 1 : 0,
    ]),
  }));
  return `export default JSON.parse(${JSON.stringify(JSON.stringify(compact))})`;
};

/** What the emoji picker shows, as one module that is loaded when it opens. */
export const emoji = (): Plugin => ({
  name: 'echomate:emoji',
  enforce: 'pre',
  resolveId: { filter: { id: /^#emoji$/ }, handler: () => '\0emoji' },
  load: { filter: { id: /^\0emoji$/ }, handler: module },
});
