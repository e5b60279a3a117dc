import bowser from 'bowser';

/** The name of a device in the list of sessions. */
export function deviceName(userAgent: string | undefined): string {
  if (!userAgent) return 'Unknown device';
  const { browser, os } = bowser.parse(userAgent.slice(0, 512));
  if (browser.name && os.name) return `${browser.name} on ${os.name}`.slice(0, 100);
  return (browser.name || userAgent.split(/[\s/]/, 1)[0]!).slice(0, 60) || 'Unknown device';
}
