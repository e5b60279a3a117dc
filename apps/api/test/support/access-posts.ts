import { Access } from '../../src/access/access.service.js';
import type { Comment, Post } from '@echomate/contracts/posts.dto';
import type { UserCard } from '@echomate/contracts/users.dto';
import type { AccessModel, Audience, ModelPost } from './access-model.js';
import type { AccessStage } from './access-stage.js';
import type { signUp } from './people.js';
import { picture } from './pictures.js';
import { API } from './test-app.js';

type Browser = Awaited<ReturnType<typeof signUp>>;

/** What every post says, with a word that tells its versions apart. */
export const wordsOf = (people: { id: string }[], text: string): string =>
  `#matrix ${people.map(({ id }) => `@${id}`).join(' ')} ${text}`;
const textIn = (content: string) => content.split(' ').at(-1);

/** A post in the api, and what hangs on it. */
export interface StagedPost {
  id: string;
  author: number;
  media: Post['media'];
  comment: Comment;
  reply: Comment;
}

const AUDIENCES: Audience[] = ['public', 'followers', 'chosen', 'unlisted'];
const ABSENT = '01970000-0000-7000-8000-000000000000';

/** Everyone has a post for each audience, and passes on the first of the next person's. */
export function openingPosts(people: number): ModelPost[] {
  const post = (author: number, audience: Audience, shared: number | null): ModelPost => ({
    author,
    audience,
    shared,
    chosen: new Set(),
    text: 'first',
    mentioned: new Set(everyone),
    versions: [],
    isDeleted: false,
    likers: [(author + 1) % people, (author + 3) % people].sort(),
    commenter: (author + 1) % people,
    replier: (author + 2) % people,
  });
  const everyone = Array.from({ length: people }, (_, index) => index);
  const own = everyone.flatMap((author) =>
    AUDIENCES.map((audience) => post(author, audience, null)),
  );
  const shares = everyone.map((author) =>
    post(author, 'public', ((author + 1) % people) * AUDIENCES.length),
  );
  return [...own, ...shares];
}

/** Writes the opening posts while everyone sees everything; the stage then sets their audiences. */
export async function putOnStage(
  browsers: Browser[],
  people: { id: string }[],
): Promise<StagedPost[]> {
  const image = await picture('png', 60, 40);
  const upload = async (browser: Browser): Promise<string> =>
    (await browser.post(`${API}/media`).attach('file', image, 'a.png').expect(201)).body.id;
  const staged: StagedPost[] = [];
  for (const { author, shared, likers, commenter, replier } of openingPosts(people.length)) {
    const content = wordsOf(people, 'first');
    const me = browsers[author]!;
    const written =
      shared === null
        ? me.post(`${API}/posts`).send({
            audience: 'public',
            content,
            mediaIds: [await upload(me)],
          })
        : me.post(`${API}/posts/${staged[shared]!.id}/share`).send({ audience: 'public', content });
    const { body: post } = await written.expect(201);
    for (const liker of likers) await browsers[liker]!.put(`${API}/posts/${post.id}/like`);
    const say = async (who: number, values: object): Promise<Comment> =>
      (
        await browsers[who]!.post(`${API}/posts/${post.id}/comments`)
          .send({ content: 'Hm', mediaId: await upload(browsers[who]!), ...values })
          .expect(201)
      ).body;
    const comment = await say(commenter, {});
    const reply = await say(replier, { parentId: comment.id });
    staged.push({ id: post.id, author, media: post.media, comment, reply });
  }
  return staged;
}

