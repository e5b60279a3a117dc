import type { HostileWorld } from '../world/hostile-world.ts';
import { RARE } from '../world/people.ts';
import { get, type Question } from '../question.ts';
import type { Prepared } from './prepare.ts';

export function aboutPeople({ cast, crowd }: HostileWorld, prepared: Prepared): Question[] {
  const { plain, few, many, blocker, shunned, mobbed, author, hub, awaited } = cast;
  const { talkative } = cast;
  const rare = RARE.first.toLowerCase();
  const list = (kind: string) => `/users/${hub.id}/${kind}`;
  return [
    get(plain, '/auth/session', 'nothing of it: what a request costs at least'),
    get(awaited, '/auth/sessions?limit=100', '1,000 sessions'),
    get(plain, '/users/me', ''),
    get(plain, '/users?limit=20', 'newest people'),
    get(mobbed, '/users?limit=20', 'the newest 25,000 are hidden'),
    get(plain, `/users?q=${rare}`, 'the one who is called so came first'),
    get(plain, '/users?q=nobodyiscalledso', 'nobody'),
    get(plain, '/users?q=grace', 'thousands'),
    get(plain, '/users?q=h&limit=100', 'everyone'),
    get(plain, '/users?q=q', 'one person'),
    get(mobbed, '/users?q=grace', 'the newest 25,000 are hidden'),
    get(blocker, '/users?q=grace', 'a reader with 2,000 blocks'),

    get(plain, `/users/${hub.id}`, '100,000 followers'),
    get(many, `/users/${hub.id}`, '5,000 mutuals'),
    get(hub, `/users/${many.id}`, 'each follows thousands'),
    get(mobbed, `/users/${hub.id}`, 'the newest 25,000 followers are hidden'),
    get(shunned, `/users/${crowd.shunners[0]}`, 'has blocked the reader', {
      expected: 404,
      twin: { name: 'profile', is: 'hidden' },
    }),
    get(shunned, `/users/${NOBODY}`, 'nobody', {
      expected: 404,
      twin: { name: 'profile', is: 'absent' },
    }),
    get(hub, '/users/me/view-as?as=stranger', '100,000 followers'),
    get(hub, `/users/me/view-as?as=${many.id}`, '100,000 followers'),

    get(plain, list('followers'), 'of 100,000'),
    get(plain, `${list('followers')}?limit=100`, 'of 100,000'),
    get(plain, prepared.followersAfterMany, 'of 100,000, after 10,000'),
    get(mobbed, list('followers'), 'the newest 25,000 are hidden'),
    get(blocker, list('followers'), 'a reader with 2,000 blocks'),
    get(plain, `${list('followers')}?q=${rare}`, 'the first of 100,000'),
    get(plain, `${list('followers')}?q=nobodyiscalledso`, 'nobody of 100,000'),
    get(plain, `${list('followers')}?q=h`, 'all of 100,000'),
    get(plain, `${list('followers')}?q=q`, 'one of 100,000'),
    get(mobbed, `${list('followers')}?q=grace`, 'the newest 25,000 are hidden'),
    get(plain, list('following'), 'of 20,000'),
    get(plain, `${list('following')}?q=nobodyiscalledso`, 'nobody of 20,000'),
    get(plain, `${list('following')}?q=${rare}`, 'nobody or the first of 20,000'),
    get(mobbed, list('following'), '5,000 of 20,000 are hidden'),
    get(many, list('mutuals'), '5,000 mutuals'),
    get(many, `${list('mutuals')}?q=nobodyiscalledso`, 'nobody of 5,000'),
    get(plain, list('mutuals'), 'none'),
    get(hub, `/users/${many.id}/mutuals?q=nobodyiscalledso`, 'nobody of thousands'),
    get(plain, `/users/${hub.id}/activity`, 'followed 20,000'),
    get(mobbed, `/users/${hub.id}/activity`, '5,000 of 20,000 are hidden'),
    get(plain, `/users/${talkative.id}/activity`, '5,000 comments'),
    get(plain, `/users/${crowd.veiled}/activity`, 'of each kind the newest 25,000 are hidden'),
    get(plain, `/users/${crowd.veiled}/activity?limit=100`, 'the same'),

    get(hub, '/followers/unseen', '100,000 followers'),
    get(awaited, '/follow-requests?limit=20', '4,000 wait'),
    get(awaited, '/follow-requests?limit=100', '4,000 wait'),
    get(blocker, '/users/me/blocks?limit=100', '2,000 blocks'),
    get(blocker, '/users/me/mutes?limit=100', '2,000 mutes'),

    ...[few, many, blocker].flatMap((reader) =>
      ['latest', 'top'].flatMap((sort) =>
        [20, 100].map((limit) =>
          get(
            reader,
            `/feed?sort=${sort}&limit=${limit}`,
            reader === many
              ? 'follows 5,000'
              : reader === few
                ? 'follows 100 who are much discussed'
                : 'the same, has blocked 2,000',
          ),
        ),
      ),
    ),
    get(few, '/feed?sort=latest&limit=20&fields=id', 'only ids are wanted'),
    get(hub, '/feed?sort=latest&limit=20', 'follows 20,000, nothing fanned out'),
    get(many, `/feed/newer?after=${prepared.oldPost}`, 'everything is newer'),
    get(many, `/feed/newer?after=${prepared.newestPost}`, 'nothing is newer'),
    get(author, '/feed?sort=latest', '1,000 blocks in either direction'),
  ];
}

export const NOBODY = '01900000-0000-7000-8000-000000000000';
