import { openidProvider, type ProvidersPerson } from '@echomate/testing/openid-provider';
import type { Post } from '@echomate/contracts/posts.dto';
import { Altered } from './archives.js';
import { between, read, roomOf, said } from './chat.js';
import { eventOf, inDays, planned, respond } from './events.js';
import { found, invite, letIn } from './groups.js';
import { importArchive, exportOf } from './imports.js';
import { choose, counted, look, visitProfile } from './insights.js';
import { claim, decide, makeRole, report, caseOf } from './moderation.js';
import { follow, type neighbourhood, type Person } from './neighbourhood.js';
import { allTold } from './notifications.js';
import { CALLBACK, come, connect, providerSetting } from './outside.js';
import { PASSWORD } from './people.js';
import { PURPOSES, put } from './profile-pictures.js';
import { comment, get, listsSettled, upload, write } from './posts.js';
import { makeToken } from './programs.js';
import { pushService } from './push-service.js';
import { withApp, withPasskey } from './second-factors.js';
import { API } from './test-app.js';

/** Nothing that anybody else is called or says. */
export const LAST_NAME = 'Vanderlinde';
export const OWN_WORDS = 'periwinkle';
/** What stays with those who were written to. */
const TO_OTHERS = 'marigold';

/** Another site to log in with, and a service that takes pushes to devices. */
export async function surroundings() {
  const known: Record<string, ProvidersPerson> = {};
  const provider = await openidProvider(CALLBACK, known);
  const push = await pushService();
  return {
    known,
    push,
    settings: { ...providerSetting(provider.issuer), PRIVATE_ADDRESSES: 'on' },
    async close() {
      await provider.close();
      await push.close();
    },
  };
}
type Surroundings = Awaited<ReturnType<typeof surroundings>>;

