import type { Frame } from '@echomate/contracts/frame.dto';
import { between, said } from '../support/chat.js';
import { ask, found, invite } from '../support/groups.js';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
import { allTold } from '../support/notifications.js';
import { get } from '../support/posts.js';
import { API } from '../support/test-app.js';

const place = neighbourhood();

const frameOf = async (person: Person): Promise<Frame> => get(person, 'frame');

describe('the frame of a page', () => {
  it('says who is signed in and what waits for them', async () => {
    const [ada, bruno] = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
    const session = await get(ada, 'auth/session');
    const nothing = {
      follows: { requests: 0, newFollowers: 0 },
      groups: { invitations: 0, requests: 0 },
      messages: { conversations: 0 },
      notifications: { unseen: 0 },
      registrations: 0,
    };
    expect(await frameOf(ada)).toEqual({
      ...session,
      unseen: nothing,
      brand: { name: 'Echomate', colour: 'marine', logo: null },
    });

    await follow(bruno, ada).expect(200);
    await invite(bruno, await found(bruno), ada).expect(200);
    const group = await found(ada);
    await ask(bruno, group).expect(204);
    await said(bruno, await between(bruno, ada), 'Hello');
    await allTold(place.app);
    const { unseen } = await frameOf(ada);
    expect(unseen).toMatchObject({
      follows: { requests: 0, newFollowers: 1 },
      groups: { invitations: 1, requests: 1 },
      messages: { conversations: 1 },
      notifications: { unseen: 3 },
    });
    expect(unseen).toEqual({
      follows: await get(ada, 'followers/unseen'),
      groups: await get(ada, 'groups/unseen'),
      messages: await get(ada, 'conversations/unread'),
      notifications: await get(ada, 'notifications/unseen'),
      registrations: 0,
    });
    expect(await frameOf(bruno)).toEqual({
      ...(await get(bruno, 'auth/session')),
      unseen: nothing,
      brand: { name: 'Echomate', colour: 'marine', logo: null },
    });
  });

  it('is nothing to whoever is not signed in', async () => {
    await place.app.anyone().get(`${API}/frame`).expect(401);
  });

  it('ends with the session', async () => {
    const ada = await place.newPerson('Ada');
    await ada.browser.post(`${API}/auth/logout`).expect(204);
    await ada.browser.get(`${API}/frame`).expect(401);
  });
});
