import type { NewerPosts } from '@echomate/contracts/feed.dto';
import type { UnseenFollows } from '@echomate/contracts/follows.dto';
import type { Activity, ActivityPage, Profile } from '@echomate/contracts/profiles.dto';
import type { UserCard } from '@echomate/contracts/users.dto';
import type { AccessModel } from './access-model.js';
import type { AccessWorld } from './access-world.js';
import { HIDDEN, told, type Asker, type Page } from './asker.js';

/** Every way that leads to a person, and what is a viewer's own: how to ask, and what the model expects, in names. */

/** The answer to what makes no sense. */
const REFUSED = 400;

export interface PersonPath {
  name: string;
  /** About the viewer's own profile: nobody asks it without one */
  isOwn?: true;
  ask(asker: Asker, person: string, world: AccessWorld, viewer: string): Promise<unknown>;
  expect(model: AccessModel, viewer: string, person: string): unknown;
}

const peopleList = (
  name: string,
  who: (model: AccessModel, viewer: string, person: string) => string[],
): PersonPath => ({
  name,
  ask: async (asker, person, world) =>
    told(await asker.get(`users/${world.person(person).id}/${name}?limit=50`), ({ items }: Page) =>
      world.namesOf('people', items),
    ),
  expect: (model, viewer, person) =>
    model.seesProfile(viewer, person) ? model.visible(viewer, who(model, viewer, person)) : HIDDEN,
});

/** What somebody did, to whom, and with which post. */
const did = (kind: Activity['kind'], who?: string, post?: string): string =>
  [kind, ...(who ? [who] : []), ...(post ? [`on “${post}”`] : [])].join(' ');

function activityOf(model: AccessModel, viewer: string, person: string): string[] {
  const followed = model.followedBy(person).filter((one) => model.seesProfile(viewer, one));
  const ofPosts = model.posts.flatMap((post) => {
    const { name, author, shared } = post;
    const done: string[] = [];
    if (author === person && model.seesOnProfile(viewer, post))
      done.push(
        shared ? did('shared', model.post(shared).author, name) : did('posted', undefined, name),
      );
    if (!model.seesInLists(viewer, post)) return done;
    const [isFirstReplyThere, isSecondReplyThere] = model.replies(viewer, post);
    if (post.likers.includes(person)) done.push(did('likedPost', author, name));
    if (post.commenter === person && model.seesComment(viewer, post))
      done.push(did('commented', author, name));
    if (post.replier === person && isFirstReplyThere)
      done.push(did('replied', post.commenter, name));
    if (post.alsoBy === person && model.seesAlso(viewer, post))
      done.push(did('commented', author, name));
    if (post.alsoBy === person && isSecondReplyThere)
      done.push(did('replied', post.commenter, name));
    if (post.likers[0] === person && model.seesComment(viewer, post))
      done.push(did('likedComment', post.commenter, name));
    return done;
  });
  const ofEvents = model.events.all.flatMap((event) => {
    const { name, liker, commenter, replier } = event;
    const { events } = model;
    return [
      ...(liker === person && events.seesLike(viewer, event)
        ? [did('likedPost', undefined, name)]
        : []),
      ...(commenter === person && events.seesComment(viewer, event)
        ? [did('commented', undefined, name)]
        : []),
      ...(replier === person && events.seesReply(viewer, event)
        ? [did('replied', commenter, name)]
        : []),
    ];
  });
  return ['joined', ...followed.map((one) => did('followed', one)), ...ofPosts, ...ofEvents];
}

