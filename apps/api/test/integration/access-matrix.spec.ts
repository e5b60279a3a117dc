import fc from 'fast-check';
import { AccessModel, type Fact } from '../support/access-model.js';
import { AccessStage, findMismatches } from '../support/access-stage.js';
import { openingPosts } from '../support/access-posts.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/**
 * Every viewer × person × path, after every transition, against a model that shares nothing with the
 * program. Later kinds of things (posts, groups, …) add their facts to the model and their paths to the stage.
 */
let app: TestApp;
let stage: AccessStage;
beforeAll(async () => {
  app = await startTestApp();
  stage = await AccessStage.open(app, ['Ada', 'Bruno', 'Chidi', 'Dilara']);
}, 60_000);
afterAll(() => {
  console.log(
    `The access matrix covered ${stage.cells} cells in ${stage.transitions} transitions.`,
  );
  return app.close();
});

const person = fc.integer({ min: 0, max: 3 });
const pair = fc.tuple(person, person).filter(([one, other]) => one !== other);
const post = fc.integer({ min: 0, max: openingPosts(4).length - 1 });
const visibility = fc.constantFrom('public' as const, 'private' as const);
const fieldVisibility = fc.constantFrom('profile' as const, 'followers' as const, 'me' as const);

const audience = fc.constantFrom(
  'public' as const,
  'followers' as const,
  'chosen' as const,
  'unlisted' as const,
);
const chosen = fc.uniqueArray(person, { minLength: 1, maxLength: 2 });

const fact: fc.Arbitrary<Fact> = fc.oneof(
  { weight: 6, arbitrary: pair.map(([by, of]) => ({ kind: 'follow', by, of }) as const) },
  { weight: 2, arbitrary: pair.map(([by, of]) => ({ kind: 'unfollow', by, of }) as const) },
  { weight: 4, arbitrary: pair.map(([by, of]) => ({ kind: 'accept', by, of }) as const) },
  { weight: 2, arbitrary: pair.map(([by, of]) => ({ kind: 'decline', by, of }) as const) },
  { weight: 2, arbitrary: pair.map(([by, of]) => ({ kind: 'removeFollower', by, of }) as const) },
  { weight: 1, arbitrary: pair.map(([by, of]) => ({ kind: 'block', by, of }) as const) },
  { weight: 2, arbitrary: pair.map(([by, of]) => ({ kind: 'unblock', by, of }) as const) },
  { weight: 1, arbitrary: pair.map(([by, of]) => ({ kind: 'mute', by, of }) as const) },
  { weight: 1, arbitrary: pair.map(([by, of]) => ({ kind: 'unmute', by, of }) as const) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(person, visibility)
      .map(([by, to]) => ({ kind: 'setVisibility', by, to }) as const),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(person, fc.constantFrom('email' as const, 'dateOfBirth' as const), fieldVisibility)
      .map(([by, field, to]) => ({ kind: 'setField', by, field, to }) as const),
  },
  {
    weight: 6,
    arbitrary: fc
      .record({ post, to: audience, chosen })
      .map((values) => ({ kind: 'setAudience', ...values }) as const),
  },
  {
    weight: 6,
    arbitrary: fc
      .record(
        { post, text: fc.constantFrom('second', 'third', 'fourth'), to: audience, chosen },
        { requiredKeys: ['post', 'text', 'chosen'] },
      )
      .map((values) => ({ kind: 'edit', ...values }) as const),
  },
  { weight: 1, arbitrary: post.map((index) => ({ kind: 'deletePost', post: index }) as const) },
  { weight: 1, arbitrary: post.map((index) => ({ kind: 'restorePost', post: index }) as const) },
  { weight: 1, arbitrary: fc.constant({ kind: 'dayPasses' } as const) },
);

