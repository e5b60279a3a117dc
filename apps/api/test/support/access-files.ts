import type { ModelEvent } from './access-event-model.js';
import type { AccessModel, ModelPost } from './access-model.js';
import type { AccessWorld, WrittenEvent, WrittenPost } from './access-world.js';

/** Files, comments and replies by their names, and which of them somebody sees. */

/** Chosen by somebody who registered and never confirmed their address. */
export const UNOWNED = 'the avatar of nobody yet';

const ofPosts = (
  world: AccessWorld,
  part: string,
  id: (post: WrittenPost) => string | undefined,
): [string, string][] =>
  [...world.posts].flatMap(([name, post]) => {
    const found = id(post);
    return found ? [[`${name}${part}`, found]] : [];
  });

const ofEvents = (
  world: AccessWorld,
  part: string,
  id: (event: WrittenEvent) => string,
): [string, string][] => [...world.events].map(([name, event]) => [`${name}${part}`, id(event)]);

const seen = (model: AccessModel, part: string, sees: (post: ModelPost) => boolean): string[] =>
  model.posts.filter(sees).map(({ name }) => `${name}${part}`);

const seenOfEvents = (
  { events }: AccessModel,
  part: string,
  sees: (event: ModelEvent) => boolean,
): string[] => events.all.filter(sees).map(({ name }) => `${name}${part}`);

const firstComments = (model: AccessModel, viewer: string): string[] => [
  ...seen(model, ' comment', (post) => model.seesComment(viewer, post)),
  ...seen(model, ' reply', (post) => model.seesReply(viewer, post)),
];

const commentsOfEvents = (model: AccessModel, viewer: string): string[] => [
  ...seenOfEvents(model, ' comment', (event) => model.events.seesComment(viewer, event)),
  ...seenOfEvents(model, ' reply', (event) => model.events.seesReply(viewer, event)),
];

export const commentsIn = (world: AccessWorld): Map<string, string> =>
  new Map([
    ...ofPosts(world, ' comment', ({ comment }) => comment.id),
    ...ofPosts(world, ' reply', ({ reply }) => reply.id),
    ...ofPosts(world, ' second comment', ({ also }) => also[0]?.id),
    ...ofPosts(world, ' second reply', ({ also }) => also[1]?.id),
    ...ofPosts(world, ' deleted comment', ({ deleted }) => deleted[0]?.id),
    ...ofPosts(world, ' reply to the deleted comment', ({ deleted }) => deleted[1]?.id),
    ...ofPosts(world, ' deleted reply', ({ deleted }) => deleted[2]?.id),
    ...ofEvents(world, ' comment', ({ comment }) => comment.id),
    ...ofEvents(world, ' reply', ({ reply }) => reply.id),
  ]);

export const commentsSeenBy = (model: AccessModel, viewer: string): string[] => [
  ...firstComments(model, viewer),
  ...seen(model, ' second comment', (post) => model.seesAlso(viewer, post)),
  ...seen(model, ' second reply', (post) => model.replies(viewer, post)[1]!),
  ...commentsOfEvents(model, viewer),
];

export function filesIn(world: AccessWorld): Map<string, string> {
  const idIn = (path: string) => path.split('/').at(-2)!;
  return new Map([
    ...world.names.map((name) => [`${name}'s avatar`, idIn(world.person(name).avatar)] as const),
    ...world.names.map((name) => [`${name}'s banner`, idIn(world.person(name).banner)] as const),
    ...world.names.map((name) => [`${name}'s upload`, world.person(name).upload] as const),
    ...ofPosts(world, '', (post) => post.media[0]?.id),
    ...ofPosts(world, ' comment', ({ comment }) => comment.media!.id),
    ...ofPosts(world, ' reply', ({ reply }) => reply.media!.id),
    ...ofEvents(world, ' comment', ({ comment }) => comment.media!.id),
    ...ofEvents(world, ' reply', ({ reply }) => reply.media!.id),
    ...[...world.groups].map(([name, { banner }]) => [name, banner.id] as const),
    [UNOWNED, world.unowned] as const,
  ]);
}

export const filesSeenBy = (world: AccessWorld, model: AccessModel, viewer: string): string[] => [
  ...world.names.filter((one) => model.seesCard(viewer, one)).map((one) => `${one}'s avatar`),
  ...world.names.filter((one) => model.seesProfile(viewer, one)).map((one) => `${one}'s banner`),
  `${viewer}'s upload`,
  ...seen(model, '', (post) => post.shared === null && model.seesPicture(viewer, post)),
  ...firstComments(model, viewer),
  ...commentsOfEvents(model, viewer),
  ...model.groups.names.filter(model.groups.isThere),
];
