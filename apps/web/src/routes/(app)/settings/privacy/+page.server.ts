import { fail } from '@sveltejs/kit';
import type { FieldVisibility, ProfileVisibility } from '@echomate/contracts/users.dto';
import { messageOf } from '#lib/api-answer.ts';
import { readPresenceSetting, savePresenceSetting } from '#lib/features/chat/chat-api.ts';
import { readInsightSettings, saveInsightSettings } from '#lib/features/insights/insights-api.ts';
import { SWITCHES } from '#lib/features/users/profile-fields.ts';
import { refuse, stopAt, textOf, textsOf, toLoginIfSignedOut } from '#lib/server/forms.ts';
import { readOwnProfile, updatePrivacy, updateProfile } from '#lib/server/users-api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const [answer, presence, insights] = await Promise.all([
    readOwnProfile(event.locals.api),
    readPresenceSetting(event.locals.api),
    readInsightSettings(event.locals.api),
  ]);
  if (!answer.ok) return stopAt(event, answer);
  if (!presence.ok) return stopAt(event, presence);
  if (!insights.ok) return stopAt(event, insights);
  return { profile: answer.data, presence: presence.data, insights: insights.data };
};

export const actions: Actions = {
  /** Without scripts, a page asks the question instead of a dialog. */
  ask: () => ({ asked: true as const }),

  change: async (event) => {
    const visibility = textOf(await event.request.formData(), 'visibility');
    const answer = await updatePrivacy(event.locals.api, {
      visibility: visibility as ProfileVisibility,
    });
    if (answer.ok) return { saved: 'profile' as const };
    toLoginIfSignedOut(event, answer);
    return fail(answer.status, { changeMessage: messageOf(answer) });
  },

  fields: async (event) => {
    const values = textsOf(
      await event.request.formData(),
      SWITCHES.map(({ field }) => field.name),
    );
    const answer = await updateProfile(
      event.locals.api,
      values as Record<keyof typeof values, FieldVisibility>,
    );
    if (answer.ok) return { saved: 'fields' as const };
    toLoginIfSignedOut(event, answer);
    return refuse(answer, values);
  },

  presence: async (event) => {
    const isVisible = (await event.request.formData()).has('visible');
    const answer = await savePresenceSetting(event.locals.api, isVisible);
    if (answer.ok) return { saved: 'presence' as const };
    toLoginIfSignedOut(event, answer);
    return fail(answer.status, { presenceMessage: messageOf(answer) });
  },

  insights: async (event) => {
    const form = await event.request.formData();
    const answer = await saveInsightSettings(event.locals.api, {
      isCounted: form.has('counted'),
      isKept: form.has('kept'),
    });
    if (answer.ok) return { saved: 'insights' as const };
    toLoginIfSignedOut(event, answer);
    return fail(answer.status, { insightsMessage: messageOf(answer) });
  },
};
