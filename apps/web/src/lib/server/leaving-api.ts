import type {
  DeactivateRequest,
  DeleteAccountRequest,
  ExportRequest,
} from '@echomate/contracts/leaving.dto';
import type { Api } from './api.ts';

export const deactivateAccount = (api: Api, body: DeactivateRequest) =>
  api.post('/users/me/deactivation', { body });

export const listRunGroups = (api: Api) => api.get('/users/me/deletion/groups');

export const deleteAccount = (api: Api, body: DeleteAccountRequest) =>
  api.post('/users/me/deletion', { body });

export const readExport = (api: Api) => api.get('/users/me/export');

export const startExport = (api: Api, body: ExportRequest) =>
  api.post('/users/me/export', { body });
