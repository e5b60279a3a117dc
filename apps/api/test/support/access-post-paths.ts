import type { Case } from '@echomate/contracts/moderation.dto';
import type {
  AudienceView,
  Comment,
  CommentThread,
  Post,
  PostVersion,
} from '@echomate/contracts/posts.dto';
import type { AccessModel, ModelPost } from './access-model.js';
import type { AccessWorld, WrittenPost } from './access-world.js';
import { HIDDEN, told, type Answer, type Asker, type Page } from './asker.js';

/** Every way that leads to a post or to what hangs on it: how to ask, and what the model expects, both in names. */

/** An id that nothing has. */
export const ABSENT = '01970000-0000-7000-8000-000000000000';

// ——— a post

export interface PostPath {
  name: string;
  appliesTo?(post: WrittenPost): boolean;
  ask(asker: Asker, post: WrittenPost, world: AccessWorld): Promise<unknown>;
  expect(model: AccessModel, viewer: string, post: ModelPost): unknown;
}

export const bytesOf = async (asker: Asker, media: Post['media']): Promise<unknown> => {
  const paths = media.flatMap(({ id, urls }) => [`media/${id}`, urls.thumb, urls.full]);
  const answers = await Promise.all(paths.map((path) => asker.get(path)));
  const statuses = [...new Set(answers.map(({ status }) => status))];
  return statuses.length > 1 ? statuses : statuses[0];
};

/** What a hidden post answers, but for the request's own id, is what an absent one answers. */
const asAbsent = async (asker: Asker, hidden: Answer): Promise<unknown> => {
  if (hidden.status !== HIDDEN) return hidden.status;
  const absent = await asker.get(`posts/${ABSENT}`);
  const [one, other] = [hidden, absent].map(({ body }) =>
    JSON.stringify({ ...(body as object), requestId: '' }),
  );
  return one === other ? HIDDEN : `${one} and not ${other}`;
};

const count = (which: boolean[]) => which.filter(Boolean).length;
const likersOf = (model: AccessModel, viewer: string, post: ModelPost) =>
  model.visible(
    viewer,
    model.people.filter((one) => post.likers.includes(one)),
  );
const sharesOf = (model: AccessModel, viewer: string, post: ModelPost) =>
  model.posts
    .filter((one) => one.shared === post.name && model.seesInLists(viewer, one))
    .map(({ name }) => name);

// ——— what was reported

/** Whoever may not read cases. */
const FORBIDDEN = 403;

/** The first account is the admin's; nobody is shown a case about their own, or that they have reported. */
const readsCase = (model: AccessModel, viewer: string, { author, reporter }: ModelPost) => {
  if (viewer !== model.people[0]) return FORBIDDEN;
  return [author, reporter].includes(viewer) ? HIDDEN : 200;
};

/** Moderators see what the reporter saw, whoever may see the post by now; nobody else ever does. */
const CASE_PATHS: PostPath[] = [
  {
    name: 'what was reported',
    appliesTo: ({ caseId }) => caseId !== undefined,
    ask: async (asker, { caseId }) =>
      told(await asker.get(`moderation/cases/${caseId}`), ({ snapshot }: Case) =>
        snapshot.text.split('#').at(-1),
      ),
    expect: (...given) => {
      const status = readsCase(...given);
      return status === 200 ? 'first' : status;
    },
  },
  {
    name: 'picture of what was reported',
    appliesTo: ({ caseId }) => caseId !== undefined,
    ask: async (asker, { caseId, media }) =>
      (await asker.get(`moderation/cases/${caseId}/media/${media[0]!.id}`)).status,
    expect: readsCase,
  },
];

// ——— all of them

