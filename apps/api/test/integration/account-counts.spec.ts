import { AsyncResource } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import fc from 'fast-check';
import { isActive } from '../../src/access/profile.access.js';
import { EventAnswered } from '../../src/modules/events/events.domain-events.js';
import { ResponsesService } from '../../src/modules/events/responses.service.js';
import { GroupJoined } from '../../src/modules/groups/groups.domain-events.js';
import { JoiningService } from '../../src/modules/groups/joining.service.js';
import { MembershipsService } from '../../src/modules/groups/memberships.service.js';
import { FollowRecountService } from '../../src/modules/follows/follow-recount.service.js';
import { BlocksService } from '../../src/modules/follows/blocks.service.js';
import { FollowsService } from '../../src/modules/follows/follows.service.js';
import { FollowsRepository } from '../../src/modules/follows/follows.repository.js';
import { CommentAdded, PostLiked } from '../../src/modules/posts/posts.domain-events.js';
import { CommentsService } from '../../src/modules/posts/comments.service.js';
import { LikesService } from '../../src/modules/posts/likes.service.js';
import { RecountService } from '../../src/modules/posts/recount.service.js';
import { UsersService } from '../../src/modules/users/users.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { join, sql, type Sql } from '../../src/platform/database/statements.js';
import { Refusal } from '../../src/platform/http/problem.js';
import { DomainEvents } from '../../src/platform/domain-events/domain-events.js';
import { accountStates } from '../support/account-states.js';
import { eventOf, expectCountsOfEvents, planned, respond } from '../support/events.js';
import {
  acceptInvitation,
  expectGroupsToBeSound,
  found,
  groupOf,
  invite,
} from '../support/groups.js';
import { follow, neighbourhood } from '../support/neighbourhood.js';
import { comment, expectCountsOfPosts, get, write } from '../support/posts.js';
import { logIn } from '../support/people.js';
import { API } from '../support/test-app.js';

const place = neighbourhood();
const { settled, change, hide, deactivate, restore, world } = accountStates(place);
/** As another request would run it, and not as part of the transaction at hand. */
const elsewhere = new AsyncResource('elsewhere');
const outside = <Result>(work: () => Result): Result => elsewhere.runInAsyncScope(work);
const expectCountsToBeRight = async () => {
  await expectCountsOfPosts(place.app);
  await expectGroupsToBeSound(place.app);
  await expectCountsOfEvents(place.app);
};
afterEach(() => expectCountsToBeRight());

/** Rows that stand in counters and should not, or the other way round. */
const countedWrongly = () => {
  const shouldCount = (...all: Sql[]) => join(all.map(isActive), ' AND ');
  return place.app.get(Database).many(sql`
    SELECT 'follow' AS what, id FROM follows f
      WHERE is_counted <> (${shouldCount(sql`f.follower_id`, sql`f.followee_id`)}) AND status <> 'declined'
    UNION ALL SELECT 'like', id FROM post_likes l WHERE is_counted <> (${shouldCount(sql`l.user_id`)})
    UNION ALL SELECT 'like', id FROM comment_likes l WHERE is_counted <> (${shouldCount(sql`l.user_id`)})
    UNION ALL SELECT 'comment', c.id FROM comments c LEFT JOIN comments parent ON parent.id = c.parent_id
      WHERE c.deleted_at IS NULL
        AND c.is_counted <> (${shouldCount(sql`c.author_id`, sql`COALESCE(parent.author_id, c.author_id)`)})
    UNION ALL SELECT 'membership', m.id FROM memberships m WHERE is_counted <> (${shouldCount(sql`m.user_id`)})
    UNION ALL SELECT 'answer', a.id FROM event_answers a WHERE is_counted <> (${shouldCount(sql`a.user_id`)})`);
};

