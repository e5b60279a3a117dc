import { backgroundApi } from '#lib/browser-api.ts';
import { addPushDevice, removePushDevice } from './notifications-api.ts';

/** How this browser stands to pushes. */
export type PushHere = 'impossible' | 'blocked' | 'off' | 'on';

const registration = () => navigator.serviceWorker?.getRegistration();

const isPossible = () =>
  'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

/** `isKnown`: the server has it, too. */
export const pushHere = async (isKnown: boolean): Promise<PushHere> => {
  if (!isPossible()) return 'impossible';
  if (Notification.permission === 'denied') return 'blocked';
  const worker = await registration();
  if (!worker) return 'impossible';
  return isKnown && (await worker.pushManager.getSubscription()) ? 'on' : 'off';
};

/** Asks for permission, so only after a click. */
export const turnOnPush = async (publicKey: string): Promise<PushHere | 'failed'> => {
  const permission = await Notification.requestPermission();
  if (permission !== 'granted') return permission === 'denied' ? 'blocked' : 'off';
  const worker = await registration();
  if (!worker) return 'impossible';
  try {
    // One for other keys, or that the server has refused, would never work again.
    await (await worker.pushManager.getSubscription())?.unsubscribe();
    const subscription = await worker.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: publicKey,
    });
    const { endpoint = '', keys = {} } = subscription.toJSON();
    const { p256dh = '', auth = '' } = keys;
    const answer = await addPushDevice(backgroundApi, { endpoint, keys: { p256dh, auth } });
    return answer.ok ? 'on' : 'failed';
  } catch {
    return 'failed';
  }
};

export const turnOffPush = async (deviceId: string | undefined): Promise<PushHere | 'failed'> => {
  const worker = await registration();
  await (await worker?.pushManager.getSubscription())?.unsubscribe();
  if (!deviceId) return 'off';
  const answer = await removePushDevice(backgroundApi, deviceId);
  return answer.ok || answer.status === 404 ? 'off' : 'failed';
};