export const POST_PATHS: PostPath[] = [
  ...CASE_PATHS,
  {
    name: 'post',
    ask: async (asker, { id }, world) => {
      const answer = await asker.get(`posts/${id}`);
      if (answer.status !== 200) return asAbsent(asker, answer);
      const { likeCount, commentCount, shareCount, isLiked, content } = answer.body as Post;
      const named = [...world.people.values()].filter((one) => content.includes(one.id));
      const mentions = world.namesOf('people', named);
      return { likeCount, commentCount, shareCount, isLiked, mentions };
    },
    expect: (model, viewer, post) =>
      model.seesPost(viewer, post)
        ? {
            likeCount: likersOf(model, viewer, post).length,
            commentCount: count([
              model.seesComment(viewer, post),
              model.seesAlso(viewer, post),
              ...model.replies(viewer, post),
            ]),
            shareCount: sharesOf(model, viewer, post).length,
            isLiked: post.likers.includes(viewer),
            mentions: model.visible(viewer, [...model.people]),
          }
        : HIDDEN,
  },
  {
    name: 'among others',
    ask: async (asker, { id }, world) =>
      told(await asker.get(`posts?ids=${ABSENT},${id}`), ({ items }: Page) =>
        world.namesOf('posts', items),
      ),
    expect: (model, viewer, post) => (model.seesPost(viewer, post) ? [post.name] : []),
  },
  {
    name: 'likes',
    ask: async (asker, { id }, world) =>
      told(await asker.get(`posts/${id}/likes?limit=50`), ({ items }: Page) =>
        world.namesOf('people', items),
      ),
    expect: (model, viewer, post) =>
      model.seesPost(viewer, post) ? likersOf(model, viewer, post) : HIDDEN,
  },
  {
    name: 'shares',
    ask: async (asker, { id }, world) =>
      told(await asker.get(`posts/${id}/shares?limit=50`), ({ items }: Page) =>
        world.namesOf('posts', items),
      ),
    expect: (model, viewer, post) =>
      model.seesPost(viewer, post) ? sharesOf(model, viewer, post) : HIDDEN,
  },
  {
    name: 'insights',
    ask: async (asker, { id }) => {
      const answer = await asker.get(`posts/${id}/insights`);
      return answer.status === 200 || asAbsent(asker, answer);
    },
    expect: (model, viewer, post) =>
      model.seesPost(viewer, post) && post.author === viewer ? true : HIDDEN,
  },
  {
    name: 'history',
    ask: async (asker, { id }) =>
      told(await asker.get(`posts/${id}/history?limit=50`), ({ items }: Page<PostVersion>) =>
        items.map(({ content }) => content.split(' #').at(-1)),
      ),
    expect: (model, viewer, post) =>
      model.seesPost(viewer, post)
        ? [
            post.text,
            ...post.versions
              .filter((version) => model.seesVersion(viewer, post, version))
              .map(({ text }) => text)
              .reverse(),
          ]
        : HIDDEN,
  },
  {
    name: 'comments',
    ask: async (asker, { id, comment }) =>
      told(await asker.get(`posts/${id}/comments`), ({ items }: Page<Comment>) =>
        items.map((one) => [one.id === comment.id, one.replyCount]),
      ),
    expect: (model, viewer, post) => {
      if (!model.seesPost(viewer, post)) return HIDDEN;
      return [
        ...(model.seesAlso(viewer, post) ? [[false, 0]] : []),
        ...(model.seesComment(viewer, post) ? [[true, count(model.replies(viewer, post))]] : []),
      ];
    },
  },
  {
    name: 'replies',
    ask: async (asker, { comment, reply }) =>
      told(await asker.get(`comments/${comment.id}/replies`), ({ items }: Page<Comment>) =>
        items.map((one) => one.id === reply.id),
      ),
    expect: (model, viewer, post) => {
      if (!model.seesComment(viewer, post)) return HIDDEN;
      const [first, second] = model.replies(viewer, post);
      return [...(first ? [true] : []), ...(second ? [false] : [])];
    },
  },
  {
    name: 'thread of a reply',
    ask: async (asker, { comment, reply }) =>
      told(await asker.get(`comments/${reply.id}`), (thread: CommentThread) => [
        thread.comment.id === comment.id,
        thread.reply?.id === reply.id,
      ]),
    expect: (model, viewer, post) =>
      model.seesComment(viewer, post) && model.replies(viewer, post)[0] ? [true, true] : HIDDEN,
  },
  {
    name: 'picture',
    appliesTo: ({ media }) => media.length > 0,
    ask: (asker, { media }) => bytesOf(asker, media),
    expect: (model, viewer, post) => (model.seesPicture(viewer, post) ? 200 : HIDDEN),
  },
  {
    name: "comment's picture",
    ask: (asker, { comment }) => bytesOf(asker, [comment.media!]),
    expect: (model, viewer, post) => (model.seesComment(viewer, post) ? 200 : HIDDEN),
  },
  {
    name: "reply's picture",
    ask: (asker, { reply }) => bytesOf(asker, [reply.media!]),
    expect: (model, viewer, post) => (model.seesReply(viewer, post) ? 200 : HIDDEN),
  },
  {
    name: 'who can see it',
    ask: async (asker, { id }, world) =>
      told(await asker.get(`posts/${id}/audience?limit=50`), ({ count, items }: AudienceView) => ({
        count,
        items: world.namesOf('people', items),
      })),
    expect: (model, viewer, post) => {
      if (viewer !== post.author || !model.seesPost(viewer, post)) return HIDDEN;
      // Of a share of another's post: whom the share itself is for.
      const isOwn = post.shared === null || model.post(post.shared).author === viewer;
      const people = model.people.filter(
        (one) =>
          one !== viewer && (isOwn ? model.seesPost(one, post) : model.isInAudience(one, post)),
      );
      return { count: people.length, items: people };
    },
  },
];

