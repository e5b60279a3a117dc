import { AccountStatesService } from '../../src/modules/users/account-states.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { wordsBy } from './access-chat-model.js';
import { wordsOf } from './access-group-model.js';
import type { AccountState, GroupStep, Step } from './access-steps.js';
import type { AccessWorld } from './access-world.js';

/** A step of a history in the api, as the browser of whoever takes it would ask for it; answers with the status. */
export async function happen(world: AccessWorld, step: Step): Promise<number> {
  if ('post' in step) return happenToPost(world, step);
  if ('group' in step) return happenInGroup(world, step);
  if ('conversation' in step)
    return world.conversations.happen(step, wordsBy(step.by, world.model.chat.words));
  if (step.kind === 'setPage') {
    await (world.model.chat.hasPage(step.of)
      ? world.pages.open(step.of)
      : world.pages.close(step.of));
    return 200;
  }
  if (step.kind === 'dayPasses') {
    const longAgo = new Date(Date.now() - 25 * 3600_000).toISOString();
    for (const table of [sql`follows`, sql`group_invitations`, sql`group_requests`])
      await world.writePast(
        sql`UPDATE ${table} SET decided_at = ${longAgo} WHERE decided_at IS NOT NULL`,
      );
    return 200;
  }
  if (step.kind === 'setState') return setState(world, step.of, step.to);
  const ask = async (method: string, path: string, body?: object) =>
    (await world.asker(step.by).ask(method, path, body)).status;
  if (step.kind === 'setVisibility') return ask('PUT', 'users/me/privacy', { visibility: step.to });
  if (step.kind === 'setPresence')
    return ask('PUT', 'users/me/presence', { isVisible: step.isShown });
  if (step.kind === 'setField')
    return ask('PATCH', 'users/me', { [`${step.field}Visibility`]: step.to });
  const { id } = world.person(step.of);
  switch (step.kind) {
    case 'startChat':
      return world.conversations.start(step.by, step.of);
    case 'follow':
      return ask('PUT', `users/${id}/follow`);
    case 'unfollow':
      return ask('DELETE', `users/${id}/follow`);
    case 'accept':
    case 'decline':
      return ask('POST', `follow-requests/${id}/${step.kind}`);
    case 'restoreRequest':
      return ask('POST', `follow-requests/${id}/restore`);
    case 'removeFollower':
      return ask('DELETE', `followers/${id}`);
    case 'block':
      return ask('PUT', `users/me/blocks/${id}`);
    case 'unblock':
      return ask('DELETE', `users/me/blocks/${id}`);
    case 'mute':
      return ask('PUT', `users/me/mutes/${id}`);
    case 'unmute':
      return ask('DELETE', `users/me/mutes/${id}`);
  }
}

/** Nothing else than a service hides or restores an account yet. */
async function setState(world: AccessWorld, name: string, to: AccountState): Promise<number> {
  const accounts = world.app.get(AccountStatesService);
  const { id } = world.person(name);
  await world.app.get(Database).transaction(async (transaction) => {
    if (to !== 'active') return accounts.hide(transaction, id, to);
    for (const reason of await accounts.reasons(id, transaction))
      await accounts.restore(transaction, id, reason);
  });
  if (to !== 'active') await world.pages.areClosed(name);
  if (to === 'active') await world.logIn(name);
  return 200;
}

async function happenToPost(
  world: AccessWorld,
  step: Extract<Step, { post: string }>,
): Promise<number> {
  const { id, author } = world.post(step.post);
  const by = ('by' in step && step.by) || author;
  const ask = async (method: string, path: string, body?: object) =>
    (await world.asker(by).ask(method, `posts/${id}${path}`, body)).status;
  switch (step.kind) {
    case 'deletePost':
      return ask('DELETE', '');
    case 'restorePost':
      return ask('POST', '/restore');
  }
  const chosenUserIds = step.to === 'chosen' ? step.chosen.map((one) => world.person(one).id) : [];
  const audience = { audience: step.to, chosenUserIds };
  if (step.kind === 'setAudience') return ask('PUT', '/audience', audience);
  return ask('PATCH', '', { content: world.wordsOf(step.text), ...(step.to && audience) });
}

async function happenInGroup(world: AccessWorld, step: GroupStep): Promise<number> {
  const { id } = world.group(step.group);
  const ask = async (method: string, path: string, body?: object) =>
    (await world.asker(step.by).ask(method, `groups/${id}${path}`, body)).status;
  const of = 'of' in step ? world.person(step.of).id : '';
  switch (step.kind) {
    case 'ask':
      return ask('POST', '/requests', { words: wordsOf(step.by) });
    case 'withdrawRequest':
      return ask('DELETE', '/requests/me');
    case 'acceptInvitation':
      return ask('POST', '/invitation/accept');
    case 'declineInvitation':
      return ask('POST', '/invitation/decline');
    case 'leave':
      return ask('DELETE', '/members/me');
    case 'deleteGroup':
      return ask('DELETE', '');
    case 'restoreGroup':
      return ask('POST', '/restore');
    case 'invite':
      return ask('POST', '/invitations', { userIds: [of], words: wordsOf(step.by) });
    case 'withdrawInvitation':
      return ask('DELETE', `/invitations/${of}`);
    case 'acceptRequest':
      return ask('POST', `/requests/${of}/accept`);
    case 'refuseRequest':
      return ask('POST', `/requests/${of}/refuse`);
    case 'removeMember':
      return ask('DELETE', `/members/${of}`);
    case 'handOver':
      return ask('PUT', '/creator', { userId: of });
  }
}
