import { page } from '$app/state';
import * as m from '#lib/generated/messages.js';

/** What this site is called; where that could not be read, what the program is called. */
export const siteName = () => page.data.brand?.name ?? m.brand_name();
