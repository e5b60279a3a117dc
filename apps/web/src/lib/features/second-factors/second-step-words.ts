import type { SecondStepChoices } from '@echomate/contracts/second-factors.dto';
import * as m from '#lib/generated/messages.js';

/** How somebody is asked for the second step, by what they have. */
export const secondStepWords = ({ app, passkey, recoveryCode }: SecondStepChoices) => ({
  text: app
    ? m.second_step_text()
    : passkey
      ? m.second_step_passkey_text()
      : m.second_step_code_text(),
  code: app ? m.two_step_code() : m.second_step_recovery(),
  hint: app && recoveryCode ? m.second_step_hint() : undefined,
});
