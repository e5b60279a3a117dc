import { Injectable } from '@nestjs/common';
import type { FreshProof, PasskeyQuestion } from '@echomate/contracts/second-factors.dto';
import type { Transaction } from '../../platform/database/statements.js';
import { invalidField, refuse } from '../../platform/http/problem.js';
import type { RequestViewer } from '../../platform/http/viewer.js';
import { Credentials } from '../auth/credentials.service.js';
import { UsersService } from '../users/users.service.js';
import { PasskeyAnswersService } from './passkey-answers.service.js';
import { PasskeysRepository } from './passkeys.repository.js';

export interface Proven {
  email: string;
  credentialsVersion: number;
  /** Checks in the transaction that acts that it still holds. The person is locked from then on. */
  confirm: (transaction: Transaction) => Promise<void>;
}

/** Before anything dangerous, somebody signed in shows again who they are: by their password, or by a passkey. */
@Injectable()
export class FreshProofService {
  constructor(
    private readonly credentials: Credentials,
    private readonly users: UsersService,
    private readonly answers: PasskeyAnswersService,
    private readonly passkeys: PasskeysRepository,
  ) {}

  async question(viewer: RequestViewer): Promise<PasskeyQuestion> {
    const passkeys = await this.passkeys.findOf(viewer.userId);
    if (!passkeys.length) throw refuse('no-passkeys');
    return this.answers.question(askedOf(viewer), passkeys);
  }

  async prove(viewer: RequestViewer, { password, passkey }: FreshProof): Promise<Proven> {
    if (passkey) {
      const answer = await this.answers.judge(passkey, askedOf(viewer), viewer.userId);
      const user = await this.users.findCredentials(viewer.userId);
      if (!user) throw refuse('not-signed-in');
      return this.proven(viewer, user, answer.use);
    }
    if (password === undefined) throw invalidField('password', 'required');
    return this.proven(viewer, await this.credentials.prove(viewer, 'password', password));
  }

  private proven(
    viewer: RequestViewer,
    { email, credentialsVersion }: { email: string; credentialsVersion: number },
    use?: (transaction: Transaction) => Promise<void>,
  ): Proven {
    const confirm = async (transaction: Transaction) => {
      await this.credentials.assertStillProven(transaction, viewer, 'password', credentialsVersion);
      await use?.(transaction);
    };
    return { email, credentialsVersion, confirm };
  }
}

const askedOf = ({ sessionId }: RequestViewer) => ({ purpose: 'proof', of: sessionId }) as const;