describe('the access matrix', () => {
  it('holds for every kind of viewer, by name', async () => {
    await stage.reset();
    const history: Fact[] = [
      { kind: 'setVisibility', by: 0, to: 'private' },
      { kind: 'follow', by: 1, of: 0 }, // requested
      { kind: 'setField', by: 0, field: 'email', to: 'followers' },
      { kind: 'accept', by: 0, of: 1 }, // follower
      { kind: 'follow', by: 2, of: 0 },
      { kind: 'decline', by: 0, of: 2 }, // declined
      { kind: 'follow', by: 2, of: 0 }, // refused for a day
      { kind: 'dayPasses' },
      { kind: 'follow', by: 2, of: 0 }, // asks again
      { kind: 'setField', by: 0, field: 'dateOfBirth', to: 'me' },
      { kind: 'unfollow', by: 1, of: 0 }, // ex-follower
      { kind: 'follow', by: 1, of: 0 },
      { kind: 'setVisibility', by: 0, to: 'public' }, // accepts who waits
      { kind: 'setVisibility', by: 0, to: 'private' }, // and keeps them
      { kind: 'removeFollower', by: 0, of: 2 },
      { kind: 'follow', by: 0, of: 1 }, // friends
      { kind: 'setAudience', post: 2, to: 'chosen', chosen: [1] },
      { kind: 'setAudience', post: 3, to: 'chosen', chosen: [1, 2] }, // refused: one does not follow
      { kind: 'setAudience', post: 4, to: 'followers', chosen: [] }, // narrows what is passed on
      { kind: 'unfollow', by: 1, of: 0 }, // ex-chosen
      { kind: 'follow', by: 1, of: 0 },
      { kind: 'accept', by: 0, of: 1 }, // and stays so
      { kind: 'setAudience', post: 0, to: 'unlisted', chosen: [] },
      { kind: 'setAudience', post: 8, to: 'unlisted', chosen: [] }, // takes shares out of lists
      { kind: 'deletePost', post: 1 },
      { kind: 'deletePost', post: 12 }, // takes its share along
      { kind: 'restorePost', post: 12 },
      { kind: 'mute', by: 1, of: 0 },
      { kind: 'block', by: 1, of: 0 }, // blocked
      { kind: 'follow', by: 0, of: 1 },
      { kind: 'unblock', by: 1, of: 0 }, // nothing comes back
    ];
    // Ada's posts, the first of the others', and all shares: enough to show every audience to everyone.
    const posts = [0, 1, 2, 3, 4, 8, 12, 16, 17, 18, 19];
    for (const step of history) {
      await stage.apply(step);
      expect(await findMismatches(stage, stage.model, undefined, posts)).toEqual([]);
    }
  }, 300_000);

  it('holds for earlier words, two who block each other, and shares between the blocked', async () => {
    await stage.reset();
    const history: Fact[] = [
      { kind: 'follow', by: 1, of: 0 },
      { kind: 'setAudience', post: 1, to: 'chosen', chosen: [1] },
      { kind: 'edit', post: 1, text: 'second', to: 'followers', chosen: [] }, // the first for Bruno alone
      { kind: 'follow', by: 2, of: 0 },
      { kind: 'edit', post: 1, text: 'third', to: 'public', chosen: [] }, // words of then for those of then
      { kind: 'edit', post: 1, text: 'fourth', to: 'chosen', chosen: [3] }, // refused, words and all
      { kind: 'setAudience', post: 0, to: 'unlisted', chosen: [] },
      { kind: 'edit', post: 0, text: 'second', chosen: [] }, // who has the link reads on
      { kind: 'edit', post: 0, text: 'third', to: 'public', chosen: [] }, // who had it is forgotten
      { kind: 'setAudience', post: 0, to: 'unlisted', chosen: [] },
      { kind: 'unfollow', by: 1, of: 0 }, // loses what was chosen for them
      { kind: 'follow', by: 1, of: 0 },
      { kind: 'follow', by: 0, of: 3 },
      { kind: 'setVisibility', by: 3, to: 'private' }, // whom Ada follows is not everyone's to know
      { kind: 'block', by: 2, of: 1 }, // Ada's followers are counted without each other
      { kind: 'block', by: 1, of: 2 }, // and once
      { kind: 'unblock', by: 2, of: 1 }, // the other block holds
      { kind: 'block', by: 3, of: 2 }, // what Chidi passed on of Dilara's is gone
    ];
    for (const step of history) {
      await stage.apply(step);
      expect(await findMismatches(stage, stage.model, undefined, [0, 1, 18])).toEqual([]);
    }
  }, 300_000);

  it('holds after random histories of 200 steps', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fact, { minLength: 200, maxLength: 200 }), async (history) => {
        await stage.reset();
        for (const [index, step] of history.entries()) {
          await stage.apply(step);
          const concerned =
            'of' in step
              ? [step.by, step.of]
              : 'by' in step
                ? [step.by, (step.by + 1) % 4]
                : [index % 4, (index + 1) % 4];
          const posts = 'post' in step ? [step.post] : [index % openingPosts(4).length];
          const isThorough = index % 40 === 39;
          const found = await findMismatches(
            stage,
            stage.model,
            isThorough ? [0, 1, 2, 3] : concerned,
            isThorough ? undefined : posts,
          );
          if (found.length)
            throw new Error(
              `After ${index + 1} steps (${JSON.stringify(step)}):\n${found.join('\n')}`,
            );
        }
      }),
      { numRuns: 2, endOnFailure: true },
    );
  }, 600_000);

  it.each([
    [
      'counts a request as following',
      (model: AccessModel) =>
        (model.isFollowing = (a, b) => ['requested', 'accepted'].includes(model.status(a, b))),
    ],
    [
      'forgets that blocks hold both ways',
      (model: AccessModel) => (model.isBlocked = (a, b) => model.blocks.has(`${a}>${b}`)),
    ],
    [
      'shows private profiles to everyone',
      (model: AccessModel) => (model.seesProfile = (a, b) => !model.isBlocked(a, b)),
    ],
    [
      'shows fields with the profile whatever their switch',
      (model: AccessModel) => (model.seesField = (a, b) => model.seesProfile(a, b)),
    ],
    [
      'shows posts for followers to all who see the profile',
      (model: AccessModel) =>
        (model.isInAudience = (a, one) => !one.isDeleted && model.seesProfile(a, one.author)),
    ],
    ['lists what is unlisted', (model: AccessModel) => (model.isListed = () => true)],
    [
      'shows earlier words to all who see the post',
      (model: AccessModel) => (model.seesVersion = () => true),
    ],
    [
      'keeps shares by people whom the author has blocked',
      (model: AccessModel) => (model.mayPassOn = () => true),
    ],
    [
      'counts people who are hidden from the viewer',
      (model: AccessModel) => (model.counted = (_, people) => people.length),
    ],
    [
      'tells that somebody followed a private person',
      (model: AccessModel) => (model.seesFollowed = (a, one) => model.seesCard(a, one)),
    ],
    [
      'shows a share to whom the original is hidden',
      (model: AccessModel) => (model.seesPost = (a, one) => model.isInAudience(a, one)),
    ],
  ])(
    'would notice a rule that %s',
    async (_, breakRule) => {
      await stage.reset();
      const broken = new AccessModel(4, openingPosts(4));
      breakRule(broken);
      const history: Fact[] = [
        { kind: 'setVisibility', by: 0, to: 'private' },
        { kind: 'setField', by: 0, field: 'email', to: 'me' },
        { kind: 'follow', by: 1, of: 0 },
        { kind: 'follow', by: 2, of: 0 },
        { kind: 'accept', by: 0, of: 2 },
        { kind: 'setAudience', post: 4, to: 'followers', chosen: [] },
        { kind: 'follow', by: 1, of: 2 },
        { kind: 'follow', by: 3, of: 1 },
        { kind: 'edit', post: 9, text: 'second', to: 'followers', chosen: [] },
        { kind: 'edit', post: 9, text: 'third', to: 'public', chosen: [] },
        { kind: 'setVisibility', by: 3, to: 'private' },
        { kind: 'follow', by: 2, of: 3 },
        { kind: 'accept', by: 3, of: 2 },
        { kind: 'follow', by: 3, of: 0 },
        { kind: 'accept', by: 0, of: 3 },
        { kind: 'follow', by: 0, of: 1 },
        { kind: 'block', by: 3, of: 1 },
        { kind: 'block', by: 2, of: 1 },
      ];
      for (const step of history) {
        await stage.apply(step);
        broken.apply(step);
      }
      expect(await findMismatches(stage, stage.model)).toEqual([]);
      expect(await findMismatches(stage, broken)).not.toEqual([]);
    },
    60_000,
  );
});
