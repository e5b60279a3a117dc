import type {
  ChangeEmailRequest,
  ChangePasswordRequest,
  CurrentSession,
  EmailReturned,
  EmailVerified,
  ForgotPasswordRequest,
  LoginRequest,
  MailSent,
  ResetPasswordRequest,
  ReturnEmailRequest,
  SessionPage,
  VerifyEmailRequest,
} from '@echomate/contracts/auth.dto';
import type { MailboxPage } from '@echomate/contracts/mailbox.dto';
import type { Api } from './api.ts';

export const register = (api: Api, form: FormData) => api.post<MailSent>('/auth/register', form);

export const verifyEmail = (api: Api, body: VerifyEmailRequest) =>
  api.post<EmailVerified>('/auth/email/verify', body);

export const returnEmail = (api: Api, body: ReturnEmailRequest) =>
  api.post<EmailReturned>('/auth/email/return', body);

export const logIn = (api: Api, body: LoginRequest) =>
  api.post<CurrentSession>('/auth/login', body);

export const logOut = (api: Api) => api.post<undefined>('/auth/logout');

export const readCurrentSession = (api: Api) => api.get<CurrentSession>('/auth/session');

export const listSessions = (api: Api, cursor?: string) =>
  api.get<SessionPage>('/auth/sessions', { cursor });

export const endSession = (api: Api, id: string) =>
  api.delete<undefined>(`/auth/sessions/${encodeURIComponent(id)}`);

export const endOtherSessions = (api: Api) => api.delete<undefined>('/auth/sessions');

export const changePassword = (api: Api, body: ChangePasswordRequest) =>
  api.put<undefined>('/auth/password', body);

export const forgetPassword = (api: Api, body: ForgotPasswordRequest) =>
  api.post<MailSent>('/auth/password/forgot', body);

export const resetPassword = (api: Api, body: ResetPasswordRequest) =>
  api.post<undefined>('/auth/password/reset', body);

export const changeEmail = (api: Api, body: ChangeEmailRequest) =>
  api.post<MailSent>('/auth/email', body);

export const readMailbox = (api: Api, query: { limit?: number; cursor?: string } = {}) =>
  api.get<MailboxPage>('/dev/mailbox', query);

/** The development mailbox is there exactly when no real mail is sent. */
export const hasMailbox = async (api: Api) => (await readMailbox(api, { limit: 1 })).ok;
