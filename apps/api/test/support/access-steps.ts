export type Visibility = 'public' | 'private';
export type Field = 'email' | 'dateOfBirth';
export type FieldVisibility = 'profile' | 'followers' | 'me';
/** Those an author can pick. */
export type OwnAudience = 'public' | 'followers' | 'chosen' | 'unlisted' | 'me';
export type Audience = OwnAudience | 'group';

/** What posts say: the first when the history begins, another once they are edited. */
export const TEXTS = ['first', 'second', 'third', 'fourth'];

/** What one person does about another. */
export const ACTS = {
  follow: 'asks to follow',
  unfollow: 'unfollows',
  accept: 'accepts',
  decline: 'declines',
  restoreRequest: 'takes back declining',
  removeFollower: 'removes the follower',
  block: 'blocks',
  unblock: 'unblocks',
  mute: 'mutes',
  unmute: 'unmutes',
} as const;
export type Act = keyof typeof ACTS;

/** What one person does about a group … */
export const GROUP_ACTS = {
  ask: 'asks to join',
  withdrawRequest: 'no longer asks to join',
  acceptInvitation: 'accepts the invitation to',
  declineInvitation: 'declines the invitation to',
  leave: 'leaves',
  deleteGroup: 'deletes',
  restoreGroup: 'restores',
} as const;
export type GroupAct = keyof typeof GROUP_ACTS;

/** … and about another person there. */
export const MEMBER_ACTS = {
  invite: 'invites',
  withdrawInvitation: 'no longer invites',
  acceptRequest: 'lets in',
  refuseRequest: 'refuses',
  removeMember: 'removes',
  handOver: 'hands over to',
} as const;
export type MemberAct = keyof typeof MEMBER_ACTS;

/** What one person does in a conversation. */
export const CHAT_ACTS = {
  say: 'writes in',
  type: 'is writing in',
  acceptChat: 'accepts the messages in',
  declineChat: 'declines the messages in',
  readChat: 'reads',
} as const;
export type ChatAct = keyof typeof CHAT_ACTS;

/** About messages, pages and who is online. */
export type LiveStep =
  | { kind: ChatAct; by: string; conversation: string }
  | { kind: 'startChat'; by: string; of: string }
  | { kind: 'setPresence'; by: string; isShown: boolean }
  | { kind: 'setPage'; of: string; isOpen: boolean };

export type GroupStep =
  | { kind: GroupAct; by: string; group: string }
  | { kind: MemberAct; by: string; of: string; group: string };

export type AccountState = 'active' | 'deactivated' | 'suspended';

/** Something that happens; people and posts go by their names. */
export type Step =
  | { kind: Act; by: string; of: string }
  | { kind: 'setState'; of: string; to: AccountState }
  | { kind: 'setVisibility'; by: string; to: Visibility }
  | { kind: 'setField'; by: string; field: Field; to: FieldVisibility }
  | { kind: 'setAudience'; post: string; to: OwnAudience; chosen: string[] }
  | { kind: 'edit'; post: string; text: string; to?: OwnAudience; chosen: string[] }
  | { kind: 'deletePost' | 'restorePost'; post: string; by?: string }
  | { kind: 'dayPasses' }
  | GroupStep
  | LiveStep;

/** Short ways to write histories down. */
export const act = (by: string, kind: Act, of: string): Step => ({ kind, by, of });
export const turn = (by: string, to: Visibility): Step => ({ kind: 'setVisibility', by, to });
/** What becomes of an account; coming back, its owner logs in again. */
export const account = (of: string, to: AccountState): Step => ({ kind: 'setState', of, to });
export const show = (by: string, field: Field, to: FieldVisibility): Step => ({
  kind: 'setField',
  by,
  field,
  to,
});
export const address = (post: string, to: OwnAudience, chosen: string[] = []): Step => ({
  kind: 'setAudience',
  post,
  to,
  chosen,
});
export const edit = (
  post: string,
  text: string,
  to?: OwnAudience,
  chosen: string[] = [],
): Step => ({ kind: 'edit', post, text, to, chosen });

export const inGroup = (group: string, by: string, kind: GroupAct): Step => ({ kind, by, group });
export const about = (group: string, by: string, kind: MemberAct, of: string): Step => ({
  kind,
  by,
  of,
  group,
});
/** By its author, unless somebody else is named. */
export const remove = (post: string, by?: string): Step => ({ kind: 'deletePost', post, by });
export const restore = (post: string, by?: string): Step => ({ kind: 'restorePost', post, by });

export const chat = (by: string, kind: ChatAct, conversation: string): Step => ({
  kind,
  by,
  conversation,
});
export const startChat = (by: string, of: string): Step => ({ kind: 'startChat', by, of });
export const beOnline = (by: string, isShown: boolean): Step => ({
  kind: 'setPresence',
  by,
  isShown,
});
/** Opens a page, or closes all. */
export const page = (of: string, isOpen: boolean): Step => ({ kind: 'setPage', of, isOpen });

/** A step as a sentence, for failures. */
export function sentence(step: Step): string {
  const audience = (to: string, chosen: string[]) =>
    to === 'chosen' ? `chosen (${chosen.join(', ')})` : to;
  switch (step.kind) {
    case 'setState':
      return `${step.of}'s account is ${step.to}`;
    case 'setVisibility':
      return `${step.by} turns ${step.to}`;
    case 'setField':
      return `${step.by} shows ${step.field} to: ${step.to}`;
    case 'setAudience':
      return `${step.post} is now for: ${audience(step.to, step.chosen)}`;
    case 'edit':
      return `${step.post} now says “${step.text}”${step.to ? `, for: ${audience(step.to, step.chosen)}` : ''}`;
    case 'deletePost':
    case 'restorePost':
      return `${step.post} is ${step.kind === 'deletePost' ? 'deleted' : 'restored'} by ${step.by ?? 'its author'}`;
    case 'dayPasses':
      return 'a day passes';
    case 'startChat':
      return `${step.by} begins a conversation with ${step.of}`;
    case 'setPresence':
      return `${step.by} ${step.isShown ? 'shows' : 'hides'} that they are online`;
    case 'setPage':
      return `${step.of} ${step.isOpen ? 'opens a page' : 'closes their pages'}`;
    default:
      if ('conversation' in step) return `${step.by} ${CHAT_ACTS[step.kind]} ${step.conversation}`;
      if ('group' in step)
        return 'of' in step
          ? `${step.by} ${MEMBER_ACTS[step.kind]} ${step.of} (${step.group})`
          : `${step.by} ${GROUP_ACTS[step.kind]} ${step.group}`;
      return `${step.by} ${ACTS[step.kind]} ${step.of}`;
  }
}
