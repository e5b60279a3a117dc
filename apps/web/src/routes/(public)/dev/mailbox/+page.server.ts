import process from 'node:process';
import { error } from '@sveltejs/kit';
import { readMailbox } from '#lib/server/auth-api.ts';
import { linkOwnAddresses } from '#lib/server/link-own-addresses.ts';
import * as m from '#lib/generated/messages.js';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const answer = await readMailbox(locals.api);
  if (!answer.ok) return error(answer.status, m.error_missing_text());
  const ownOrigins = [url.origin, process.env.PUBLIC_URL && new URL(process.env.PUBLIC_URL).origin];
  return {
    mails: answer.data.items.map(({ text, ...mail }) => ({
      ...mail,
      parts: linkOwnAddresses(text, ownOrigins.filter(Boolean)),
    })),
  };
};
