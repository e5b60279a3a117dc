import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { GroupDetails } from '@echomate/contracts/groups.dto';
import { messageOf } from '#lib/api-answer.ts';
import { groupPath } from '#lib/features/groups/group-path.ts';
import { readMedia } from '#lib/features/media/media-api.ts';
import type { ApiRefusal, ApiResult } from './api.ts';
import { fileOf, textOf, textsOf, toLoginIfSignedOut } from './forms.ts';

interface Wanted {
  title: string;
  description: string;
  bannerId: string | undefined;
}

/** Creates or changes a group. A banner that was uploaded stays so if something else is refused. */
export const saveGroup = async (
  event: RequestEvent,
  form: FormData,
  save: (wanted: Wanted) => Promise<ApiResult<GroupDetails>>,
) => {
  const { api } = event.locals;
  const values = textsOf(form, ['title', 'description']);
  const file = fileOf(form, 'banner');
  let bannerId = textOf(form, 'bannerId') || undefined;

  const refuse = async (refusal: ApiRefusal, errors: Record<string, string>) => {
    toLoginIfSignedOut(event, refusal);
    const uploaded = bannerId && !errors.bannerId ? await readMedia(api, bannerId) : null;
    return fail(refusal.status, {
      values: { ...values },
      errors,
      message: messageOf({ ...refusal, errors }, ['title', 'description', 'banner', 'bannerId']),
      uploaded: uploaded?.ok ? uploaded.data : null,
    });
  };

  if (file) {
    const body = new FormData();
    body.set('file', file, file.name);
    const upload = await api.post('/media', { body });
    if (!upload.ok) return refuse(upload, { banner: messageOf(upload) });
    bannerId = upload.data.id;
  }
  const answer = await save({ ...values, bannerId });
  if (answer.ok) redirect(303, groupPath(answer.data.id));
  return refuse(answer, answer.errors);
};