describe('an account that is not active', () => {
  it('waits with its request: nobody can answer it, and turning public accepts it uncounted', async () => {
    const [ada, bruno] = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
    const visibility = (value: string) =>
      ada.browser.put(`${API}/users/me/privacy`).send({ visibility: value }).expect(200);
    await visibility('private');
    await follow(bruno, ada);
    await deactivate(bruno);
    expect(await get(ada, 'followers/unseen')).toEqual({ requests: 0, newFollowers: 0 });
    expect((await get(ada, 'follow-requests')).items).toEqual([]);
    for (const answer of ['accept', 'decline'])
      await ada.browser.post(`${API}/follow-requests/${bruno.id}/${answer}`).expect(404);
    await visibility('public');
    await settled();
    expect((await get(ada, `users/${ada.id}`)).followerCount).toBe(0);
    await restore(bruno);
    expect((await get(ada, `users/${ada.id}`)).followerCount).toBe(1);
  });

  it('is left out of counters also where others act meanwhile', async () => {
    const { ada, bruno, chidi, adas, question } = await world();
    await deactivate(bruno);
    await deactivate(chidi);
    await restore(bruno);
    // Bruno's reply to Chidi's question is not counted until Chidi is back; both follows between Bruno and Ada are.
    expect(await get(ada, `posts/${adas.id}`)).toMatchObject({ likeCount: 1, commentCount: 1 });
    await restore(chidi);
    expect(await get(ada, `posts/${adas.id}`)).toMatchObject({ likeCount: 2, commentCount: 4 });
    await deactivate(bruno);
    const back = await logIn(place.app, chidi.email);
    await back.delete(`${API}/comments/${question.id}`).expect(204);
    await restore(bruno);
    expect(await get(ada, `posts/${adas.id}`)).toMatchObject({ commentCount: 2 });
  });

  it('is counted right however often, and in whatever order, the jobs run', async () => {
    const { ada, bruno, adas } = await world();
    for (let time = 0; time < 3; time++) {
      await hide(bruno);
      await change('restore', bruno, 'deactivated');
    }
    await hide(bruno);
    await settled();
    expect(await get(ada, `posts/${adas.id}`)).toMatchObject({ likeCount: 1, commentCount: 1 });
    await place.expectCountsToEqualRows();
    await restore(bruno);
    const left = await place.app.get(Database).many(sql`SELECT user_id FROM inactive_accounts
      WHERE user_id = ${bruno.id}`);
    expect(left).toEqual([]);
  });

  it('leaves every number right, whatever others and it do at once', async () => {
    const people = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
    people.push(await place.newPerson('Chidi'));
    const [joining, memberships, responses] = [
      place.app.get(JoiningService),
      place.app.get(MembershipsService),
      place.app.get(ResponsesService),
    ];
    const [likes, comments, follows, blocks, users] = [
      place.app.get(LikesService),
      place.app.get(CommentsService),
      place.app.get(FollowsService),
      place.app.get(BlocksService),
      place.app.get(UsersService),
    ];
    const posts = await Promise.all(people.map((person) => write(person)));
    const group = await found(people[0]!);
    const event = await planned(people[0]!, group.id);
    const option = fc.constantFrom(...event.options.map((one) => one.id));
    const said = [(await comment(people[0]!, posts[0]!)).id];
    const person = fc.constantFrom(...people);
    const id = person.map((one) => one.id);
    const post = fc.constantFrom(...posts.map((one) => one.id));
    /** Of what was said so far */
    const remark = fc.nat(1000).map((at) => () => said[at % said.length]!);
    const visibility = fc.constantFrom('public' as const, 'private' as const);
    /** As a request that had begun while the account was active. */
    const act = fc.oneof<fc.Arbitrary<() => Promise<unknown>>[]>(
      person.map((who) => () => change('hide', who, 'suspended')),
      person.map((who) => () => change('restore', who, 'suspended')),
      id.map((who) => () => joining.ask(who, group.id, null)),
      fc.tuple(id, id).map(
        ([who, whom]) =>
          () =>
            joining.acceptRequest(who, group.id, whom),
      ),
      fc.tuple(id, id).map(
        ([who, whom]) =>
          () =>
            joining.invite(who, group.id, { userIds: [whom] }),
      ),
      id.map((who) => () => memberships.leave(who, group.id)),
      fc.tuple(id, option).map(
        ([who, what]) =>
          () =>
            responses.respond(who, event.id, what),
      ),
      id.map((who) => () => responses.withdraw(who, event.id)),
      fc.tuple(id, post).map(
        ([who, what]) =>
          () =>
            likes.like(who, 'post', what),
      ),
      fc.tuple(id, post).map(
        ([who, what]) =>
          () =>
            likes.unlike(who, 'post', what),
      ),
      fc.tuple(id, post, fc.option(remark)).map(([who, what, parent]) => async () => {
        const words = { content: 'Hm', ...(parent && { parentId: parent() }) };
        said.push((await comments.create(who, what, words)).id);
      }),
      fc.tuple(id, remark).map(
        ([who, what]) =>
          () =>
            likes.like(who, 'comment', what()),
      ),
      fc.tuple(id, remark).map(
        ([who, what]) =>
          () =>
            comments.delete(who, what()),
      ),
      fc.tuple(id, id).map(
        ([who, whom]) =>
          () =>
            follows.follow(who, whom),
      ),
      fc.tuple(id, id).map(
        ([who, whom]) =>
          () =>
            follows.unfollow(who, whom),
      ),
      fc.tuple(id, id).map(
        ([who, whom]) =>
          () =>
            follows.accept(who, whom),
      ),
      fc.tuple(id, visibility).map(
        ([who, to]) =>
          () =>
            users.updateVisibility(who, to),
      ),
      fc.tuple(id, id).map(
        ([who, whom]) =>
          () =>
            blocks.block(who, whom),
      ),
      fc.tuple(id, id).map(
        ([who, whom]) =>
          () =>
            blocks.unblock(who, whom),
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 40, maxLength: 40 }), async (acts) => {
        const outcomes = await Promise.allSettled(acts.map((one) => Promise.resolve().then(one)));
        const failures = outcomes.filter(
          (outcome) => outcome.status === 'rejected' && !(outcome.reason instanceof Refusal),
        );
        expect(failures).toEqual([]);
        await settled();
        await expectCountsToBeRight();
        await place.expectCountsToEqualRows();
        expect(await countedWrongly()).toEqual([]);
      }),
      { numRuns: 4, endOnFailure: true },
    );
    for (const person of people) await change('restore', person, 'suspended');
    await settled();
    expect(await countedWrongly()).toEqual([]);
  });

  describe('that changes at the very moment at which', () => {
    /** Lets it happen inside the transaction that announces the event, and goes on even if it has to wait for that. */
    const atTheMomentOf = async <Event extends object>(
      event: new (...values: never[]) => Event,
      happen: () => Promise<unknown>,
      request: () => PromiseLike<unknown>,
    ) => {
      let happening: Promise<unknown> | undefined;
      place.app.get(DomainEvents).inTransaction(event, async () => {
        happening ??= happen();
        await Promise.race([happening, sleep(1500)]);
      });
      await request();
      await happening;
      await settled();
    };

    it('a like is given, leaves it uncounted', async () => {
      const [ada, bruno] = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
      const post = await write(ada);
      await atTheMomentOf(
        PostLiked,
        () => outside(() => deactivate(bruno)),
        () => bruno.browser.put(`${API}/posts/${post.id}/like`),
      );
      expect(await get(ada, `posts/${post.id}`)).toMatchObject({ likeCount: 0 });
    });

    it.each(['answers', 'is answered'] as const)(
      'it %s, leaves the answer uncounted',
      async (which) => {
        const [ada, bruno, chidi] = [
          await place.newPerson('Ada'),
          await place.newPerson('Bruno'),
          await place.newPerson('Chidi'),
        ];
        const post = await write(ada);
        const question = await comment(chidi, post);
        const leaving = which === 'answers' ? bruno : chidi;
        await atTheMomentOf(
          CommentAdded,
          () => outside(() => deactivate(leaving)),
          () =>
            bruno.browser
              .post(`${API}/posts/${post.id}/comments`)
              .send({ content: 'Because', parentId: question.id }),
        );
        const commentCount = which === 'answers' ? 1 : 0;
        expect(await get(ada, `posts/${post.id}`)).toMatchObject({ commentCount });
      },
    );

    it('it enters a group, leaves it uncounted', async () => {
      const [ada, bruno] = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
      const group = await found(ada);
      await invite(ada, group, bruno).expect(200);
      await atTheMomentOf(
        GroupJoined,
        () => outside(() => deactivate(bruno)),
        () => acceptInvitation(bruno, group),
      );
      expect(await groupOf(ada, group)).toMatchObject({ memberCount: 1 });
      expect(await countedWrongly()).toEqual([]);
    });

    it('it answers to an event, leaves the answer uncounted', async () => {
      const [ada, bruno] = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
      const group = await found(ada);
      await invite(ada, group, bruno).expect(200);
      await acceptInvitation(bruno, group).expect(204);
      const event = await planned(ada, group.id);
      await atTheMomentOf(
        EventAnswered,
        () => outside(() => deactivate(bruno)),
        () => respond(bruno, event),
      );
      expect((await eventOf(ada, event)).options[0]).toMatchObject({ answerCount: 0 });
      expect(await countedWrongly()).toEqual([]);
    });

    it('its request is accepted, leaves the follow uncounted', async () => {
      const [ada, bruno] = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
      const visibility = (value: string) =>
        ada.browser.put(`${API}/users/me/privacy`).send({ visibility: value }).expect(200);
      await visibility('private');
      await follow(bruno, ada);
      const follows = place.app.get(FollowsRepository);
      const find = jest.spyOn(follows, 'findIdsOf');
      // Right after the first look.
      find.mockImplementationOnce(async (...asked) => {
        const ids = await follows.findIdsOf(...asked);
        await visibility('public');
        return ids;
      });
      await deactivate(bruno);
      find.mockRestore();
      expect((await get(ada, `users/${ada.id}`)).followerCount).toBe(0);
    });

    it('an earlier change is still being counted, is counted as it is at last', async () => {
      const database = place.app.get(Database);
      if (database.dialect === 'sqlite') return; // has one writer at a time
      const [ada, bruno] = [await place.newPerson('Ada'), await place.newPerson('Bruno')];
      const post = await write(ada);
      await bruno.browser.put(`${API}/posts/${post.id}/like`).expect(200);
      await follow(bruno, ada);
      await comment(bruno, post);
      await settled();
      await database.transaction(async (transaction) => {
        for (const table of [sql`post_likes`, sql`follows`, sql`comments`])
          await transaction.run(sql`UPDATE ${table} SET is_counted = is_counted`);
        await outside(() => hide(bruno));
        await sleep(300);
        await outside(async () => {
          await change('restore', bruno, 'deactivated');
          // Another node, whose workers do not wait, runs these jobs.
          await database.transaction((inner) =>
            inner.run(sql`DELETE FROM jobs WHERE kind LIKE '%.recount' AND attempts = 0`),
          );
          for (const service of [RecountService, FollowRecountService])
            void place.app.get(service).recount(bruno.id);
        });
        await sleep(300);
      });
      await settled();
      expect(await get(ada, `posts/${post.id}`)).toMatchObject({ likeCount: 1, commentCount: 1 });
      expect((await get(ada, `users/${ada.id}`)).followerCount).toBe(1);
    });
  });
});
