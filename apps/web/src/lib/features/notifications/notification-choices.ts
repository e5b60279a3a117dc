import type {
  NotificationChannel,
  NotificationChoice,
  NotificationTopic,
} from '@echomate/contracts/notifications.dto';

/** The name of a switch in the form. */
export const switchName = (topic: NotificationTopic, channel: NotificationChannel) =>
  `${topic} ${channel}`;

const keyOf = ({ topic, channel }: NotificationChoice) => switchName(topic, channel);

/** The switches that are on. What is off in the app comes by no other channel, so it shows as off there, too. */
export const switchesOn = (choices: NotificationChoice[]): Set<string> => {
  const silent = new Set<NotificationTopic>(
    choices.filter(({ channel, isOn }) => channel === 'app' && !isOn).map(({ topic }) => topic),
  );
  return new Set(choices.filter(({ topic, isOn }) => isOn && !silent.has(topic)).map(keyOf));
};

/**
 * What to save so that the form is as it was sent, or only one switch of it. Whoever turns on a push or email wants to
 * hear of it in the app, too; whoever turns off the app keeps the others for later.
 */
export const changedChoices = (
  choices: NotificationChoice[],
  wanted: Set<string>,
  only?: string,
): NotificationChoice[] => {
  const shown = switchesOn(choices);
  const isMeant = (choice: NotificationChoice) => !only || keyOf(choice) === only;
  const turnedOn = new Set(
    choices
      .filter((choice) => wanted.has(keyOf(choice)) && !shown.has(keyOf(choice)) && isMeant(choice))
      .map(({ topic }) => topic),
  );
  const isInApp = (topic: NotificationTopic) =>
    topic === 'message' || turnedOn.has(topic) || wanted.has(switchName(topic, 'app'));
  return choices.flatMap((choice) => {
    const { topic, channel } = choice;
    const isOn = channel === 'app' ? isInApp(topic) : wanted.has(keyOf(choice));
    const follows = channel === 'app' && turnedOn.has(topic);
    const isAsked = follows || (isMeant(choice) && (channel === 'app' || isInApp(topic)));
    return isAsked && isOn !== choice.isOn ? [{ ...choice, isOn }] : [];
  });
};