/** What those do to a post who see it, and others to no avail. */
export interface PostAct {
  name: string;
  isOpen(model: AccessModel, viewer: string, post: ModelPost): boolean;
  act(asker: Asker, post: WrittenPost): Promise<Answer>;
  /** Left out where a test need not do it for those who may */
  undo?(asker: Asker, post: WrittenPost, done: Answer): Promise<Answer>;
}

const seesPost: PostAct['isOpen'] = (model, viewer, post) => model.seesPost(viewer, post);
const seesComment: PostAct['isOpen'] = (model, viewer, post) => model.seesComment(viewer, post);

export const POST_ACTS: PostAct[] = [
  {
    name: 'to like',
    isOpen: seesPost,
    act: (asker, { id }) => asker.ask('PUT', `posts/${id}/like`),
    undo: (asker, { id }) => asker.ask('DELETE', `posts/${id}/like`),
  },
  {
    name: 'to comment',
    isOpen: seesPost,
    act: (asker, { id }) => asker.ask('POST', `posts/${id}/comments`, { content: 'Hm' }),
    undo: (asker, _post, { body }) => asker.ask('DELETE', `comments/${(body as Comment).id}`),
  },
  {
    name: 'to share',
    isOpen: seesPost,
    act: (asker, { id }) => asker.ask('POST', `posts/${id}/share`, { audience: 'public' }),
    undo: (asker, _post, { body }) => asker.ask('DELETE', `posts/${(body as Post).id}`),
  },
  {
    name: 'to delete it',
    isOpen: (model, viewer, { author, group }) =>
      viewer === author || (group !== null && model.groups.leads(viewer, group)),
    // What went wrong is put right, for the answers that follow.
    act: async (asker, { id }) => {
      const answer = await asker.ask('DELETE', `posts/${id}`);
      if (answer.status === 204) await asker.ask('POST', `posts/${id}/restore`);
      return answer;
    },
  },
  {
    name: 'to like a comment',
    isOpen: seesComment,
    act: (asker, { comment }) => asker.ask('PUT', `comments/${comment.id}/like`),
  },
  {
    name: 'to edit a comment',
    isOpen: seesComment,
    act: (asker, { comment }) => asker.ask('PATCH', `comments/${comment.id}`, { content: 'Hm' }),
  },
];

// ——— lists of posts

export interface PostList {
  name: string;
  /** Asked once, or once for each author */
  path(authorId: string): string;
  isPerAuthor?: true;
  isOpen?(model: AccessModel, viewer: string, author: string): boolean;
  shows(model: AccessModel, viewer: string, post: ModelPost, author: string): boolean;
  /** Whether the posts of events are in it */
  hasEvents?: true;
}

export const POST_LISTS: PostList[] = [
  {
    name: 'feed',
    path: () => 'feed?limit=50',
    hasEvents: true,
    shows: (model, viewer, post) => model.isInFeed(viewer, post),
  },
  {
    name: 'top feed',
    path: () => 'feed?sort=top&limit=50',
    hasEvents: true,
    shows: (model, viewer, post) => model.isInFeed(viewer, post),
  },
  {
    name: 'hashtag',
    path: () => 'hashtags/matrix/posts?limit=50',
    shows: (model, viewer, post) => model.seesInLists(viewer, post),
  },
  {
    name: 'search',
    path: () => 'search/posts?q=%23matrix&limit=100',
    shows: (model, viewer, post) => model.seesInLists(viewer, post),
  },
  {
    name: 'mentions',
    path: () => 'users/me/mentions?limit=50',
    shows: (model, viewer, post) => model.isMentioned(viewer, post),
  },
  {
    name: 'profile',
    isPerAuthor: true,
    path: (authorId) => `users/${authorId}/posts?limit=50`,
    isOpen: (model, viewer, author) => model.seesProfile(viewer, author),
    shows: (model, viewer, post, author) =>
      post.author === author && model.seesOnProfile(viewer, post),
  },
];
