import type {
  AddPasskeyRequest,
  PasskeyAnswer,
  PasskeyDescriptor,
  PasskeyOffer,
  PasskeyQuestion,
} from '@echomate/contracts/second-factors.dto';

/** Loaded when a passkey is used: most people log in with a password. */
const library = () => import('@simplewebauthn/browser');

/** Browsers pass over ways to reach a passkey that they don't know. */
const forBrowser = (list: PasskeyDescriptor[]) =>
  list.map((one) => ({ ...one, transports: one.transports as never[] }));

export const canUsePasskeys = () => typeof PublicKeyCredential === 'function';

/** Whether the browser offers passkeys where the email is typed. */
export const canOfferPasskeys = async () =>
  canUsePasskeys() && ((await PublicKeyCredential.isConditionalMediationAvailable?.()) ?? false);

/** Null if whoever was asked changed their mind, or has none, or if what asks could not be loaded. */
export const askPasskey = async (
  question: PasskeyQuestion,
  asSuggestion = false,
): Promise<PasskeyAnswer | null> => {
  const { allowCredentials } = question;
  try {
    const { startAuthentication } = await library();
    const { id, response } = await startAuthentication({
      optionsJSON: { ...question, allowCredentials: forBrowser(allowCredentials) },
      useBrowserAutofill: asSuggestion,
    });
    const { clientDataJSON, authenticatorData, signature, userHandle } = response;
    return { id, clientDataJSON, authenticatorData, signature, ...(userHandle && { userHandle }) };
  } catch {
    return null;
  }
};

/** Takes back what the browser was asked. */
export const stopAsking = async () => (await library()).WebAuthnAbortService.cancelCeremony();

/** Null if whoever was asked changed their mind, or if what asks could not be loaded. */
export const makePasskey = async (
  offer: PasskeyOffer,
  name: string,
): Promise<AddPasskeyRequest | null> => {
  const { excludeCredentials } = offer;
  try {
    const { startRegistration } = await library();
    const { id, response } = await startRegistration({
      optionsJSON: { ...offer, excludeCredentials: forBrowser(excludeCredentials) },
    });
    const { clientDataJSON, attestationObject, transports = [] } = response;
    return { name, id, clientDataJSON, attestationObject, transports };
  } catch {
    return null;
  }
};
