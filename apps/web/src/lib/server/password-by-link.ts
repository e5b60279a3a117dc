import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { ResetPasswordRequest } from '@echomate/contracts/auth.dto';
import type { ApiResult } from '../api-answer.ts';
import type { Api } from './api.ts';
import { setFlash, type FlashNotice } from './flash.ts';
import { isDeadLink, refuse, textOf } from './forms.ts';

/** The action of a page that a mailed link opens, on which a new password is chosen. */
export const passwordByLink =
  (
    send: (api: Api, body: ResetPasswordRequest) => Promise<ApiResult<unknown>>,
    notice: FlashNotice,
  ) =>
  async (event: RequestEvent) => {
    const form = await event.request.formData();
    const answer = await send(event.locals.api, {
      token: textOf(form, 'token'),
      newPassword: textOf(form, 'newPassword'),
    });
    if (!answer.ok) {
      return isDeadLink(answer)
        ? fail(answer.status, { dead: true as const })
        : refuse(answer, {}, ['newPassword']);
    }
    setFlash(event, notice);
    redirect(303, '/login');
  };
