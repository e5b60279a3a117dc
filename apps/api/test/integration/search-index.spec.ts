import { jest } from '@jest/globals';
import fc from 'fast-check';
import { SearchIndexingService } from '../../src/modules/search/search-indexing.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { raw, sql } from '../../src/platform/database/statements.js';
import { AccountStatesService } from '../../src/modules/users/account-states.service.js';
import { currentRequestId } from '../../src/platform/http/request-context.js';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
import { comment, write } from '../support/posts.js';
import { indexSettled, sizesOfIndex, textsFound } from '../support/search.js';
import { API } from '../support/test-app.js';

const place = neighbourhood();
const AUDIENCES = ['public', 'followers', 'me', 'unlisted'] as const;

const step = fc.record({
  kind: fc.constantFrom(
    'write',
    'write',
    'comment',
    'comment',
    'edit',
    'setAudience',
    'delete',
    'restore',
    'uncomment',
    'turn',
  ),
  by: fc.nat(2),
  which: fc.nat(20),
  word: fc.constantFrom('alder', 'birch', 'cedar'),
  audience: fc.constantFrom(...AUDIENCES),
});

interface Written {
  id: string;
  by: Person;
}

/** Random lives of three people who follow each other in a circle. */
async function live(
  people: Person[],
  steps: (typeof step extends fc.Arbitrary<infer Value> ? Value : never)[],
) {
  const posts: Written[] = [];
  const comments: Written[] = [];
  for (const { kind, by, which, word, audience } of steps) {
    const who = people[by]!;
    const post = posts[which % Math.max(1, posts.length)];
    const remark = comments[which % Math.max(1, comments.length)];
    const path = `${API}/posts/${post?.id}`;
    if (kind === 'write')
      posts.push({ by: who, ...(await write(who, { content: `About ${word}`, audience })) });
    else if (kind === 'turn')
      await who.browser
        .put(`${API}/users/me/privacy`)
        .send({ visibility: which % 2 ? 'public' : 'private' });
    else if (kind === 'uncomment') {
      if (remark) await remark.by.browser.delete(`${API}/comments/${remark.id}`);
    } else if (!post) continue;
    else if (kind === 'comment') {
      const answer = await who.browser.post(`${path}/comments`).send({ content: `So ${word}` });
      if (answer.status === 201) comments.push({ by: who, id: answer.body.id as string });
    } else if (kind === 'edit') await post.by.browser.patch(path).send({ content: `Now ${word}` });
    else if (kind === 'setAudience')
      await post.by.browser.put(`${path}/audience`).send({ audience });
    else if (kind === 'delete') await post.by.browser.delete(path);
    else await post.by.browser.post(`${path}/restore`);
  }
}

/** What the same words find with the index and, of the texts themselves, without. */
async function expectIndexToHoldWhatIsWritten(people: Person[]): Promise<void> {
  await indexSettled(place.app);
  const { documents, texts } = await sizesOfIndex(place.app);
  expect(texts).toBe(documents);
  const before = await Promise.all(people.map((who) => foundBy(who)));
  await place.app.get(SearchIndexingService).requestRebuild();
  await indexSettled(place.app);
  expect(await Promise.all(people.map((who) => foundBy(who)))).toEqual(before);
  expect(await sizesOfIndex(place.app)).toEqual({ documents, texts });
}

const foundBy = async (who: Person): Promise<string[][]> => {
  const found: string[][] = [];
  for (const word of ['alder', 'birch', 'cedar'])
    found.push(await textsFound(who, word, { limit: 100 }));
  return found;
};

const circle = async (): Promise<Person[]> => {
  const people = [
    await place.newPerson('Ada'),
    await place.newPerson('Bruno'),
    await place.newPerson('Chidi'),
  ];
  for (const [at, who] of people.entries()) await follow(who, people[(at + 1) % 3]!);
  return people;
};

describe('the index of texts', () => {
  it('equals what is written, after any history', async () => {
    const people = await circle();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 25, maxLength: 40 }), async (steps) => {
        await live(people, steps);
        await expectIndexToHoldWhatIsWritten(people);
      }),
      { numRuns: 3, endOnFailure: true },
    );
  });

  it('is made anew from nothing', async () => {
    const [ada] = await circle();
    const post = await write(ada!, { content: 'Rebuilding rowan' });
    await comment(ada!, post, { content: 'Rowan indeed' });
    await indexSettled(place.app);
    await place.app.get(Database).transaction(async (transaction) => {
      for (const table of ['search_documents', 'search_open', 'search_chosen', 'search_closed'])
        await transaction.run(sql`DELETE FROM ${raw(table)}`);
    });
    expect(await textsFound(ada!, 'rowan')).toEqual([]);
    await place.app.get(SearchIndexingService).requestRebuild();
    await indexSettled(place.app);
    expect(await textsFound(ada!, 'rowan')).toEqual(['Rowan indeed', 'Rebuilding rowan']);
  });

  it('forgets what people wrote while their account is away', async () => {
    const [ada, bruno] = await circle();
    await write(ada!, { content: 'Sycamore' });
    await comment(ada!, await write(bruno!, { content: 'Sycamores' }), { content: 'A sycamore' });
    await indexSettled(place.app);
    const { documents } = await sizesOfIndex(place.app);
    await place.app.get(AccountStatesService).deactivate(ada!.id);
    await indexSettled(place.app);
    expect((await sizesOfIndex(place.app)).documents).toBeLessThan(documents);
    await place.app
      .get(Database)
      .transaction((transaction) =>
        place.app.get(AccountStatesService).restore(transaction, ada!.id, 'deactivated'),
      );
    await indexSettled(place.app);
    expect((await sizesOfIndex(place.app)).documents).toBe(documents);
  });

  it('finds nothing slower for what is hidden', async () => {
    const [ada, bruno, chidi] = await circle();
    await ada!.browser.put(`${API}/users/me/privacy`).send({ visibility: 'private' }).expect(200);
    const reads = place.app.get(Database);
    // Chidi follows Ada; Bruno is followed by her, and sees nothing of this.
    for (let at = 0; at < 60; at++)
      await write(ada!, { audience: 'followers', content: 'Tamarisk' });
    await indexSettled(place.app);
    expect(await textsFound(chidi!, 'tamarisk', { limit: 100 })).toHaveLength(60);
    const asked = reads.many.bind(reads);
    const rows: number[] = [];
    const many = jest.spyOn(reads, 'many').mockImplementation(async (query) => {
      // Jobs ask meanwhile, too; and some are answered in another order than they are asked in.
      const at = currentRequestId() ? rows.push(-1) - 1 : null;
      const answer = await asked<unknown>(query);
      if (at !== null) rows[at] = answer.length;
      return answer as never[];
    });
    const rowsOf = async (q: string) => {
      rows.length = 0;
      expect(await textsFound(bruno!, q)).toEqual([]);
      return [...rows];
    };
    expect(await rowsOf('tamarisk')).toEqual(await rowsOf('nothingofthiskind'));
    many.mockRestore();
  });
});
