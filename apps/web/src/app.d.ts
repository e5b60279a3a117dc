import type { CurrentSession } from '@echomate/contracts/auth.dto';
import type { Api } from '#lib/server/api.ts';
import type { Theme } from '#lib/theme.ts';

declare global {
  namespace App {
    interface Locals {
      api: Api;
      session: CurrentSession | null;
      /** False when the api could not say who is signed in. */
      apiReachable: boolean;
      theme: Theme;
    }
  }
}

export {};
