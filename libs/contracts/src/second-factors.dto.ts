import { Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import {
  IfGiven,
  IsBase64Url,
  IsCode,
  IsCredential,
  IsListOfTransports,
  IsPasskeyName,
  IsSealed,
} from './fields.js';
import { saying } from './saying.js';

/** What a passkey answers to a question: the fields of WebAuthn's `AuthenticatorAssertionResponse`. */
export class PasskeyAnswer {
  /**
   * The id of the passkey
   * @example dGhlLWlkLW9mLWEtcGFzc2tleQ
   */
  @IsBase64Url(1400)
  id!: string;

  /** @example eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0 */
  @IsBase64Url(8000)
  clientDataJSON!: string;

  /** @example SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAQ */
  @IsBase64Url(8000)
  authenticatorData!: string;

  /** @example MEUCIQDs */
  @IsBase64Url(8000)
  signature!: string;

  /**
   * Whose the passkey says it is
   * @example AYkAAAAAcACAAAAAAAAAAA
   */
  @IfGiven()
  @IsBase64Url(200)
  userHandle?: string;
}

/** Before anything dangerous: the password, or the answer of a passkey to `POST /auth/proof/challenge`. */
export class FreshProof {
  /** @example "seven green bicycles" */
  @IfGiven()
  @IsCredential()
  password?: string;

  /**
   * What a passkey answered
   * @example { "id": "dGhlLWlk", "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0", "authenticatorData": "SZYN5YgOjGh0NBcPZHZgW4", "signature": "MEUCIQDs" }
   */
  @IfGiven()
  @ValidateNested(saying('invalid-passkey'))
  @Type(() => PasskeyAnswer)
  passkey?: PasskeyAnswer;
}

/** Whether and how the viewer's log-in takes a second step. */
export class TwoStepState {
  isOn!: boolean;
  /** Whether there is an app that makes codes */
  hasApp!: boolean;
  /** When it was turned on */
  since!: string | null;
  recoveryCodesLeft!: number;
  passkeyCount!: number;
}

/** For an app that makes codes; nothing is on before its first code is given. */
export class AppSetup {
  /** To be given back with the first code */
  setup!: string;
  /**
   * For people who can't scan
   * @example JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP
   */
  secret!: string;
  /** What the QR code holds */
  uri!: string;
}

export class ConfirmAppRequest {
  /**
   * From the answer that began it
   * @example c2VhbGVk
   */
  @IsSealed()
  setup!: string;

  /** @example "123456" */
  @IsCode()
  code!: string;
}

/** Shown once: each logs in once instead of a code. */
export class RecoveryCodes {
  /** @example ["7kq2m-x9fhd"] */
  codes!: string[];
}

/** The codes, if there are new ones. */
export class TwoStepOn {
  codes!: string[] | null;
}

/** What a log-in that waits for a second step can go on with. */
export class SecondStepChoices {
  app!: boolean;
  passkey!: boolean;
  recoveryCode!: boolean;
}

/** One of the two. */
export class SecondStepRequest {
  /**
   * Of the app, or a recovery code
   * @example "123456"
   */
  @IfGiven()
  @IsCode()
  code?: string;

  /**
   * What a passkey answered
   * @example { "id": "dGhlLWlk", "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0", "authenticatorData": "SZYN5YgOjGh0NBcPZHZgW4", "signature": "MEUCIQDs" }
   */
  @IfGiven()
  @ValidateNested(saying('invalid-passkey'))
  @Type(() => PasskeyAnswer)
  passkey?: PasskeyAnswer;
}

export class Passkey {
  id!: string;
  /** @example "My phone" */
  name!: string;
  createdAt!: string;
  lastUsedAt!: string | null;
}

export class RenamePasskeyRequest {
  /** @example "My old phone" */
  @IsPasskeyName()
  name!: string;
}

export class Passkeys {
  items!: Passkey[];
}

/** Names a passkey to a browser. */
export class PasskeyDescriptor {
  id!: string;
  type!: 'public-key';
  transports!: string[];
}

/** WebAuthn's `PublicKeyCredentialRequestOptionsJSON` */
export class PasskeyQuestion {
  challenge!: string;
  timeout!: number;
  rpId!: string;
  /** None: whichever passkey for this site somebody chooses */
  allowCredentials!: PasskeyDescriptor[];
  userVerification!: 'required' | 'preferred';
}

export class PasskeySite {
  id!: string;
  name!: string;
}

export class PasskeyOwner {
  id!: string;
  name!: string;
  displayName!: string;
}

export class PasskeyAlgorithm {
  alg!: number;
  type!: 'public-key';
}

export class PasskeySelection {
  residentKey!: 'required';
  requireResidentKey!: boolean;
  userVerification!: 'required';
}

/** WebAuthn's `PublicKeyCredentialCreationOptionsJSON` */
export class PasskeyOffer {
  challenge!: string;
  timeout!: number;
  rp!: PasskeySite;
  user!: PasskeyOwner;
  pubKeyCredParams!: PasskeyAlgorithm[];
  excludeCredentials!: PasskeyDescriptor[];
  authenticatorSelection!: PasskeySelection;
  attestation!: 'none';
}

/** A new passkey: the fields of WebAuthn's `AuthenticatorAttestationResponse`. */
export class AddPasskeyRequest {
  /** @example "My phone" */
  @IsPasskeyName()
  name!: string;

  /** @example dGhlLWlkLW9mLWEtcGFzc2tleQ */
  @IsBase64Url(1400)
  id!: string;

  /** @example eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIn0 */
  @IsBase64Url(8000)
  clientDataJSON!: string;

  /** @example o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVi */
  @IsBase64Url(16_000)
  attestationObject!: string;

  /**
   * How browsers reach it
   * @example ["internal"]
   */
  @IsListOfTransports()
  transports?: string[];
}
