import type { FieldVisibility } from '@echomate/contracts/users.dto';
import * as m from '#lib/paraglide/messages.js';

export const fieldVisibilityOptions = (): { value: FieldVisibility; label: string }[] => [
  { value: 'profile', label: m.users_visibility_profile() },
  { value: 'followers', label: m.users_visibility_followers() },
  { value: 'me', label: m.users_visibility_me() },
];
