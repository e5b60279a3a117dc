import { text } from 'node:stream/consumers';
import { ExportContents } from '../../src/modules/leaving/export-contents.service.js';
import type { ModelPost } from './access-model.js';
import type { OwnPath } from './access-person-paths.js';
import type { AccessWorld, WrittenPost } from './access-world.js';

/** What somebody would take along: all that is theirs, and nothing that they may not see. */

/** What the files say; what somebody has reported is kept as they reported it. */
async function archiveOf(world: AccessWorld, viewer: string): Promise<Map<string, string>> {
  const entries = world.app
    .get(ExportContents)
    .of(world.person(viewer).id, 'archive', new AbortController().signal, async () => undefined);
  const files = new Map<string, string>();
  for await (const { path, content } of entries) {
    const isRead = !path.startsWith('media/') && !path.includes('/reports.');
    files.set(path, isRead ? await text(content) : '');
    content.destroy();
  }
  return files;
}

/** Of a thing, its name and its id. */
type Known = [name: string, id: string];

/** What hangs on each post, as far as it is there. */
function partsOf(
  world: AccessWorld,
  part: string,
  idOf: (written: WrittenPost) => string | undefined,
  isMeant: (post: ModelPost) => boolean,
): Known[] {
  return world.model.posts.filter(isMeant).flatMap((post) => {
    const id = idOf(world.post(post.name));
    return id ? [[`${post.name}${part}`, id] as Known] : [];
  });
}

/** By the file in which it must be. */
function ownOf(world: AccessWorld, viewer: string): Record<string, Known[]> {
  const { model } = world;
  const comments = [
    ...partsOf(
      world,
      ' comment',
      ({ comment }) => comment.id,
      (post) => post.commenter === viewer && model.seesComment(viewer, post),
    ),
    ...partsOf(
      world,
      ' reply',
      ({ reply }) => reply.id,
      (post) => post.replier === viewer && model.seesReply(viewer, post),
    ),
  ];
  return {
    posts: partsOf(
      world,
      '',
      ({ id }) => id,
      (post) => post.author === viewer && model.seesOnProfile(viewer, post),
    ),
    post_likes: partsOf(
      world,
      ' liked',
      ({ id }) => id,
      (post) => post.likers.includes(viewer) && model.seesPost(viewer, post),
    ),
    comments,
    media: partsOf(
      world,
      ' picture',
      ({ media }) => media[0]?.id,
      (post) => post.author === viewer && model.seesPicture(viewer, post) && !post.isUnready,
    ),
    // One in which nothing was written yet is not listed.
    conversations: [...world.conversations.ids].filter(
      ([name]) => model.chat.sees(viewer, name) && model.chat.messagesIn(name).length > 0,
    ),
  };
}

function hiddenFrom(world: AccessWorld, viewer: string): Known[] {
  const { model } = world;
  return [
    ...partsOf(
      world,
      '',
      ({ id }) => id,
      (post) => !model.seesPost(viewer, post),
    ),
    ...partsOf(
      world,
      ' picture',
      ({ media }) => media[0]?.id,
      (post) => !model.seesPicture(viewer, post),
    ),
    ...partsOf(
      world,
      ' comment',
      ({ comment }) => comment.id,
      (post) => !model.seesComment(viewer, post),
    ),
    ...partsOf(
      world,
      ' reply',
      ({ reply }) => reply.id,
      (post) => !model.seesReply(viewer, post),
    ),
    ...[...world.conversations.ids].filter(([name]) => !model.chat.sees(viewer, name)),
    ...[...world.events]
      .filter(([name]) => !model.events.sees(viewer, model.events.named(name)))
      .map(([name, { id }]): Known => [name, id]),
    // Whom they have blocked they know.
    ...world.names
      .filter((one) => !model.seesCard(viewer, one) && !model.blockedBy(viewer).includes(one))
      .map((one): Known => [one, world.person(one).id]),
    ...world.names
      .filter((one) => !model.seesField(viewer, one, 'email'))
      .map((one): Known => [`the email of ${one}`, world.person(one).email]),
  ];
}

export const OWN_ARCHIVE: OwnPath = {
  name: 'their archive',
  ask: async (asker, world, viewer) => {
    const { status } = await asker.get('users/me');
    if (status !== 200) return status;
    const files = await archiveOf(world, viewer);
    const all = [...files].flat().join('\n');
    const missing = Object.entries(ownOf(world, viewer)).flatMap(([table, known]) =>
      known.filter(([, id]) => !files.get(`data/${table}.json`)?.includes(id)),
    );
    const hidden = hiddenFrom(world, viewer).filter(([, id]) => all.includes(id));
    const namesOf = (known: Known[]) => known.map(([name]) => name);
    return { missing: namesOf(missing), hidden: namesOf(hidden) };
  },
  expect: () => ({ missing: [], hidden: [] }),
};
