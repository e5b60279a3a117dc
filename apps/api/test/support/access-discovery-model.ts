import type { AccessModel, ModelPost } from './access-model.js';
import { TEXTS } from './access-steps.js';

/** What is shown to somebody without being asked for, said again in plain TypeScript. */

/** From so many people on something is told that is about nobody in particular. */
const TOLD_FROM = 3;

// ——— what stays as it is through a history

/** Every other person wants their own groups and hashtags to count. */
export const usesInterests = (people: readonly string[], viewer: string): boolean =>
  people.indexOf(viewer) % 2 === 0;

/** One of four has dismissed the first person, all that they wrote, each group and a hashtag. */
export const dismissesMuch = (people: readonly string[], viewer: string): boolean =>
  people.indexOf(viewer) % 4 === 3;
export const DISMISSED_TAG = TEXTS[0]!;

const isDismissed = ({ people }: AccessModel, viewer: string, person: string): boolean =>
  dismissesMuch(people, viewer) && person === people[0];

/** What they dismissed, as far as they may still see it. */
export const dismissedBy = (model: AccessModel, viewer: string): string[] => {
  if (!dismissesMuch(model.people, viewer)) return [];
  const first = model.people[0]!;
  return [
    ...model.visible(viewer, [first]),
    ...model.groups.names.filter(model.groups.isThere),
    ...model.posts
      .filter((post) => post.author === first && model.seesPost(viewer, post))
      .map(({ name }) => name),
    `#${DISMISSED_TAG}`,
  ].sort();
};

// ——— hashtags

/** In every text is one that tells its versions apart. */
const tagsOf = ({ text }: ModelPost): string[] => ['matrix', text];

/** Anybody may come to know of it, not only those who know its author. */
const isForEveryone = (model: AccessModel, { author, audience, isDeleted }: ModelPost): boolean =>
  audience === 'public' && !isDeleted && model.isActive(author) && model.isPublic(author);

const interestsOf = (model: AccessModel, viewer: string): string[] =>
  usesInterests(model.people, viewer)
    ? model.posts
        .filter((post) => post.author === viewer && model.seesPost(viewer, post))
        .flatMap(tagsOf)
    : [];

const commonTags = (model: AccessModel, viewer: string, post: ModelPost): string[] => {
  const own = interestsOf(model, viewer);
  return tagsOf(post).filter((tag) => own.includes(tag));
};

/** How many people use which hashtag in public, most first. */
export const trendsFor = (model: AccessModel, viewer: string): [string, number][] => {
  const seen = model.posts.filter(
    (post) => isForEveryone(model, post) && model.seesInLists(viewer, post),
  );
  return [...new Set(seen.flatMap(tagsOf))]
    .map((tag): [string, number] => {
      const using = seen.filter((post) => tagsOf(post).includes(tag));
      return [tag, new Set(using.map(({ author }) => author)).size];
    })
    .filter(([, people]) => people >= TOLD_FROM)
    .filter(([tag]) => tag !== DISMISSED_TAG || !dismissesMuch(model.people, viewer))
    .sort(([one, ofOne], [other, ofOther]) => ofOther - ofOne || (one < other ? -1 : 1));
};

// ——— people and groups

/** Whom the viewer follows and listens to. */
const heard = (model: AccessModel, viewer: string): string[] =>
  model.followedBy(viewer).filter((one) => model.isActive(one) && !model.isMuting(viewer, one));

const reasonsFor = (model: AccessModel, viewer: string, person: string): string[] => {
  const followedBy = heard(model, viewer).filter((one) => model.isFollowing(one, person)).length;
  const inGroup =
    usesInterests(model.people, viewer) &&
    model.groups.names.some(
      (group) => model.groups.isIn(viewer, group) && model.groups.isIn(person, group),
    );
  const open = model.posts.filter(
    (post) =>
      post.author === person && post.audience === 'public' && model.seesInLists(viewer, post),
  );
  const hasTag = open.some(
    (post) => isForEveryone(model, post) && commonTags(model, viewer, post).length,
  );
  return [
    ...(followedBy ? [`followed by ${followedBy}`] : []),
    ...(model.isFollowing(person, viewer) ? ['follower'] : []),
    ...(inGroup ? ['group'] : []),
    ...(hasTag ? ['hashtag'] : []),
    ...(open.length ? ['active'] : []),
  ].sort();
};

