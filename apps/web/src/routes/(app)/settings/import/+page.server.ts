import { LIMITS } from '@echomate/contracts/limits';
import { refusalWords } from '#lib/refusal-words.ts';
import { stopAt, viewerOf } from '#lib/server/forms.ts';
import { listKnownPeople, readImport } from '#lib/server/importing-api.ts';
import { personOf } from '#lib/server/people.ts';
import type { PageServerLoad } from './$types';

const MEGABYTE = 1024 * 1024;

/** A form without scripts comes back with the code of its refusal. */
const wordsOf = (code: string | null) => {
  if (code === null) return null;
  const { maxBytes, perDay } = LIMITS.import;
  return refusalWords(code, { max: code === 'file-too-large' ? maxBytes / MEGABYTE : perDay });
};

export const load: PageServerLoad = async (event) => {
  event.depends('data:import');
  const { api } = event.locals;
  const { searchParams } = event.url;
  const [newest, people] = await Promise.all([
    readImport(api),
    listKnownPeople(api, searchParams.get('cursor') ?? undefined),
  ]);
  if (!newest.ok) return stopAt(event, newest);
  if (!people.ok) return stopAt(event, people);
  const viewer = await viewerOf(event);
  return {
    newest: newest.data.import,
    refused: wordsOf(searchParams.get('refused')),
    people: {
      items: people.data.items.map(({ isSameHandle, ...card }) => ({
        ...personOf(viewer.id, card),
        isSameHandle,
      })),
      nextCursor: people.data.nextCursor,
    },
  };
};
