import type { FaultCode } from '@echomate/contracts/refusals';

/** One entry of a problem's `errors`; the API document says what else it holds. */
export const faultAt = (field: string, code?: FaultCode) =>
  expect.objectContaining({
    field,
    code: code ?? expect.not.stringMatching(/^unknown-field$/),
    message: expect.stringMatching(/\w/),
  });