export const peopleSuggestedTo = (model: AccessModel, viewer: string): [string, string[]][] =>
  model
    .visible(
      viewer,
      model.people.filter((one) => one !== viewer),
    )
    .filter((one) => model.status(viewer, one) === 'none' && !model.isMuting(viewer, one))
    .filter((one) => !isDismissed(model, viewer, one))
    .map((one): [string, string[]] => [one, reasonsFor(model, viewer, one)])
    .filter(([, reasons]) => reasons.length)
    .sort(([one], [other]) => (one < other ? -1 : 1));

/** Each with whether people whom they follow are a reason. */
export const groupsSuggestedTo = (model: AccessModel, viewer: string): [string, boolean][] =>
  model.groups.names
    .filter((group) => model.groups.isThere(group) && !model.groups.isKnownTo(viewer, group))
    .filter(() => !dismissesMuch(model.people, viewer))
    .map((group): [string, boolean] => {
      const known = new Set(heard(model, viewer));
      const members = model.groups.members(group).filter((one) => known.has(one));
      return [group, members.length >= TOLD_FROM];
    })
    .sort();

// ——— posts on Discover

/** Of each author, the strongest so many. */
const OF_EACH = 2;

interface Reactions {
  sharers: number;
  commenters: number;
  likes: number;
}

/** How many people reacted, of whom the viewer may know. */
function reactionsTo(model: AccessModel, viewer: string, post: ModelPost): Reactions {
  const others = (people: string[]) => new Set(people.filter((one) => one !== post.author)).size;
  return {
    sharers: others(
      model.posts
        .filter((share) => share.shared === post.name && model.seesInLists(viewer, share))
        .map(({ author }) => author),
    ),
    commenters: others([
      ...(model.seesComment(viewer, post) ? [post.commenter] : []),
      ...(model.seesAlso(viewer, post) ? [post.alsoBy!] : []),
    ]),
    likes: others(model.visible(viewer, post.likers)),
  };
}

const strengthOf = ({ sharers, commenters, likes }: Reactions): number =>
  3 * sharers + 2 * commenters + likes;

function reasonOf(
  model: AccessModel,
  viewer: string,
  post: ModelPost,
  { sharers, commenters, likes }: Reactions,
): string {
  const [tag] = commonTags(model, viewer, post).sort();
  if (tag) return `#${tag}`;
  if (3 * sharers >= Math.max(2 * commenters, likes)) return `shared by ${sharers}`;
  return 2 * commenters >= likes ? `discussed by ${commenters}` : `liked by ${likes}`;
}

/** In their order, each with its reason. */
export function discoveredBy(model: AccessModel, viewer: string): [string, string][] {
  const shown = new Map<string, number>();
  return (
    model.posts
      .filter(({ audience, shared }) => audience === 'public' && shared === null)
      .filter(({ author }) => author !== viewer && !model.isFollowing(viewer, author))
      .filter(({ author }) => !model.isMuting(viewer, author))
      .filter(({ author }) => !isDismissed(model, viewer, author))
      .filter((post) => model.seesInLists(viewer, post))
      .map((post) => ({ post, reactions: reactionsTo(model, viewer, post) }))
      .filter(({ reactions }) => strengthOf(reactions))
      // The newest first where they are as strong.
      .reverse()
      .sort((one, other) => strengthOf(other.reactions) - strengthOf(one.reactions))
      .filter(({ post: { author } }) => {
        shown.set(author, (shown.get(author) ?? 0) + 1);
        return shown.get(author)! <= OF_EACH;
      })
      .map(({ post, reactions }) => [post.name, reasonOf(model, viewer, post, reactions)])
  );
}
