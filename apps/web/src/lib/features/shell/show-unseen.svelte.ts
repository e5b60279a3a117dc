import { afterNavigate } from '$app/navigation';

const COUNTED = /^\(\d+\+?\) /;
const HIGHEST = 99;

const showInTitle = (count: number) => {
  const title = document.title.replace(COUNTED, '');
  document.title = count > 0 ? `(${count > HIGHEST ? `${HIGHEST}+` : count}) ${title}` : title;
};

/** Where the page is installed as an app. Browsers without it, or that refuse, have the title. */
const showOnIcon = (count: number) => {
  const done = count > 0 ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.();
  done?.catch(() => undefined);
};

/** What is new, before the title of the page and on the icon of the app. */
export const showUnseen = (count: () => number) => {
  $effect(() => showInTitle(count()));
  $effect(() => showOnIcon(count()));
  afterNavigate(() => showInTitle(count()));
};