/** Asks every path that leads to posts, or to anything that hangs on them, as one viewer. */
export async function findPostMismatches(
  stage: AccessStage,
  model: AccessModel,
  viewer: number,
  posts: number[],
  expectSame: (what: string, actual: unknown, expected: unknown) => void,
): Promise<void> {
  const browser = stage.browsers[viewer]!;
  const { name } = stage.people[viewer]!;
  const get = (path: string) => browser.get(path.startsWith('/') ? path : `${API}/${path}`);
  const indexOf = ({ id }: { id: string }) => stage.posts.findIndex((post) => post.id === id);
  const inOrder = (indices: number[]) => [...indices].sort((a, b) => a - b);
  const found = async (path: string) => {
    const { status, body } = await get(path);
    return status === 200 ? inOrder((body.items as Post[]).map(indexOf)) : status;
  };
  const which = (holds: (post: ModelPost) => boolean) =>
    model.posts.flatMap((post, index) => (holds(post) ? [index] : []));

  const inFeed = which((post) => model.isInFeed(viewer, post));
  expectSame(`${name}'s feed`, await found('feed?limit=50'), inFeed);
  expectSame(`${name}'s top feed`, await found('feed?sort=top&limit=50'), inFeed);
  const inLists = which((post) => model.seesInLists(viewer, post));
  expectSame(`${name} finds by tag`, await found('hashtags/matrix/posts?limit=50'), inLists);
  expectSame(
    `${name} is mentioned in`,
    await found('users/me/mentions?limit=50'),
    inLists.filter(
      (post) => model.posts[post]!.author !== viewer && model.posts[post]!.mentioned.has(viewer),
    ),
  );
  const oldest = stage.posts[0]!.id;
  const newer = await get(`feed/newer?after=${oldest}`);
  expectSame(
    `${name}'s newer posts`,
    newer.body.count,
    inFeed.filter((post) => post > 0 && model.posts[post]!.author !== viewer).length,
  );
  for (const author of model.everyone()) {
    const sees = author === viewer ? model.seesPost : model.seesInLists;
    expectSame(
      `${name} → posts of ${stage.people[author]!.name}`,
      await found(`users/${stage.people[author]!.id}/posts?limit=50`),
      model.seesProfile(viewer, author)
        ? which((post) => post.author === author && sees(viewer, post))
        : 404,
    );
  }

  const access = stage.app.get(Access);
  for (const index of posts) {
    const post = model.posts[index]!;
    const { id, media, comment, reply } = stage.posts[index]!;
    const isSeen = model.seesPost(viewer, post);
    const what = `${name} → post ${index}`;
    const status = isSeen ? 200 : 404;
    const canSeeCommenter = (one: number) =>
      model.seesCard(viewer, one) && model.seesCard(post.author, one);
    const seesCommenter = isSeen && canSeeCommenter(post.commenter);
    const seesReplier = seesCommenter && canSeeCommenter(post.replier);
    const likers = post.likers.filter((one) => model.seesCard(viewer, one));
    const shares = which((one) => one.shared === index && model.seesInLists(viewer, one));

    const answer = await get(`posts/${id}`);
    expectSame(what, answer.status, status);
    if (isSeen) {
      const { likeCount, commentCount, shareCount, isLiked, content } = answer.body as Post;
      const named = stage.people.filter(({ id: person }) => content?.includes(person));
      expectSame(
        `${what} names`,
        named.map(({ id: person }) => stage.people.findIndex((one) => one.id === person)),
        model.everyone().filter((one) => model.seesCard(viewer, one)),
      );
      expectSame(`${what} liked`, [likeCount, isLiked], [likers.length, likers.includes(viewer)]);
      expectSame(`${what} commented`, commentCount, Number(seesCommenter) + Number(seesReplier));
      expectSame(`${what} shared`, shareCount, shares.length);
    } else {
      const absent = await get(`posts/${ABSENT}`);
      const [hidden, missing] = [answer, absent].map(({ body }) => ({ ...body, requestId: '' }));
      expectSame(`${what} like one that never was`, hidden, missing);
      const tries = [
        browser.put(`${API}/posts/${id}/like`),
        browser.post(`${API}/posts/${id}/share`).send({ audience: 'public' }),
        browser.post(`${API}/posts/${id}/comments`).send({ content: 'Hm' }),
        browser.patch(`${API}/comments/${comment.id}`).send({ content: 'Hm' }),
        browser.put(`${API}/comments/${comment.id}/like`),
      ];
      for (const tried of tries) expectSame(`${what} in vain`, (await tried).status, 404);
    }
    const people = (body: { items?: UserCard[] }) =>
      body.items?.map((card) => stage.people.findIndex((one) => one.id === card.id)).sort();
    expectSame(
      `${what} likers`,
      people((await get(`posts/${id}/likes`)).body),
      isSeen ? likers : undefined,
    );
    expectSame(`${what} shares`, await found(`posts/${id}/shares`), isSeen ? shares : 404);
    const history = await get(`posts/${id}/history?limit=50`);
    const versions = post.versions.filter((version) => model.seesVersion(viewer, post, version));
    expectSame(
      `${what} history`,
      history.body.items?.map(({ content: said }: Post) => textIn(said)),
      isSeen ? [post, ...versions.reverse()].map(({ text }) => text) : undefined,
    );
    expectSame(
      `${what} audience`,
      (await get(`posts/${id}/audience`)).status,
      isSeen && viewer === post.author ? 200 : 404,
    );
    const comments = await get(`posts/${id}/comments`);
    expectSame(
      `${what} comments`,
      comments.body.items?.map((one: Comment) => [one.id, one.replyCount]),
      isSeen ? (seesCommenter ? [[comment.id, Number(seesReplier)]] : []) : undefined,
    );
    const replies = await get(`comments/${comment.id}/replies`);
    expectSame(
      `${what} replies`,
      replies.body.items?.map((one: Comment) => one.id),
      seesCommenter ? (seesReplier ? [reply.id] : []) : undefined,
    );
    if (viewer === post.author) {
      // The same rule for those who hold ids: notifications and sockets will ask it like this.
      const everyone = stage.people.map(({ id: person }) => person);
      const audience = await access.audience('post', id, everyone);
      expectSame(
        `${what} is for`,
        model.everyone().filter((one) => audience.has(everyone[one]!)),
        model.everyone().filter((one) => model.seesPost(one, post)),
      );
    }
    const viewerId = stage.people[viewer]!.id;
    const asked = [comment.id, reply.id];
    const seen = await access.visible(viewerId, 'comment', asked);
    expectSame(
      `${what} by ids`,
      [
        (await access.visible(viewerId, 'post', [id, ABSENT])).has(id),
        asked.map((one) => seen.has(one)),
        await access.canSee(viewerId, 'comment', reply.id),
        (await access.audience('comment', reply.id, [viewerId])).has(viewerId),
        (await access.visible(viewerId, 'media', [reply.media!.id])).size,
      ],
      [isSeen, [seesCommenter, seesReplier], seesReplier, seesReplier, Number(seesReplier)],
    );
    const bytes = [
      ...media.map((one) => [one, isSeen] as const),
      [comment.media!, seesCommenter] as const,
      [reply.media!, seesReplier] as const,
    ];
    for (const [medium, isOpen] of bytes)
      for (const path of [`media/${medium.id}`, medium.urls.thumb, medium.urls.full])
        expectSame(`${what} ${path}`, (await get(path)).status, isOpen ? 200 : 404);
  }
}
