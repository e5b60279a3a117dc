import type {
  ChangeEmailRequest,
  ChangePasswordRequest,
  CorrectEmailRequest,
  ForgotPasswordRequest,
  LoginRequest,
  ResetPasswordRequest,
  ReturnEmailRequest,
  VerifyEmailRequest,
} from '@echomate/contracts/auth.dto';
import type { CreateTokenRequest } from '@echomate/contracts/programs.dto';
import type { Api } from './api.ts';

export const register = (api: Api, form: FormData) => api.post('/auth/register', { body: form });

export const readInvitation = (api: Api, token: string) => api.get('/auth/invitation', { token });

export const resendConfirmation = (api: Api) => api.post('/auth/register/resend');

export const correctEmail = (api: Api, body: CorrectEmailRequest) =>
  api.put('/auth/register/email', { body });

export const verifyEmail = (api: Api, body: VerifyEmailRequest) =>
  api.post('/auth/email/verify', { body });

export const returnEmail = (api: Api, body: ReturnEmailRequest) =>
  api.post('/auth/email/return', { body });

export const logIn = (api: Api, body: LoginRequest) => api.post('/auth/login', { body });

export const readLeaving = (api: Api) => api.get('/auth/leaving');

export const keepAccount = (api: Api) => api.post('/auth/leaving/keep');

export const logOut = (api: Api) => api.post('/auth/logout');

export const listSessions = (api: Api, cursor?: string) => api.get('/auth/sessions', { cursor });

export const endSession = (api: Api, id: string) => api.delete('/auth/sessions/{id}', { id });

export const endOtherSessions = (api: Api) => api.delete('/auth/sessions');

export const listHistory = (api: Api, cursor?: string) => api.get('/auth/history', { cursor });

export const listPrograms = (api: Api, cursor?: string) => api.get('/auth/tokens', { cursor });

export const createToken = (api: Api, body: CreateTokenRequest) =>
  api.post('/auth/tokens', { body });

export const endProgram = (api: Api, id: string) => api.delete('/auth/tokens/{id}', { id });

export const changePassword = (api: Api, body: ChangePasswordRequest) =>
  api.put('/auth/password', { body });

export const forgetPassword = (api: Api, body: ForgotPasswordRequest) =>
  api.post('/auth/password/forgot', { body });

export const resetPassword = (api: Api, body: ResetPasswordRequest) =>
  api.post('/auth/password/reset', { body });

export const changeEmail = (api: Api, body: ChangeEmailRequest) =>
  api.post('/auth/email', { body });

export const readMailbox = (api: Api) => api.get('/dev/mailbox');

/** The development mailbox exists if and only if no real mail is sent. */
export const hasMailbox = async (api: Api) => (await readMailbox(api)).ok;
