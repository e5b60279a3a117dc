import { AccountStatesService } from '../../src/modules/users/account-states.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import type { InactiveReason } from '@echomate/contracts/users.dto';
import { follow, type neighbourhood, type Person } from './neighbourhood.js';
import { comment, listsSettled, upload, write } from './posts.js';
import { API } from './test-app.js';

/** What hides accounts and brings them back. */
export const accountStates = (place: ReturnType<typeof neighbourhood>) => {
  const settled = () => listsSettled(place.app);
  const change = (what: 'hide' | 'restore', { id }: { id: string }, reason: InactiveReason) =>
    place.app
      .get(Database)
      .transaction((transaction) =>
        place.app.get(AccountStatesService)[what](transaction, id, reason),
      );
  const hide = (who: Person, reason: InactiveReason = 'deactivated') => change('hide', who, reason);
  const deactivate = async (who: Person) => {
    await hide(who);
    await settled();
  };
  const restore = async (who: Person, reason: InactiveReason = 'deactivated') => {
    await change('restore', who, reason);
    await settled();
  };

  /** Bruno is everywhere in Ada's world; Chidi is another who follows both. */
  const world = async () => {
    const [ada, bruno, chidi] = [
      await place.newPerson('Ada'),
      await place.newPerson('Bruno'),
      await place.newPerson('Chidi'),
    ];
    await follow(ada, bruno);
    await follow(bruno, ada);
    await follow(chidi, bruno);
    await follow(chidi, ada);
    const tag = `t${ada.id.slice(-12)}`;
    const mediaId = await upload(bruno);
    const brunos = await write(bruno, { content: `Hello #${tag}`, mediaIds: [mediaId] });
    const adas = await write(ada, { content: `Mine #${tag}` });
    const forFollowers = await write(bruno, { content: 'Close', audience: 'followers' });
    const chosen = await write(bruno, {
      content: 'Closer',
      audience: 'chosen',
      chosenUserIds: [ada.id, chidi.id],
    });
    const question = await comment(chidi, adas, { content: 'Why?' });
    const remark = await comment(bruno, adas, { content: 'A remark' });
    const answer = await comment(bruno, adas, { content: 'Because', parentId: question.id });
    const doubt = await comment(chidi, adas, { content: 'Hm', parentId: remark.id });
    for (const subject of [`posts/${adas.id}`, `comments/${question.id}`])
      await bruno.browser.put(`${API}/${subject}/like`).expect(200);
    await chidi.browser.put(`${API}/posts/${adas.id}/like`).expect(200);
    const share = (
      await chidi.browser
        .post(`${API}/posts/${brunos.id}/share`)
        .send({ audience: 'public' })
        .expect(201)
    ).body;
    await settled();
    const paths = {
      card: `users?q=bruno`,
      profile: `users/${bruno.id}`,
      posts: `users/${bruno.id}/posts`,
      followers: `users/${bruno.id}/followers`,
      activity: `users/${bruno.id}/activity`,
      post: `posts/${brunos.id}`,
      forFollowers: `posts/${forFollowers.id}`,
      chosen: `posts/${chosen.id}`,
      share: `posts/${share.id}`,
      comments: `posts/${brunos.id}/comments`,
      likes: `posts/${brunos.id}/likes`,
      comment: `comments/${remark.id}/replies`,
      likesOfAnswer: `comments/${answer.id}/likes`,
      likesOfDoubt: `comments/${doubt.id}/likes`,
      media: `media/${mediaId}`,
      bytes: `media/${mediaId}/thumb`,
      feed: 'feed',
      top: 'feed?sort=top',
      tag: `hashtags/${tag}/posts`,
      suggestions: 'discovery/people',
      ownFollowers: `users/${ada.id}/followers`,
      ownFollowing: `users/${ada.id}/following`,
      mutuals: `users/${bruno.id}/mutuals`,
      ownProfile: `users/${ada.id}`,
      adasPost: `posts/${adas.id}`,
      adasComments: `posts/${adas.id}/comments`,
      adasLikes: `posts/${adas.id}/likes`,
      replies: `comments/${question.id}/replies`,
      audience: `posts/${adas.id}/audience`,
      chidisPosts: `users/${chidi.id}/posts`,
      chidisActivity: `users/${chidi.id}/activity`,
      unseen: 'followers/unseen',
      frame: 'frame',
    };
    /** The answers to a person on every path. */
    const seenBy = async (who: Person) => {
      const seen: Record<string, { status: number; body: unknown }> = {};
      for (const [name, path] of Object.entries(paths)) {
        const { status, body } = await who.browser.get(`${API}/${path}`);
        delete body.requestId;
        seen[name] = { status, body: Buffer.isBuffer(body) ? body.length : body };
      }
      return seen;
    };
    return { ada, bruno, chidi, adas, brunos, question, seenBy };
  };
  return { settled, change, hide, deactivate, restore, world };
};
