import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import type { Test } from 'supertest';
import { DataSource } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { FollowsRepository } from '../../src/modules/follows/follows.repository.js';
import { MediaFiles } from '../../src/modules/media/media-files.service.js';
import { CommentsRepository } from '../../src/modules/posts/comments.repository.js';
import { AccountRemovalService } from '../../src/modules/users/account-removal.service.js';
import { AccountStatesService } from '../../src/modules/users/account-states.service.js';
import { User } from '../../src/modules/users/entities/user.entity.js';
import { Database } from '../../src/platform/database/database.service.js';
import { currentWork } from '../../src/platform/http/request-context.js';
import { Images } from '../../src/platform/images/images.js';
import { anyOf, sql, type Sql, type Transaction } from '../../src/platform/database/statements.js';
import { Jobs } from '../../src/platform/jobs/jobs.service.js';
import { PersonalDataRegistry } from '../../src/platform/personal-data/personal-data.js';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
import { bombGif, picture } from '../support/pictures.js';
import {
  comment,
  expectCountsOfPosts,
  get,
  listsSettled,
  upload,
  write,
} from '../support/posts.js';
import { PASSWORD, registration } from '../support/people.js';
import { tablesNaming } from '../support/personal-data.js';
import { makeToken } from '../support/programs.js';
import { API, tokenIn } from '../support/test-app.js';
import { until } from '../support/until.js';

const place = neighbourhood();
const registry = () => place.app.get(PersonalDataRegistry);
const database = () => place.app.get(Database);
const entities = () => place.app.get(DataSource).entityMetadatas;

/** Bruno has used every feature, and others have reacted. */
async function world() {
  const [ada, bruno, chidi, dora] = [
    await place.newPerson('Ada'),
    await place.newPerson('Bruno'),
    await place.newPerson('Chidi'),
    await place.newPerson('Dora'),
  ];
  await follow(ada, bruno);
  await follow(bruno, ada);
  await follow(chidi, bruno);
  await bruno.browser.put(`${API}/users/me/mutes/${chidi.id}`).expect(204);
  await bruno.browser.put(`${API}/users/me/blocks/${dora.id}`).expect(204);
  await bruno.browser
    .put(`${API}/users/me/avatar`)
    .attach('file', await picture('png', 700, 700), 'a.png')
    .expect(200);
  const brunos = await write(bruno, {
    content: 'First words #news',
    mediaIds: [await upload(bruno)],
  });
  await bruno.browser
    .patch(`${API}/posts/${brunos.id}`)
    .send({ content: 'Better words' })
    .expect(200);
  const chosen = await write(bruno, {
    content: 'For two',
    audience: 'chosen',
    chosenUserIds: [ada.id, chidi.id],
  });
  const adas = await write(ada, { content: `Good morning @${bruno.id}` });
  const question = await comment(chidi, adas, { content: 'Why?' });
  const remark = await comment(bruno, adas, { content: 'A remark', mediaId: await upload(bruno) });
  const answer = await comment(bruno, adas, { content: 'Because', parentId: question.id });
  await comment(chidi, adas, { content: 'Hm', parentId: remark.id });
  const underBrunos = await comment(ada, brunos, { content: 'Nice', mediaId: await upload(ada) });
  for (const subject of [`posts/${adas.id}`, `comments/${question.id}`])
    await bruno.browser.put(`${API}/${subject}/like`).expect(200);
  await ada.browser.put(`${API}/posts/${brunos.id}/like`).expect(200);
  await ada.browser.put(`${API}/comments/${answer.id}/like`).expect(200);
  const shared = await chidi.browser
    .post(`${API}/posts/${brunos.id}/share`)
    .send({ audience: 'public', content: 'Look' })
    .expect(201);
  await comment(ada, shared.body, { content: 'I see' });
  await bruno.browser
    .post(`${API}/posts`)
    .set('Idempotency-Key', 'once')
    .send({ content: 'Once', audience: 'public' })
    .expect(201);
  for (const what of [`people/${chidi.id}`, `posts/${adas.id}`, 'hashtags/news'])
    await bruno.browser.put(`${API}/discovery/dismissals/${what}`).expect(204);
  await ada.browser.put(`${API}/discovery/dismissals/people/${bruno.id}`).expect(204);
  await bruno.browser
    .put(`${API}/discovery/settings`)
    .send({ isSuggested: false, usesInterests: true })
    .expect(200);
  await makeToken(bruno.browser);
  await bruno.browser.post(`${API}/auth/password/forgot`).send({ email: bruno.email }).expect(202);
  // Opened, logged in, made a token: written after the answers.
  await until('the history is kept', async () => {
    const { items } = await get(bruno, 'auth/history');
    return items.length === 3;
  });
  await listsSettled(place.app);
  return { ada, bruno, chidi, brunos, chosen, adas, question, remark, underBrunos };
}

