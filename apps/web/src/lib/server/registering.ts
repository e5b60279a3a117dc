import { LIMITS } from '@echomate/contracts/limits';
import type { Site } from '@echomate/contracts/site.dto';
import { messageOf } from '#lib/api-answer.ts';
import type { Api } from './api.ts';
import { readInvitation } from './auth-api.ts';

/** What the form of a registration needs to know, for whoever came with this invitation or none. */
export const registeringWith = async (api: Api, site: Site, token: string | null) => {
  // Where everyone may come, it doesn't matter whether a link still works.
  const asks = token !== null && site.registration !== 'open';
  const offer = asks ? await readInvitation(api, token) : null;
  const today = new Date();
  const youngest = new Date(
    Date.UTC(today.getUTCFullYear() - LIMITS.minimumAge, today.getUTCMonth(), today.getUTCDate()),
  );
  return {
    earliestBirth: `${LIMITS.oldestBirthYear}-01-01`,
    latestBirth: youngest.toISOString().slice(0, 10),
    invitation: token,
    isInvited: offer?.ok ?? false,
    invitationRefused: offer && !offer.ok ? messageOf(offer) : null,
  };
};
