import type { Question } from './access-questions.js';
import { aboutWho, byIds } from './access-rule-forms.js';
import type { AccessWorld } from './access-world.js';

/** The rule about what is live: conversations, whom they reach, their messages, and who is online. */

export function chatByIds(world: AccessWorld, viewer: string): Question[] {
  const { conversations } = world;
  const people = new Map(world.names.map((name) => [name, world.person(name).id]));
  const ids = () => conversations.ids;
  const texts = () => conversations.messageIds;
  return [
    byIds(
      world,
      viewer,
      'presence',
      () => people,
      ({ chat }) => world.names.filter((one) => chat.seesPresence(viewer, one)),
    ),
    byIds(world, viewer, 'conversation', ids, ({ chat }) =>
      [...ids().keys()].filter((name) => chat.sees(viewer, name)),
    ),
    byIds(world, viewer, 'delivery', ids, ({ chat }) =>
      [...ids().keys()].filter((name) => chat.isReached(viewer, name)),
    ),
    byIds(world, viewer, 'message', texts, ({ chat }) =>
      [...texts().keys()].filter((text) =>
        chat.everyMessage.some((one) => one.name === text && chat.seesMessage(viewer, one)),
      ),
    ),
  ];
}

/** Who may know whether each of them is online. */
export const aboutPresence = (world: AccessWorld): Question[] =>
  world.names.map((name) =>
    aboutWho(
      world,
      name,
      'presence',
      world.person(name).id,
      ({ isActive, chat }, one) => isActive(one) && chat.seesPresence(one, name),
    ),
  );

/** Who sees a conversation that there is from the beginning, whom it reaches at once, and who sees its first message. */
export function aboutConversation(world: AccessWorld, name: string): Question[] {
  const id = world.conversations.ids.get(name);
  if (!id) return [];
  const [first] = world.conversations.messagesIn(name);
  const questions = [
    aboutWho(world, name, 'conversation', id, ({ chat }, one) => chat.sees(one, name)),
    aboutWho(world, name, 'delivery', id, ({ chat }, one) => chat.isReached(one, name)),
  ];
  if (first === undefined) return questions;
  const message = aboutWho(world, name, 'message', first, ({ chat }, one) => {
    const [written] = chat.messagesIn(name);
    // None if the api has stored what the model refuses.
    return written !== undefined && chat.seesMessage(one, written);
  });
  return [...questions, message];
}
