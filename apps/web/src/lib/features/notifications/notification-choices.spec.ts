import type { NotificationChoice } from '@echomate/contracts/notifications.dto';
import { changedChoices, switchesOn } from './notification-choices.ts';

const like = (app: boolean, push: boolean, email: boolean): NotificationChoice[] => [
  { topic: 'like', channel: 'app', isOn: app },
  { topic: 'like', channel: 'push', isOn: push },
  { topic: 'like', channel: 'email', isOn: email },
  { topic: 'message', channel: 'push', isOn: true },
];
const ALL = ['like app', 'like push', 'like email', 'message push'];
const changed = (choices: NotificationChoice[], wanted: string[], only?: string) =>
  changedChoices(choices, new Set(wanted), only).map(
    ({ topic, channel, isOn }) => `${topic} ${channel} ${isOn ? 'on' : 'off'}`,
  );

describe('the switches of notifications', () => {
  it('are off in every channel where the app is', () => {
    expect([...switchesOn(like(true, true, false))]).toEqual([
      ...['like app', 'like push', 'message push'],
    ]);
    expect([...switchesOn(like(false, true, true))]).toEqual(['message push']);
  });

  it('save what was changed, and nothing else', () => {
    expect(changed(like(true, true, true), ALL)).toEqual([]);
    expect(changed(like(true, true, true), ['like app', 'like email'])).toEqual([
      ...['like push off', 'message push off'],
    ]);
  });

  it('turn the app on with any other channel, and keep the others for later', () => {
    expect(changed(like(false, false, true), ['like push', 'message push'])).toEqual([
      ...['like app on', 'like push on', 'like email off'],
    ]);
    expect(changed(like(true, true, true), ['like push', 'like email', 'message push'])).toEqual([
      'like app off',
    ]);
  });

  it('save only the one that was pressed, whatever another tab did meanwhile', () => {
    expect(changed(like(true, true, true), ['like app'], 'like push')).toEqual(['like push off']);
    expect(changed(like(false, false, false), ['like push'], 'like push')).toEqual([
      ...['like app on', 'like push on'],
    ]);
    expect(changed(like(true, true, true), [], 'message push')).toEqual(['message push off']);
  });
});