/** Somebody who has used everything, and others who have reacted. */
export async function wholeLife(
  place: ReturnType<typeof neighbourhood>,
  { known, push }: Surroundings,
) {
  const { app } = place;
  // The first account is the admin's.
  const [mona, ada, chidi, dora] = (await place.newPeople('Mona', 'Ada', 'Chidi', 'Dora')) as [
    Person,
    Person,
    Person,
    Person,
  ];
  await makeRole(app, mona, 'admin');
  const link = await mona.browser
    .post(`${API}/admin/invitations`)
    .send({ maxUses: 2, days: 7 })
    .expect(201);
  const invitation = new URL(link.body.url as string).searchParams.get('invitation');
  const bruno = await place.newPerson('Bruno', { lastName: LAST_NAME, invitation });
  const { browser } = bruno;
  const send = (who: Person, method: 'put' | 'post' | 'patch', path: string, body: object = {}) =>
    who.browser[method](`${API}/${path}`)
      .send(body)
      .expect((answer) => {
        if (answer.status >= 400)
          throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      });

  // ——— people
  for (const who of [ada, chidi, mona]) {
    await follow(who, bruno).expect(200);
    await follow(bruno, who).expect(200);
  }
  await follow(ada, chidi).expect(200);
  await follow(chidi, ada).expect(200);
  await send(bruno, 'put', `users/me/mutes/${mona.id}`);
  await send(bruno, 'put', `users/me/blocks/${dora.id}`);
  for (const purpose of PURPOSES) await put(bruno, purpose).expect(200);
  await send(bruno, 'patch', 'users/me', { nickname: OWN_WORDS, about: OWN_WORDS });
  await send(bruno, 'put', 'users/me/handle', { handle: `${OWN_WORDS}.${bruno.id.slice(-6)}` });
  await send(bruno, 'put', 'users/me/presence', { isVisible: false });
  await visitProfile(ada, bruno);
  await visitProfile(bruno, ada);

  // ——— groups and events
  const bees = await found(bruno, { title: 'Beekeepers', bannerId: await upload(bruno) });
  const birds = await found(bruno, { title: 'Birds' });
  const club = await found(ada, { title: 'Club' });
  await letIn(bruno, bees, ada, chidi);
  await letIn(bruno, birds, ada);
  await letIn(ada, club, bruno, chidi, mona);
  await invite(bruno, bees, mona).expect(200);
  const choir = await found(chidi, { title: 'Choir' });
  await send(bruno, 'post', `groups/${choir.id}/requests`, { words: OWN_WORDS });
  const day = { start: inDays(30), end: inDays(30, '21:00') };
  const ours = await planned(ada, club.id, {
    ...day,
    options: [{ title: 'Going', capacity: 2 }, { title: 'Not going' }],
  });
  const brunosEvent = await planned(bruno, club.id, { ...day, title: 'Evening in the garden' });
  // The last one waits for a place.
  for (const who of [bruno, ada, chidi])
    for (const event of [ours, brunosEvent]) await respond(who, event).expect(200);
  await send(bruno, 'post', 'users/me/calendar');

  // ——— posts
  const posts = [
    await write(bruno, {
      content: `${OWN_WORDS} #${OWN_WORDS} #bees with @${ada.id}`,
      mediaIds: [await upload(bruno)],
    }),
    await write(bruno, { content: OWN_WORDS, audience: 'followers' }),
    await write(bruno, { content: OWN_WORDS, audience: 'chosen', chosenUserIds: [ada.id] }),
    await write(bruno, { content: OWN_WORDS, audience: 'unlisted' }),
    (
      await browser
        .post(`${API}/posts`)
        .set('Idempotency-Key', 'once')
        .send({ content: OWN_WORDS, audience: 'me' })
        .expect(201)
    ).body as Post,
    ...(await Promise.all(
      [bees, birds, club].map(({ id }) =>
        write(bruno, { content: OWN_WORDS, audience: 'group', groupId: id }),
      ),
    )),
  ];
  const [first] = posts as [(typeof posts)[0]];
  await send(bruno, 'patch', `posts/${first.id}`, { content: `${OWN_WORDS} again #bees` });
  await send(bruno, 'patch', `posts/${posts[2]!.id}`, { content: `${OWN_WORDS} again` });
  await send(bruno, 'put', `posts/${posts[5]!.id}/pin`);
  const adas = await write(ada, {
    content: `Good morning #bees @${bruno.id}`,
    mediaIds: [await upload(ada)],
  });
  const forTwo = await write(ada, {
    content: 'For two',
    audience: 'chosen',
    chosenUserIds: [bruno.id, chidi.id],
  });
  const inClub = await write(ada, { content: 'In the club', audience: 'group', groupId: club.id });
  const question = await comment(chidi, adas, { content: 'Why?' });
  const remark = await comment(bruno, adas, { content: OWN_WORDS, mediaId: await upload(bruno) });
  const comments = [
    remark,
    await comment(bruno, adas, { content: OWN_WORDS, parentId: question.id }),
    await comment(bruno, inClub, { content: OWN_WORDS }),
    await comment(bruno, forTwo, { content: OWN_WORDS }),
  ];
  await comment(chidi, adas, { content: 'Hm', parentId: remark.id });
  const below = await comment(ada, first, { content: 'Nice', mediaId: await upload(ada) });
  for (const path of [`posts/${adas.id}`, `posts/${inClub.id}`, `comments/${question.id}`])
    await send(bruno, 'put', `${path}/like`);
  for (const who of [ada, chidi])
    for (const path of [`posts/${first.id}`, `comments/${remark.id}`])
      await send(who, 'put', `${path}/like`);
  const share = async (who: Person, post: Post): Promise<Post> =>
    (await send(who, 'post', `posts/${post.id}/share`, { audience: 'public', content: 'See' }))
      .body;
  const [chidisShare, brunosShare] = [await share(chidi, first), await share(bruno, adas)];
  await look(ada, first);
  await look(bruno, adas);

  // ——— conversations
  const talk = await between(bruno, ada);
  const room = await roomOf(bruno, bees);
  const messages = [
    await said(bruno, talk, TO_OTHERS, { mediaIds: [await upload(bruno)] }),
    await said(bruno, room, TO_OTHERS),
    await said(bruno, await roomOf(bruno, club), TO_OTHERS),
  ];
  const answer = await said(ada, talk, 'Good evening');
  await send(bruno, 'put', `messages/${answer.id}/reaction`, { emoji: '👍' });
  await send(ada, 'put', `messages/${messages[0]!.id}/reaction`, { emoji: '👍' });
  await read(bruno, talk, answer).expect(204);

  // ——— what is proposed, told and counted
  for (const what of [`people/${mona.id}`, `posts/${adas.id}`, `groups/${choir.id}`, 'hashtags/x'])
    await send(bruno, 'put', `discovery/dismissals/${what}`);
  await send(chidi, 'put', `discovery/dismissals/posts/${first.id}`);
  await send(bruno, 'put', 'discovery/settings', { isSuggested: true, usesInterests: true });
  await send(bruno, 'put', `notifications/mutes/posts/${adas.id}`, { hours: 1 });
  await send(ada, 'put', `notifications/mutes/posts/${first.id}`, { hours: 1 });
  await send(bruno, 'patch', 'notifications/preferences', {
    choices: [{ topic: 'like', channel: 'email', isOn: true }],
    zone: 'Europe/Berlin',
    quietFrom: '22:00',
    quietTo: '07:00',
    digestHour: 8,
  });
  await allTold(app);
  const { newest } = await get(bruno, 'notifications');
  await send(bruno, 'put', 'notifications/seen', { upTo: newest });
  await send(bruno, 'put', 'notifications/push', push.subscribe());
  await choose(bruno, { isCounted: true, isKept: true });
  await counted(app);

  // ——— reports by and about them, what was decided, and an appeal
  for (const [kind, thing] of [
    ['post', adas],
    ['person', chidi],
    ['group', club],
  ] as const)
    await report(bruno, kind, thing, { words: OWN_WORDS }).expect(204);
  await report(chidi, 'post', adas).expect(204);
  for (const [kind, thing] of [
    ['post', posts[1]!],
    ['comment', remark],
    ['message', messages[0]!],
    ['person', bruno],
    ['group', bees],
    ['event', brunosEvent],
  ] as const)
    await report(ada, kind, thing).expect(204);
  // Theirs stands beside what is reported of others.
  await report(bruno, 'comment', below).expect(204);
  await report(chidi, 'comment', below).expect(204);
  await report(bruno, 'message', answer).expect(204);
  await report(chidi, 'message', await said(ada, room, 'After them')).expect(204);
  const decided = (await caseOf(mona, 'comment', OWN_WORDS))!;
  await claim(mona, decided).expect(200);
  await decide(mona, decided, { decision: 'warn' }).expect(200);
  await send(bruno, 'post', `decisions/${decided.id}/appeal`, { words: OWN_WORDS });

  // For a while they decided themselves.
  await makeRole(app, bruno, 'admin');
  const doras = await write(dora, { content: 'Of Dora' });
  await report(ada, 'post', doras).expect(204);
  const theirs = (await caseOf(bruno, 'post', 'Of Dora'))!;
  await claim(bruno, theirs).expect(200);
  await decide(bruno, theirs, { decision: 'warn' }).expect(200);
  await send(bruno, 'post', 'admin/invitations', { maxUses: 2, days: 7 });
  await makeRole(app, bruno, 'member');

  // ——— ways in, archives
  known['bruno'] = { email: `${OWN_WORDS}@example.org`, email_verified: true };
  await come(browser, 'bruno', { connects: true });
  await connect(browser, PASSWORD).expect(200);
  await withPasskey(app, browser);
  await withApp(browser);
  // Two-step login ends what was let in before.
  await makeToken(browser);
  await listsSettled(app);
  const archive = await Altered.of(await exportOf(bruno));
  const about = JSON.parse(archive.files.get('export.json')!.toString());
  const elsewhere = { ...about, origin: 'http://elsewhere.example' };
  await importArchive(bruno, await archive.with('export.json', JSON.stringify(elsewhere)).zip());
  await browser.post(`${API}/auth/password/forgot`).send({ email: bruno.email }).expect(202);
  await app.mailAbout(bruno.email, 'Choose a new password');
  await listsSettled(app);
  const imported = (await get(bruno, `users/${bruno.id}/posts?limit=100`)).items as {
    id: string;
  }[];

  return {
    mona,
    ada,
    chidi,
    dora,
    bruno,
    bees,
    birds,
    club,
    choir,
    ours: await eventOf(ada, ours),
    brunosEvent,
    adas,
    forTwo,
    inClub,
    question,
    talk,
    room,
    first,
    remark,
    /** Ids of what must be gone with the person, whoever refers to it. */
    gone: [...posts, ...imported, ...comments, brunosShare, below].map(({ id }) => id),
    chidisShare,
    messages,
  };
}
