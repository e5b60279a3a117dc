import type { HostileWorld } from '../world/hostile-world.ts';
import type { Question } from '../question.ts';
import type { Prepared } from './prepare.ts';

/** Each puts back what it changed, so that it can be asked again. */
export function writing(world: HostileWorld, prepared: Prepared): Question[] {
  const { cast, contested, popular, beset, ofHub } = world;
  const { plain, blocker, author, hub, awaited, prolific } = cast;
  const [changed, deleted] = contested;
  const toggled = (path: string, about: string, as = plain): Question => ({
    method: 'PUT',
    path,
    about,
    as,
    undo: { method: 'DELETE', path },
  });
  const post = (
    as: Question['as'],
    path: string,
    about: string,
    body: Question['body'],
    undo?: Question['undo'],
  ): Question => ({
    method: 'POST',
    path,
    about,
    as,
    ...(body && { body }),
    ...(undo && { undo }),
  });
  const preview = (as: Question['as'], audience: string, about: string, chosenUserIds?: string[]) =>
    post(as, '/posts/audience-preview', `${audience}, ${about}`, { audience, chosenUserIds });
  const everyTag = Array.from({ length: 30 }, (_, at) => `#topic${at}x`).join(' ');
  return [
    preview(hub, 'public', '100,000 followers'),
    preview(hub, 'followers', '100,000 followers'),
    preview(hub, 'unlisted', '100,000 followers'),
    preview(hub, 'chosen', '100 of 100,000 followers', prepared.followersOfHub),
    preview(plain, 'public', 'no followers'),
    preview(blocker, 'public', '2,000 blocks'),
    preview(author, 'public', '1,000 blocks in either direction'),

    toggled(`/posts/${popular[0]}/like`, '20,000 likes'),
    toggled(`/posts/${changed}/like`, 'author with 1,000 blocks'),
    toggled(`/comments/${world.answered}/like`, '3,000 replies'),
    post(plain, `/posts/${changed}/comments`, 'author with 1,000 blocks', {
      content: 'Well done.',
    }),
    post(plain, `/posts/${beset}/comments`, '25,000 comments', { content: 'Well done.' }),
    post(hub, '/posts', '100,000 followers', { content: 'Good morning.', audience: 'public' }),
    post(prolific, '/posts', '4,686 followers', {
      content: 'Good morning.',
      audience: 'followers',
    }),
    post(hub, '/posts', 'chosen, 100 of them', {
      content: 'Good morning.',
      audience: 'chosen',
      chosenUserIds: prepared.followersOfHub,
    }),
    post(hub, '/posts', '20 mentions and 30 hashtags', {
      content: `${prepared.followersOfHub
        .slice(0, 20)
        .map((id) => `@${id}`)
        .join(' ')} ${everyTag}`,
      audience: 'public',
    }),
    post(plain, `/posts/${popular[0]}/share`, '20,000 likes', { audience: 'public' }),
    {
      method: 'PATCH',
      path: `/posts/${changed}`,
      about: '3,000 comments',
      as: author,
      body: { content: 'It reads better now.' },
      undo: { method: 'PATCH', path: `/posts/${changed}`, body: { content: 'As it was.' } },
    },
    {
      method: 'PUT',
      path: `/posts/${ofHub.public}/audience`,
      about: 'narrowed',
      as: hub,
      body: { audience: 'followers' },
      undo: {
        method: 'PUT',
        path: `/posts/${ofHub.public}/audience`,
        body: { audience: 'public' },
      },
    },
    {
      method: 'DELETE',
      path: `/posts/${deleted}`,
      about: '3,000 comments',
      as: author,
      undo: { method: 'POST', path: `/posts/${deleted}/restore` },
    },
    toggled(`/users/${hub.id}/follow`, '100,000 followers'),
    toggled(`/users/${author.id}/follow`, 'much discussed posts'),
    toggled(`/users/me/mutes/${hub.id}`, '100,000 followers'),
    toggled(`/users/me/blocks/${hub.id}`, '100,000 followers'),
    toggled(`/users/me/blocks/${plain.id}`, 'the 1,001st', author),
    {
      method: 'PUT',
      path: '/followers/unseen',
      about: '100,000 followers',
      as: hub,
    },
    {
      method: 'PUT',
      path: '/users/me/privacy',
      about: '100,000 followers',
      as: hub,
      body: { visibility: 'private' },
      undo: { method: 'PUT', path: '/users/me/privacy', body: { visibility: 'public' } },
    },
    {
      method: 'PATCH',
      path: '/users/me',
      about: '100,000 followers',
      as: hub,
      body: { nickname: 'hub' },
    },
    post(awaited, '/media', '10,000 uploads', prepared.picture),
  ];
}
