import { Access, type Kind } from '../../src/access/access.service.js';
import type { AccessModel } from './access-model.js';
import { ABSENT } from './access-post-paths.js';
import type { Question } from './access-questions.js';
import type { AccessWorld } from './access-world.js';

/** The rule itself, in the forms in which `Access` gives it to those who hold ids. */

/** What the widest questions are about */
export const EVERYTHING = 'everything';

/** Which of these may this viewer see; one of them is asked about alone. */
export const byIds = (
  world: AccessWorld,
  viewer: string,
  kind: Kind,
  known: () => Map<string, string>,
  expect: (model: AccessModel) => string[],
): Question => ({
  viewer,
  about: EVERYTHING,
  path: `${kind} by ids`,
  expect: () => (world.model.isActive(viewer) ? expect(world.model) : undefined),
  ask: async () => {
    const access = world.app.get(Access);
    const viewerId = world.person(viewer).id;
    const ids = known();
    const [leftOut, ...asked] = [...ids.values()];
    if (!leftOut) return [];
    const visible = await access.visible(viewerId, kind, [...asked, ABSENT]);
    const isTold = visible.has(leftOut);
    if (await access.canSee(viewerId, kind, leftOut)) visible.add(leftOut);
    const actual = [...ids].filter(([, id]) => visible.delete(id)).map(([name]) => name);
    if (visible.size || isTold) actual.push('something that was not asked for');
    return actual;
  },
});

/** The rule the other way round: who of all may see it, as notifications and pushes ask. */
export const aboutWho = (
  world: AccessWorld,
  about: string,
  kind: Kind,
  id: string,
  sees: (model: AccessModel, person: string) => boolean,
): Question => ({
  viewer: 'everyone',
  about,
  path: `${kind} by its audience`,
  expect: () => world.names.filter((one) => sees(world.model, one)),
  ask: () => audienceOf(world, kind, id),
});

export async function audienceOf(world: AccessWorld, kind: Kind, id: string): Promise<string[]> {
  const access = world.app.get(Access);
  const [leftOut, ...asked] = world.names.map((one) => world.person(one).id);
  const audience = await access.audience(kind, id, asked);
  const isTold = audience.has(leftOut!);
  // Whoever is not active has no session with which to ask what they may see.
  const isThere = world.model.isActive(world.names[0]!);
  if (isThere && (await access.canSee(leftOut!, kind, id))) audience.add(leftOut!);
  const actual = world.names.filter((one) => audience.has(world.person(one).id));
  return isTold ? [...actual, 'somebody who was not asked about'] : actual;
}
