import process from 'node:process';

/** Read on use, not on import: the build imports this module too. */
export const environment = {
  get apiOrigin() {
    return process.env.API_ORIGIN ?? 'http://127.0.0.1:4000';
  },
  get proxySecret() {
    return process.env.PROXY_SECRET ?? '';
  },
};
