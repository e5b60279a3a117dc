import type { HostileWorld } from '../world/hostile-world.ts';
import { HIDDEN_TAGS, MIXED_TAG } from '../world/masses.ts';
import { get, type Question } from '../question.ts';

const posts = (q: string, more = '') => `/search/posts?q=${encodeURIComponent(q)}${more}`;

export function aboutSearch({ cast }: HostileWorld): Question[] {
  const { plain, few, many, blocker, shunned, mobbed, hub } = cast;
  const readers = [
    [plain, 'follows nobody'],
    [few, 'follows 100'],
    [many, 'follows 5,000'],
    [hub, 'follows 20,000'],
    [blocker, 'has blocked 2,000'],
    [mobbed, 'the newest 25,000 are hidden'],
  ] as const;
  return [
    ...readers.flatMap(([reader, about]) => [
      get(reader, posts('morning'), `a frequent word; ${about}`),
      get(reader, posts('nosuchwordatall'), `an absent word; ${about}`),
    ]),
    ...Object.entries(HIDDEN_TAGS).map(([kind, tag]) =>
      get(kind === 'blocked' ? shunned : plain, posts(`#${tag}`), `25,000 hidden (${kind})`, {
        twin: { name: `search ${kind}`, is: 'hidden' },
      }),
    ),
    ...Object.keys(HIDDEN_TAGS).map((kind) =>
      get(kind === 'blocked' ? shunned : plain, posts('#nosuchtagatall'), 'none', {
        twin: { name: `search ${kind}`, is: 'absent' },
      }),
    ),
    get(plain, posts(`#${MIXED_TAG}`), 'a few older posts behind 25,000 hidden ones'),
    get(few, posts('mo'), 'a frequent beginning'),
    get(few, posts('harbour morning light'), 'three frequent words'),
    get(few, posts('harbour nosuchwordatall'), 'a frequent word and an absent one'),
    get(few, posts('"harbour light"'), 'a phrase of frequent words that is nowhere'),
    get(few, posts('morning', '&sort=best'), 'the best of the newest 200'),
    get(few, posts('morning from:grace'), 'by one of thousands who are called so'),
    get(few, posts('the and was we for'), 'only stop words'),
    get(many, '/search?q=morning', 'everything'),
    get(few, '/search?q=gra', 'everything, a frequent beginning of names'),
    get(few, '/search/hashtags?q=for', 'of hidden posts only'),
    get(few, '/users?q=grcae', 'a name that is typed wrongly'),
  ];
}
