import type { Group } from '@echomate/contracts/groups.dto';
import * as m from '#lib/generated/messages.js';

export const memberWords = (count: number): string => m.groups_member_count({ count });

/** Whoever runs a group hands it over first. */
export const leaveWords = ({ title, role }: Pick<Group, 'title' | 'role'>) =>
  role === 'creator'
    ? { title: m.groups_leave_creator_title(), text: m.groups_leave_creator_text() }
    : { title: m.groups_leave_title({ title }), text: m.groups_leave_text() };

export type MemberQuestion = 'remove' | 'handOver';

/** What whoever runs a group can do with a member. */
export const memberQuestions = (name: string) => ({
  remove: {
    title: m.groups_remove_title({ name }),
    text: m.groups_remove_text(),
    button: m.groups_remove(),
    done: m.groups_removed_now({ name }),
  },
  handOver: {
    title: m.groups_hand_over_title({ name }),
    text: m.groups_hand_over_text({ name }),
    button: m.groups_hand_over_yes(),
    done: m.groups_handed_over_now({ name }),
  },
});