export const PERSON_PATHS: PersonPath[] = [
  {
    name: 'page',
    ask: async (asker, person, world) =>
      told(await asker.get(`users/${world.person(person).id}`), (page: Profile) => ({
        isOpen: page.isOpen,
        email: page.email !== null,
        dateOfBirth: page.dateOfBirth !== null,
        since: page.createdAt !== null,
        banner: page.banner !== null,
        followers: page.followerCount,
        following: page.followingCount,
        standing: page.relation.following.status,
        isMuted: page.relation.isMuted,
      })),
    expect: (model, viewer, person) => {
      if (!model.seesCard(viewer, person)) return HIDDEN;
      const isOpen = model.seesProfile(viewer, person);
      const counted = (people: string[]) => (isOpen ? model.visible(viewer, people).length : null);
      return {
        isOpen,
        email: model.seesField(viewer, person, 'email'),
        dateOfBirth: model.seesField(viewer, person, 'dateOfBirth'),
        since: isOpen,
        banner: isOpen,
        followers: counted(model.followersOf(person)),
        following: counted(model.followedBy(person)),
        standing: model.status(viewer, person),
        isMuted: model.isMuting(viewer, person),
      };
    },
  },
  {
    name: 'page by handle',
    ask: async (asker, person, world) =>
      told(await asker.get(`users/${world.person(person).handle}`), ({ id, isOpen }: Profile) => ({
        isThem: id === world.person(person).id,
        isOpen,
      })),
    expect: (model, viewer, person) =>
      model.seesCard(viewer, person)
        ? { isThem: true, isOpen: model.seesProfile(viewer, person) }
        : HIDDEN,
  },
  peopleList('followers', (model, _viewer, person) => model.followersOf(person)),
  peopleList('following', (model, _viewer, person) => model.followedBy(person)),
  peopleList('mutuals', (model, viewer, person) =>
    model.followersOf(person).filter((one) => model.isFollowing(viewer, one)),
  ),
  {
    name: 'activity',
    ask: async (asker, person, world) =>
      told(
        await asker.get(`users/${world.person(person).id}/activity?limit=100`),
        (page: ActivityPage) =>
          page.items
            .map(({ kind, user, postId }) => {
              const [who] = world.namesOf('people', user ? [user] : []);
              const ids = postId ? [{ id: postId }] : [];
              const [post] = [...world.namesOf('posts', ids), ...world.eventsOf(ids)];
              return did(kind, who, post);
            })
            .sort(),
      ),
    expect: (model, viewer, person) =>
      model.seesProfile(viewer, person) ? activityOf(model, viewer, person).sort() : HIDDEN,
  },
  {
    name: 'avatar',
    ask: async (asker, person, world) => (await asker.get(world.person(person).avatar)).status,
    expect: (model, viewer, person) => (model.seesCard(viewer, person) ? 200 : HIDDEN),
  },
  {
    name: 'banner',
    ask: async (asker, person, world) => (await asker.get(world.person(person).banner)).status,
    expect: (model, viewer, person) => (model.seesProfile(viewer, person) ? 200 : HIDDEN),
  },
  {
    name: 'own profile viewed as they see it',
    isOwn: true,
    ask: async (asker, person, world, viewer) => {
      const as = person === viewer ? 'stranger' : world.person(person).id;
      const page = told(await asker.get(`users/me/view-as?as=${as}`), (body: Profile) => ({
        isOpen: body.isOpen,
        email: body.email !== null,
        dateOfBirth: body.dateOfBirth !== null,
        followers: body.followerCount,
        following: body.followingCount,
      }));
      const me = world.person(viewer).id;
      const posts = told(
        await asker.get(`users/${me}/posts?limit=50&as=${as}`),
        ({ items }: Page) => world.namesOf('posts', items),
      );
      return { page, posts };
    },
    expect: (model, viewer, person) => {
      const as = person === viewer ? 'a stranger' : person;
      const isFollower = model.isActive(as) && model.isFollowing(as, viewer);
      if (as === person && !isFollower) return { page: REFUSED, posts: REFUSED };
      const isOpen = model.seesProfile(as, viewer);
      // Whom they have blocked, or who has blocked them, is not the viewer's to know either.
      const counted = (people: string[]) => (isOpen ? model.visible(viewer, people).length : null);
      return {
        page: {
          isOpen,
          email: model.seesField(as, viewer, 'email'),
          dateOfBirth: model.seesField(as, viewer, 'dateOfBirth'),
          followers: counted(model.followersOf(viewer)),
          following: counted(model.followedBy(viewer)),
        },
        // Whether they see what others wrote is not the viewer's to know.
        posts: model.posts
          .filter(({ shared }) => shared === null || model.post(shared).author === viewer)
          .filter((post) => post.author === viewer && model.seesInLists(as, post))
          .map(({ name }) => name),
      };
    },
  },
];

// ——— what is the viewer's own: lists and numbers about others

export interface OwnPath {
  name: string;
  ask(asker: Asker, world: AccessWorld, viewer: string): Promise<unknown>;
  expect(model: AccessModel, viewer: string): unknown;
}

export const OWN_PATHS: OwnPath[] = [
  {
    name: 'people',
    ask: async (asker, world) =>
      told(await asker.get('users?limit=50'), ({ items }: Page) => world.namesOf('people', items)),
    expect: (model, viewer) =>
      model.visible(
        viewer,
        model.people.filter((one) => one !== viewer),
      ),
  },
  {
    name: 'requests',
    ask: async (asker, world) =>
      told(await asker.get('follow-requests?limit=50'), ({ items }: Page<{ user: UserCard }>) =>
        world.namesOf(
          'people',
          items.map(({ user }) => user),
        ),
      ),
    expect: (model, viewer) => model.visible(viewer, model.requestsTo(viewer)),
  },
  {
    name: 'number of requests',
    ask: async (asker) =>
      told(await asker.get('followers/unseen'), ({ requests }: UnseenFollows) => requests),
    expect: (model, viewer) => model.visible(viewer, model.requestsTo(viewer)).length,
  },
  {
    name: 'blocked people',
    ask: async (asker, world) =>
      told(await asker.get('users/me/blocks?limit=50'), ({ items }: Page) =>
        world.namesOf('people', items),
      ),
    expect: (model, viewer) => model.blockedBy(viewer).filter(model.isActive),
  },
  {
    name: 'number of newer posts',
    ask: async (asker, world) => {
      const [oldest] = world.posts.values();
      return told(
        await asker.get(`feed/newer?after=${oldest!.id}`),
        ({ count }: NewerPosts) => count,
      );
    },
    expect: (model, viewer) =>
      model.posts.slice(1).filter((post) => post.author !== viewer && model.isInFeed(viewer, post))
        .length + model.events.all.filter((event) => model.events.isInFeed(viewer, event)).length,
  },
];
