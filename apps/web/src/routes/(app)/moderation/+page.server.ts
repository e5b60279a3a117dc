import { listCases } from '#lib/features/moderation/moderation-api.ts';
import { stopAt } from '#lib/server/forms.ts';
import type { PageServerLoad } from './$types';

const STATES = ['open', 'appealed', 'decided'] as const;

export const load: PageServerLoad = async (event) => {
  const { searchParams } = event.url;
  const state = STATES.find((one) => one === searchParams.get('state')) ?? 'open';
  const answer = await listCases(event.locals.api, state, searchParams.get('cursor') ?? undefined);
  if (!answer.ok) return stopAt(event, answer);
  return { state, cases: answer.data, now: new Date().toISOString() };
};
