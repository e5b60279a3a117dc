import { Injectable, type OnModuleInit } from '@nestjs/common';
import type {
  AccountLeaving,
  DeactivateRequest,
  DeleteAccountRequest,
  RunGroups,
} from '@echomate/contracts/leaving.dto';
import { LIMITS } from '@echomate/contracts/limits';
import { Database } from '../../platform/database/database.service.js';
import { locks } from '../../platform/database/locks.js';
import type { Transaction } from '../../platform/database/statements.js';
import { refuse } from '../../platform/http/problem.js';
import type { RequestViewer } from '../../platform/http/viewer.js';
import { Jobs, type JobRun } from '../../platform/jobs/jobs.service.js';
import type { Mail } from '../../platform/mail/mail.js';
import { Mailer } from '../../platform/mail/mailer.js';
import { endOf } from '../../platform/periods.js';
import { Credentials } from '../auth/credentials.service.js';
import { GroupsService } from '../groups/groups.service.js';
import { MembershipsService } from '../groups/memberships.service.js';
import { AccountRemovalService } from '../users/account-removal.service.js';
import { AccountStatesService, LEAVING } from '../users/account-states.service.js';
import { RolesService } from '../users/roles.service.js';
import { UsersService } from '../users/users.service.js';
import * as mails from './leaving.mails.js';

const BEGUN = 'leaving.mail-begun';
const NEAR = 'leaving.mail-near';
const END = 'leaving.end';

const DAY_MINUTES = 24 * 60;
const { leavingDays, remindedDays, maxGroups } = LIMITS.account;

/** One asking to be deleted: whoever keeps the account and asks again begins anew, and earlier jobs do nothing. */
interface Leaving {
  userId: string;
  since: string;
}

/** How people hide their account, or have it deleted. They come back by logging in. */
@Injectable()
export class LeavingService implements OnModuleInit {
  constructor(
    private readonly credentials: Credentials,
    private readonly accounts: AccountStatesService,
    private readonly roles: RolesService,
    private readonly removal: AccountRemovalService,
    private readonly users: UsersService,
    private readonly groups: GroupsService,
    private readonly members: MembershipsService,
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly mailer: Mailer,
  ) {}

  onModuleInit(): void {
    this.jobs.handle<Leaving>(BEGUN, (leaving, { id }) =>
      this.mail(id, leaving, mails.deletionBegun),
    );
    this.jobs.handle<Leaving>(NEAR, (leaving, { id }) =>
      this.mail(id, leaving, mails.deletionNear),
    );
    this.jobs.handle<Leaving & { closing: string[] }>(END, (leaving, run) =>
      this.end(leaving, leaving.closing, run),
    );
  }

  async deactivate(viewer: RequestViewer, { password }: DeactivateRequest): Promise<void> {
    const { credentialsVersion } = await this.credentials.prove(viewer, 'password', password);
    await this.database.transaction(async (transaction) => {
      await this.credentials.assertStillProven(transaction, viewer, 'password', credentialsVersion);
      await this.hide(transaction, viewer.userId, 'deactivated');
    });
    this.credentials.note('auth.account-deactivated', viewer.userId);
  }

  async runGroups({ userId }: RequestViewer): Promise<RunGroups> {
    return { items: await this.groups.runBy(userId, maxGroups) };
  }

  /** Hides the account at once. Groups are handed over now, as they need somebody, and closed at the end. */
  async delete(viewer: RequestViewer, request: DeleteAccountRequest): Promise<AccountLeaving> {
    const { userId } = viewer;
    const { credentialsVersion } = await this.credentials.prove(
      viewer,
      'password',
      request.password,
    );
    const since = new Date().toISOString();
    await this.database.transaction(async (transaction) => {
      const closing = await this.decide(transaction, userId, request.groups);
      await this.credentials.assertStillProven(transaction, viewer, 'password', credentialsVersion);
      await this.hide(transaction, userId, 'leaving', since);
      const leaving: Leaving = { userId, since };
      await this.jobs.enqueue(transaction, BEGUN, leaving);
      await this.jobs.enqueue(transaction, NEAR, leaving, {
        afterMinutes: (leavingDays - remindedDays) * DAY_MINUTES,
      });
      await this.jobs.enqueue(
        transaction,
        END,
        { ...leaving, closing },
        { afterMinutes: leavingDays * DAY_MINUTES },
      );
    });
    this.credentials.note('auth.account-leaving', userId);
    return { deletesAt: endOf(since, LEAVING) };
  }

  private async hide(
    transaction: Transaction,
    userId: string,
    reason: 'deactivated' | 'leaving',
    since?: string,
  ): Promise<void> {
    await locks.users(transaction, userId);
    await this.roles.assertMayGo(transaction, userId);
    await this.accounts.hide(transaction, userId, reason, since);
  }

  /** Hands groups over, and returns those to close. Every group that the person runs must have been decided about. */
  private async decide(
    transaction: Transaction,
    userId: string,
    decisions: DeleteAccountRequest['groups'],
  ): Promise<string[]> {
    const inOrder = [...decisions].sort((one, other) => (one.groupId < other.groupId ? -1 : 1));
    for (const { groupId } of inOrder) await locks.group(transaction, groupId);
    const run = await this.groups.runBy(userId, maxGroups, transaction);
    const decided = new Set(decisions.map(({ groupId }) => groupId));
    if (run.some(({ id }) => !decided.has(id))) throw refuse('groups-undecided');
    const runIds = new Set(run.map(({ id }) => id));
    const closing: string[] = [];
    for (const [index, { groupId, heirId }] of decisions.entries())
      if (heirId) {
        const field = `groups.${index}.heirId`;
        await this.members.handOverIn(transaction, userId, groupId, heirId, field);
      } else if (runIds.has(groupId)) closing.push(groupId);
    return closing.sort();
  }

  /** After this transaction there is no way back; until then, logging in has kept the account. */
  private end(leaving: Leaving, closing: string[], run: JobRun): Promise<void> {
    const { userId } = leaving;
    return run.commit(async (transaction) => {
      for (const groupId of closing) await locks.group(transaction, groupId);
      await locks.users(transaction, userId);
      if (!(await this.isStill(leaving, transaction))) return;
      for (const groupId of closing)
        if (await this.groups.isLedBy(transaction, groupId, userId))
          await this.groups.hide(transaction, userId, groupId);
      await this.removal.begin(transaction, userId);
    });
  }

  private async isStill({ userId, since }: Leaving, transaction?: Transaction): Promise<boolean> {
    return (await this.accounts.since(userId, 'leaving', transaction)) === since;
  }

  private async mail(
    mailId: string,
    leaving: Leaving,
    letter: (to: string, link: string, deletesAt: string) => Mail,
  ): Promise<void> {
    const user = await this.users.findCredentials(leaving.userId);
    if (!user || !(await this.isStill(leaving))) return;
    const login = this.mailer.link('/login');
    const mail = letter(user.email, login, endOf(leaving.since, LEAVING));
    await this.mailer.send(mailId, mail);
  }
}
