import type { ActionResult } from '$app/forms';
import { resolve } from '$app/paths';

/** Shows the dialog in which one logs in again; resolves to whether the same person is signed in now. */
type Ask = () => Promise<boolean>;

let ask: Ask | undefined;
let asked: Promise<boolean> | undefined;

/** Called by the frame of an open page, in the browser. */
export const whenSignedOut = (dialog: Ask) => {
  ask = dialog;
  return () => (ask = undefined);
};

let returns: (() => void)[] = [];

/** Somebody was signed out and has logged in again on the same page. */
export const whenSignedInAgain = (returned: () => void) => {
  returns.push(returned);
  return () => (returns = returns.filter((one) => one !== returned));
};

/** What the action of a form answers then: it leads back here after the log-in. */
export const isSignedOut = (result: ActionResult) =>
  result.type === 'redirect' && result.location.startsWith(`${resolve('/(public)/login')}?next=`);

/** The session has ended since the page was opened. Several requests that find out together ask once. */
export const logInAgain = (): Promise<boolean> => {
  asked ??= askOnce().finally(() => (asked = undefined));
  return asked;
};

const askOnce = async () => {
  const isSignedIn = (await ask?.()) ?? false;
  if (isSignedIn) for (const returned of returns) returned();
  return isSignedIn;
};