async function removed(who: Person): Promise<void> {
  await place.app.get(AccountRemovalService).remove(who.id);
  // Whatever listens to the end of an account; a job that runs is due again when its lease ends.
  await until('the account is removed', async () => {
    const soon = new Date(Date.now() + 120_000).toISOString();
    const left = await database().one(sql`
      SELECT id FROM jobs WHERE state = 'waiting' AND unique_key IS NULL AND run_at <= ${soon} LIMIT 1`);
    return !left;
  });
}

const tablesThatName = (id: string) => tablesNaming(place.app, id);

describe('what is kept of people', () => {
  it('is declared: every table that refers to them, once', () => {
    const declared = registry().all.flatMap(({ tables }) => Object.keys(tables));
    expect(new Set(declared).size).toBe(declared.length);
    const referring = entities()
      .filter(({ foreignKeys, columns }) =>
        [...foreignKeys.map((key) => key.referencedEntityMetadata.target), ...columns].includes(
          User,
        ),
      )
      .map(({ tableName }) => tableName);
    expect(referring.length).toBeGreaterThan(12);
    expect(declared).toEqual(expect.arrayContaining(referring));
    expect(entities().map(({ tableName }) => tableName)).toEqual(expect.arrayContaining(declared));
  });

  it('is removed from the modules that stand on others first', () => {
    const order = registry().all.map(({ module }) => module);
    const inOrder = (...modules: string[]) =>
      expect(order.filter((module) => modules.includes(module))).toEqual(modules);
    inOrder('users', 'media', 'posts', 'feed');
    inOrder('users', 'follows', 'posts', 'feed');
  });

  it('is exported whole, and of others only what the rule shows', async () => {
    const { ada, bruno, chidi, brunos, chosen, remark } = await world();
    await chidi.browser.put(`${API}/users/me/blocks/${bruno.id}`).expect(204);
    const parts: Record<string, object[]> = {};
    for await (const { module, table, item } of registry().export(bruno.id))
      (parts[`${module}.${table}`] ??= []).push(item);
    expect(
      Object.fromEntries(Object.entries(parts).map(([part, items]) => [part, items.length])),
    ).toEqual({
      'users.users': 1,
      'auth.sessions': 1,
      'auth.programs': 1,
      'auth.account_history': 3,
      'media.media': 2,
      'notifications.notifications': 4,
      // Ada on both sides
      'follows.follows': 2,
      'follows.blocks': 1,
      'posts.posts': 3,
      'posts.post_versions': 2,
      // Not the answer to Chidi, who is hidden, nor the like of what Chidi said
      'posts.comments': 1,
      'posts.post_likes': 1,
      // Not Chidi, who is hidden
      'discovery.dismissals': 2,
      'discovery.discovery_settings': 1,
    });
    expect(parts['users.users']![0]).toMatchObject({ email: bruno.email, firstName: 'Bruno' });
    expect(parts['posts.posts']).toContainEqual(
      expect.objectContaining({ id: chosen.id, chosenUserIds: [ada.id] }),
    );
    expect(parts['posts.post_versions']).toContainEqual(
      expect.objectContaining({ postId: brunos.id, content: 'First words #news' }),
    );
    expect(parts['posts.comments']).toContainEqual(expect.objectContaining({ id: remark.id }));
    expect(JSON.stringify(parts)).not.toContain(chidi.id);
  });

  it('is gone with the account, from every table and from the disk; what others keep is whole', async () => {
    const filesIn = (name: string) =>
      readdirSync(join(place.app.config.dataDir, 'files', name), { recursive: true })
        .map(String)
        .filter((file) => file.includes('.'))
        .sort();
    const mediaBefore = filesIn('media');
    const { ada, bruno, chidi, brunos, adas, question } = await world();
    const avatar = (await get(ada, `users/${bruno.id}`)).avatar.small as string;
    const avatarId = avatar.split('/').at(-2)!;
    const ofAvatar = () => filesIn('avatars').filter((file) => file.includes(avatarId));
    expect(ofAvatar()).toHaveLength(2);
    expect(filesIn('media').length).toBeGreaterThan(mediaBefore.length);
    await removed(bruno);

    // A mention is part of somebody else's text.
    expect(await tablesThatName(bruno.id)).toEqual(['posts']);
    expect(await tablesThatName(brunos.id)).toEqual([]);
    expect(ofAvatar()).toEqual([]);
    expect(filesIn('media')).toEqual(mediaBefore);
    for (const path of [`users/${bruno.id}`, `posts/${brunos.id}`, avatar.replace('/api/v1/', '')])
      await ada.browser.get(`${API}/${path}`).expect(404);
    await bruno.browser.get(`${API}/auth/session`).expect(401);
    await place.app
      .browser()
      .post(`${API}/auth/login`)
      .send({ email: bruno.email, password: 'seven green bicycles' })
      .expect(401);

    expect(await get(ada, `posts/${adas.id}`)).toMatchObject({ likeCount: 0, commentCount: 1 });
    expect((await get(ada, `posts/${adas.id}/comments`)).items).toEqual([
      expect.objectContaining({ id: question.id, replyCount: 0, likeCount: 0 }),
    ]);
    expect(await get(ada, `users/${ada.id}`)).toMatchObject({
      followerCount: 0,
      followingCount: 0,
    });
    expect((await get(chidi, `users/${chidi.id}/posts`)).items).toEqual([]);
    await expectCountsOfPosts(place.app);
  });

  it('can be removed in several goes', async () => {
    const { ada, bruno, adas } = await world();
    await database().transaction((transaction) =>
      place.app.get(AccountStatesService).hide(transaction, bruno.id, 'removed'),
    );
    await registry().remove(bruno.id);
    await registry().remove(bruno.id);
    await removed(bruno);
    expect(await tablesThatName(bruno.id)).toEqual(['posts']);
    expect(await get(ada, `posts/${adas.id}`)).toMatchObject({ likeCount: 0, commentCount: 1 });
    await expectCountsOfPosts(place.app);
  });

  it('keeps no address either: one that the account was moved away from is free again', async () => {
    const bruno = await place.newPerson('Bruno');
    const newEmail = `moved-${bruno.email}`;
    await bruno.browser
      .post(`${API}/auth/email`)
      .send({ newEmail, password: PASSWORD })
      .expect(202);
    const token = tokenIn(await place.app.mail(newEmail));
    await bruno.browser.post(`${API}/auth/email/verify`).send({ token }).expect(200);
    // It has been asked to open the account, told of the move, and shown the way back.
    await place.app.mail(bruno.email, 3);
    await removed(bruno);
    expect(await tablesThatName(bruno.id)).toEqual([]);
    const browser = place.app.browser();
    const again = registration({ email: bruno.email });
    await browser.post(`${API}/auth/register`).send(again).expect(202);
    const link = { token: tokenIn(await place.app.mail(bruno.email, 4)), password: PASSWORD };
    await browser.post(`${API}/auth/email/verify`).send(link).expect(200);
  });

  it('comes into no feed by a job that was late', async () => {
    const { ada, bruno, brunos, chosen } = await world();
    const feed = registry().all.find(({ module }) => module === 'feed')!;
    const remove = feed.remove.bind(feed);
    jest.spyOn(feed, 'remove').mockImplementationOnce(async (userId) => {
      await remove(userId);
      await database().transaction(async (transaction) => {
        for (const { id: postId } of [brunos, chosen])
          await place.app
            .get(Jobs)
            .enqueue(
              transaction,
              'feed.fan-out',
              { postId, authorId: bruno.id },
              { batch: bruno.id },
            );
        await place.app
          .get(Jobs)
          .enqueue(transaction, 'feed.backfill', { followeeId: bruno.id, followerIds: [ada.id] });
      });
      await listsSettled(place.app);
    });
    await removed(bruno);
    for (const { id } of [brunos, chosen]) expect(await tablesThatName(id)).toEqual([]);
  });

  it.each<[string, (bruno: Person, ada: Person, postId: string) => Test]>([
    [
      'a post',
      ({ browser }) => browser.post(`${API}/posts`).send({ content: 'Late', audience: 'public' }),
    ],
    [
      'a comment',
      ({ browser }, _, post) =>
        browser.post(`${API}/posts/${post}/comments`).send({ content: 'Late' }),
    ],
    ['a like', ({ browser }, _, post) => browser.put(`${API}/posts/${post}/like`)],
    [
      'a share',
      ({ browser }, _, post) =>
        browser.post(`${API}/posts/${post}/share`).send({ audience: 'public' }),
    ],
    ['a follow', ({ browser }, ada) => browser.put(`${API}/users/${ada.id}/follow`)],
    ['a block', ({ browser }, ada) => browser.put(`${API}/users/me/blocks/${ada.id}`)],
    ['a mute', ({ browser }, ada) => browser.put(`${API}/users/me/mutes/${ada.id}`)],
    ['a profile', ({ browser }) => browser.patch(`${API}/users/me`).send({ nickname: 'Late' })],
    [
      'privacy',
      ({ browser }) => browser.put(`${API}/users/me/privacy`).send({ visibility: 'private' }),
    ],
    [
      'a follow of the person by somebody else',
      ({ id }, ada) => ada.browser.put(`${API}/users/${id}/follow`),
    ],
    [
      'a block of the person by somebody else',
      ({ id }, ada) => ada.browser.put(`${API}/users/me/blocks/${id}`),
    ],
  ])('is not begun anew by a request that was under way: %s', async (what, late) => {
    const [ada, bruno] = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
    const { id } = await write(ada, { content: 'Good morning' });
    const { transaction } = database();
    let isHeld = false;
    const writes = jest.spyOn(database(), 'transaction').mockImplementation(async (work) => {
      if (currentWork()?.request && !isHeld) {
        isHeld = true;
        await removed(bruno);
      }
      return transaction.call(database(), work) as never;
    });
    const { status } = await late(bruno, ada, id);
    writes.mockRestore();
    expect(isHeld).toBe(true);
    // Blocking does not tell whether the other is there.
    expect(status).toBe(what.startsWith('a block of') ? 204 : what.includes('of the') ? 404 : 401);
    expect(await tablesThatName(bruno.id)).toEqual([]);
    await expectCountsOfPosts(place.app);
  });

  it('leaves no job that fails for ever', async () => {
    const bruno = await place.newPerson('Bruno');
    await removed(bruno);
    await database().transaction((transaction) =>
      place.app.get(Jobs).enqueue(transaction, 'follows.accept-waiting', { followeeId: bruno.id }),
    );
    const left = () =>
      database().one<{ lastError: string | null }>(sql`
        SELECT last_error AS "lastError" FROM jobs WHERE kind = 'follows.accept-waiting'`);
    for (let job = await left(); job; job = await left()) {
      expect(job.lastError).toBeNull();
      await sleep(20);
    }
  });

  it('never takes many rows along in one statement, however many others have made of it', async () => {
    const { ada, bruno, chidi, remark } = await world();
    const counted = { likes: 0, replies: 0, mentions: 0, chosen: 0 };
    const ask = async (query: Sql, transaction: Transaction) =>
      (await transaction.one<{ count: number }>(query))!.count;
    const comments = place.app.get(CommentsRepository);
    const deleteRows = comments.deleteRows.bind(comments);
    const spies = [
      jest.spyOn(comments, 'deleteRows').mockImplementation(async (transaction, ids) => {
        if (ids.length) {
          counted.likes += await ask(
            sql`SELECT count(*) AS count FROM comment_likes WHERE comment_id IN (${anyOf(ids)})`,
            transaction,
          );
          counted.replies += await ask(
            sql`SELECT count(*) AS count FROM comments
              WHERE parent_id IN (${anyOf(ids)}) AND id NOT IN (${anyOf(ids)})`,
            transaction,
          );
        }
        return deleteRows(transaction, ids);
      }),
    ];
    const follows = place.app.get(FollowsRepository);
    const deleteSomeOf = follows.deleteSomeOf.bind(follows);
    spies.push(
      jest.spyOn(follows, 'deleteSomeOf').mockImplementation(async (transaction, userId, limit) => {
        for (const table of [sql`chosen_followers`, sql`version_chosen_followers`])
          counted.chosen += await ask(
            sql`SELECT count(*) AS count FROM ${table} WHERE user_id = ${userId}`,
            transaction,
          );
        counted.mentions += await ask(
          sql`SELECT count(*) AS count FROM post_mentions WHERE user_id = ${userId}`,
          transaction,
        );
        return deleteSomeOf(transaction, userId, limit);
      }) as never,
    );
    await ada.browser.put(`${API}/comments/${remark.id}/like`).expect(200);
    await follow(bruno, chidi);
    const chidis = await write(chidi, {
      content: 'For Bruno',
      audience: 'chosen',
      chosenUserIds: [bruno.id],
    });
    await chidi.browser.patch(`${API}/posts/${chidis.id}`).send({ content: 'Better' }).expect(200);
    await removed(bruno);
    for (const spy of spies) spy.mockRestore();
    expect(counted).toEqual({ likes: 0, replies: 0, mentions: 0, chosen: 0 });
    await expectCountsOfPosts(place.app);
  });

  describe('that is being uploaded meanwhile', () => {
    const mediaFiles = () =>
      ['media', 'media-originals']
        .flatMap((name) => {
          const folder = join(place.app.config.dataDir, 'files', name);
          return existsSync(folder) ? readdirSync(folder, { recursive: true }).map(String) : [];
        })
        .filter((file) => file.includes('.') || file.includes('upload'))
        .sort();

    it.each([
      ['png', 'before its row is there'],
      ['png', 'before its files are there'],
      ['gif', 'before its files are there'],
      ['png', 'while its files are written'],
    ] as const)('leaves no file: a %s, removed %s', async (format, when) => {
      const bruno = await place.newPerson('Bruno');
      const before = mediaFiles();
      const [target, method] =
        when === 'before its row is there'
          ? ([place.app.get(Images), 'stills'] as const)
          : ([place.app.get(MediaFiles), 'put'] as const);
      const media = registry().all.find(({ module }) => module === 'media')!;
      const step = jest.spyOn(target as MediaFiles, method as 'put');
      step.mockImplementationOnce(async (...given) => {
        await database().transaction((transaction) =>
          place.app.get(AccountStatesService).hide(transaction, bruno.id, 'removed'),
        );
        await media.remove(bruno.id);
        // As the disk says it when the folder goes in the middle of it.
        if (when === 'while its files are written') throw new Error('ENOENT');
        return (target as MediaFiles)[method as 'put'](...given);
      });
      const image = format === 'gif' ? bombGif(3, 8) : await picture(format, 80, 60);
      const { status } = await bruno.browser
        .post(`${API}/media`)
        .attach('file', image, `a.${format}`);
      step.mockRestore();
      expect(status).toBe(401);
      await removed(bruno);
      expect(mediaFiles()).toEqual(before);
    });

    it('leaves no file where the process died while it was being processed', async () => {
      const id = uuid();
      const before = mediaFiles();
      const files = place.app.get(MediaFiles);
      await files.put({ id, purpose: 'attachment' }, { full: Buffer.from('half') });
      await database().transaction(async (transaction) => {
        await place.app.get(Jobs).enqueue(transaction, 'media.process-animation', {
          id,
          type: 'image/gif',
        });
        await transaction.run(
          sql`UPDATE jobs SET attempts = 1 WHERE kind = 'media.process-animation'`,
        );
      });
      await until('its file is gone', () => mediaFiles().length <= before.length);
      expect(mediaFiles()).toEqual(before);
    });
  });
});
