import type { LoggedIn } from '@echomate/contracts/auth.dto';
import { FLASH } from '#lib/flash.ts';

/** A new page: what this one has kept is of somebody who was not logged in. */
export function goOn({ isBack }: LoggedIn, next: string): void {
  if (isBack) document.cookie = `${FLASH}=back; path=/; max-age=60; samesite=lax`;
  location.assign(isBack ? '/' : next);
}
