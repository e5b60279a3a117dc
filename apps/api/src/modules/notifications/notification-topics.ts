import {
  NOTIFICATION_CHANNELS,
  NOTIFICATION_TOPICS,
  type NotificationChannel,
  type NotificationTopic,
} from '@echomate/contracts/notifications.dto';

/** Those that come by push and email unless somebody chooses otherwise: what one is asked or told personally. */
const PERSONAL_KINDS: NotificationTopic[] = [
  'follow-request',
  'group-invitation',
  'group-request',
  'event-changed',
  'event-cancelled',
  'event-reminder',
  'comment',
  'reply',
  'mention',
  'report-decided',
  'moderated',
];

/** Messages have their own list, so there is only the push to choose. */
export const canChoose = (topic: NotificationTopic, channel: NotificationChannel): boolean =>
  topic !== 'message' || channel === 'push';

export const isOnByDefault = (topic: NotificationTopic, channel: NotificationChannel): boolean =>
  channel === 'app' || topic === 'message' || PERSONAL_KINDS.includes(topic);

export const ALL_CHOICES = NOTIFICATION_TOPICS.flatMap((topic) =>
  NOTIFICATION_CHANNELS.filter((channel) => canChoose(topic, channel)).map((channel) => ({
    topic,
    channel,
    isOn: isOnByDefault(topic, channel),
  })),
);
