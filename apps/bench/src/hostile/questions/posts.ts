import type { HostileWorld } from '../world/hostile-world.ts';
import { HIDDEN_TAGS, MIXED_TAG } from '../world/masses.ts';
import { get, type Question } from '../question.ts';
import { NOBODY } from './people.ts';
import type { Prepared } from './prepare.ts';

const lists = (tag: string) => `/hashtags/${tag}/posts`;

export function aboutPosts(world: HostileWorld, prepared: Prepared): Question[] {
  const { cast, crowd, contested, popular, answered, ofHub, edited, shared, beset } = world;
  const { plain, few, many, blocker, shunned, mobbed, author, hub } = cast;
  const post = contested.at(-1)!;
  const readers = [
    [plain, 'a reader without blocks'],
    [blocker, 'a reader with 2,000 blocks'],
    [shunned, 'a reader blocked by 5,000'],
    [mobbed, 'a reader blocked by 25,000'],
  ] as const;
  const hidden = { expected: 404, twin: { name: 'post', is: 'hidden' } } as const;
  return [
    ...readers.flatMap(([reader, about]) => [
      get(reader, `/posts/${post}`, `author with 1,000 blocks, 3,000 comments; ${about}`),
      get(reader, `/posts/${post}/comments`, `1,200 of 3,000 are hidden; ${about}`),
      get(reader, `/users/${author.id}/posts`, `20 such posts; ${about}`),
    ]),
    get(author, `/posts/${post}`, 'the author with 1,000 blocks'),
    get(plain, `/users/${author.id}/posts?limit=100`, '20 such posts'),
    get(author, `/users/${author.id}/posts?as=stranger`, '20 such posts'),
    get(few, `/users/${author.id}/posts?fields=id`, '20 such posts, only ids are wanted'),
    get(plain, `/posts/${prepared.hiddenPost}`, 'followers-only, of a stranger', hidden),
    get(plain, `/posts/${NOBODY}`, 'nothing', {
      expected: 404,
      twin: { name: 'post', is: 'absent' },
    }),

    get(plain, `/posts/${beset}`, '25,000 likes and comments'),
    get(mobbed, `/posts/${beset}`, '25,000 likes and comments by hidden people'),
    get(plain, `/posts/${beset}/comments?limit=100`, '25,000'),
    get(mobbed, `/posts/${beset}/comments`, 'the newest 25,000 are hidden'),
    get(plain, `/posts/${beset}/likes?limit=100`, '25,000'),
    get(mobbed, `/posts/${beset}/likes`, 'the newest 25,000 are hidden'),
    get(mobbed, `/posts/${popular[0]}`, '20,000 likes, all but a few by hidden people'),
    get(blocker, `/posts/${popular[0]}/likes`, '20,000; a reader with 2,000 blocks'),
    get(mobbed, `/users/${hub.id}/posts`, 'posts with 20,000 likes by hidden people'),
    get(plain, `/posts/${post}/likes`, 'author with 1,000 blocks, likes of the blocked'),
    get(plain, `/comments/${answered}/replies?limit=100`, '3,000 replies'),
    get(mobbed, `/comments/${answered}/replies`, '3,000 replies, a quarter by hidden people'),
    get(plain, `/posts/${popular[0]}/comments`, 'a comment with 3,000 replies'),
    get(mobbed, `/posts/${popular[0]}/comments`, 'the same; a reader blocked by 25,000'),
    get(plain, `/comments/${answered}/likes`, ''),
    get(plain, `/posts/${shared}`, 'shared 25,000 times'),
    get(mobbed, `/posts/${shared}`, 'shared 25,000 times by hidden people'),
    get(plain, `/posts/${shared}/shares?limit=100`, '25,000'),
    get(mobbed, `/posts/${shared}/shares`, 'the newest 25,000 are hidden'),
    get(plain, `/posts/${edited}/history?limit=100`, '500 versions'),

    get(plain, `/users/${crowd.veiled}/posts`, 'the newest 25,000 are hidden'),
    get(plain, `/users/${crowd.veiled}/posts?limit=100`, 'the newest 25,000 are hidden'),
    get(plain, '/users/me/mentions', 'the newest 25,000 are hidden'),
    ...[HIDDEN_TAGS.followers, HIDDEN_TAGS.private, HIDDEN_TAGS.chosen].map((tag) =>
      get(plain, lists(tag), '25,000 hidden posts', { twin: { name: `#${tag}`, is: 'hidden' } }),
    ),
    get(shunned, lists(HIDDEN_TAGS.blocked), '25,000 hidden posts', {
      twin: { name: `#${HIDDEN_TAGS.blocked}`, is: 'hidden' },
    }),
    ...Object.values(HIDDEN_TAGS).map((tag) =>
      get(plain, lists(`no${tag}`), 'no posts', { twin: { name: `#${tag}`, is: 'absent' } }),
    ),
    get(plain, lists(MIXED_TAG), '40 behind 25,000 hidden ones'),
    get(mobbed, lists('topic1x'), 'of everyone, a quarter hidden'),
    get(plain, lists(HIDDEN_TAGS.blocked), '25,000 visible'),

    ...Object.entries(ofHub).map(([audience, id]) =>
      get(hub, `/posts/${id}/audience`, `${audience}, 100,000 followers`),
    ),
    get(author, `/posts/${post}/audience`, 'public, 1,000 blocks in either direction'),
    get(many, `/media/${prepared.hiddenMedium}`, 'somebody else’s upload', {
      expected: 404,
      twin: { name: 'upload', is: 'hidden' },
    }),
    get(many, `/media/${NOBODY}`, 'nothing', {
      expected: 404,
      twin: { name: 'upload', is: 'absent' },
    }),
  ];
}
