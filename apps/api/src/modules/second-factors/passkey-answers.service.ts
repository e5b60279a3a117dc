import { Injectable } from '@nestjs/common';
import type {
  AddPasskeyRequest,
  PasskeyAnswer,
  PasskeyDescriptor,
  PasskeyQuestion,
} from '@echomate/contracts/second-factors.dto';
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
import { parse, validate } from 'uuid';
import { Config } from '../../platform/config/config.js';
import type { Transaction } from '../../platform/database/statements.js';
import { refuse } from '../../platform/http/problem.js';
import { Credentials } from '../auth/credentials.service.js';
import { Challenges, VALID_MS, type Asked } from './challenges.js';
import type { StoredPasskey } from './entities/passkey.entity.js';
import { PasskeysRepository } from './passkeys.repository.js';

/** A right answer, to be used in the transaction that acts on it. */
export interface RightAnswer {
  userId: string;
  use: (transaction: Transaction) => Promise<void>;
}

/** Asks passkeys and judges what they answer. */
@Injectable()
export class PasskeyAnswersService {
  constructor(
    private readonly repository: PasskeysRepository,
    private readonly challenges: Challenges,
    private readonly credentials: Credentials,
    private readonly config: Config,
  ) {}

  get siteId(): string {
    return this.config.publicUrl.hostname;
  }

  question(asked: Asked, passkeys: StoredPasskey[] = []): PasskeyQuestion {
    return {
      challenge: this.challenges.ask(asked),
      timeout: VALID_MS,
      rpId: this.siteId,
      allowCredentials: passkeys.map(descriptorOf),
      // After a password it is enough to have the key; else whoever uses it shows that it is theirs.
      userVerification: asked.purpose === 'second-step' ? 'preferred' : 'required',
    };
  }

  /** `userId` is given where the account is known; else the passkey names it. */
  async judge(answer: PasskeyAnswer, asked: Asked, userId?: string): Promise<RightAnswer> {
    const passkey = await this.repository.findByCredential(answer.id);
    const isTheirs = passkey && (userId === undefined || passkey.userId === userId);
    if (!isTheirs || (answer.userHandle && answer.userHandle !== handleOf(passkey.userId)))
      throw this.refused(userId ?? null);
    let used: { challenge: string; until: string } | undefined;
    try {
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response: {
          id: answer.id,
          rawId: answer.id,
          type: 'public-key',
          response: answer,
          clientExtensionResults: {},
        },
        expectedChallenge: (challenge) => {
          const until = this.challenges.endOf(challenge, asked);
          if (until) used = { challenge, until };
          return until !== null;
        },
        expectedOrigin: this.config.publicUrl.origin,
        expectedRPID: this.siteId,
        requireUserVerification: asked.purpose !== 'second-step',
        credential: {
          id: passkey.credentialId,
          publicKey: Uint8Array.from(Buffer.from(passkey.publicKey, 'base64url')),
          counter: Number(passkey.counter),
        },
      });
      if (!verified || !used) throw this.refused(passkey.userId);
      const { challenge, until } = used;
      const { newCounter } = authenticationInfo;
      return {
        userId: passkey.userId,
        use: async (transaction) => {
          const now = new Date().toISOString();
          if (
            !(await this.repository.useChallenge(transaction, challenge, until)) ||
            !(await this.repository.use(transaction, passkey.id, newCounter, now))
          )
            throw this.refused(passkey.userId);
        },
      };
    } catch {
      // Whatever the library finds wrong is the sender's doing.
      throw this.refused(passkey.userId);
    }
  }

  /** A new passkey, with the challenge that it answers still to be used. */
  async judgeNew(answer: AddPasskeyRequest, asked: Asked) {
    let used: { challenge: string; until: string } | undefined;
    const { id, clientDataJSON, attestationObject, transports = [] } = answer;
    try {
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        response: {
          id,
          rawId: id,
          type: 'public-key',
          response: { clientDataJSON, attestationObject },
          clientExtensionResults: {},
        },
        expectedChallenge: (challenge) => {
          const until = this.challenges.endOf(challenge, asked);
          if (until) used = { challenge, until };
          return until !== null;
        },
        expectedOrigin: this.config.publicUrl.origin,
        expectedRPID: this.siteId,
        requireUserVerification: true,
      });
      if (!verified || !used) throw refuse('passkey-refused');
      const { challenge, until } = used;
      const { credential } = registrationInfo;
      return {
        credentialId: credential.id,
        publicKey: Buffer.from(credential.publicKey).toString('base64url'),
        counter: credential.counter,
        transports: transports.join(','),
        use: async (transaction: Transaction) => {
          if (!(await this.repository.useChallenge(transaction, challenge, until)))
            throw refuse('passkey-refused');
        },
      };
    } catch {
      throw refuse('passkey-refused');
    }
  }

  private refused(userId: string | null) {
    this.credentials.note('auth.passkey-refused', userId);
    return refuse('passkey-refused');
  }
}

/** How a passkey names its owner: the bytes of the id, which say nothing to others. */
export const handleOf = (userId: string): string =>
  validate(userId) ? Buffer.from(parse(userId)).toString('base64url') : '';

export const descriptorOf = ({ credentialId, transports }: StoredPasskey): PasskeyDescriptor => ({
  id: credentialId,
  type: 'public-key',
  transports: transports ? transports.split(',') : [],
});
