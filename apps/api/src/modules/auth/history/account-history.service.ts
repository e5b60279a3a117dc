import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { HISTORY_KINDS, type HistoryKind, type HistoryPage } from '@echomate/contracts/history.dto';
import type { PageQuery } from '@echomate/contracts/paging.dto';
import { v7 as uuid } from 'uuid';
import { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.service.js';
import { isReferenceToDeleted } from '../../../platform/database/dialect.js';
import type { Transaction } from '../../../platform/database/statements.js';
import { readCookie } from '../../../platform/http/cookies.js';
import { afterId, pageOf } from '../../../platform/http/paging.js';
import { currentAddress, currentResponse } from '../../../platform/http/request-context.js';
import type { RequestViewer } from '../../../platform/http/viewer.js';
import { DAY_MS } from '../../../platform/periods.js';
import { AuthMailer } from '../auth.mailer.js';
import { deviceName } from '../device-name.js';
import { DEVICE_COOKIE, Devices } from '../devices.js';
import { coarseNetwork } from './coarse-network.js';
import { HistoryRepository } from './history.repository.js';

const KEPT_DAYS = 365;
/** Whoever knows the password could fill a mailbox otherwise. */
const MAILS_A_DAY = 10;

const KINDS: ReadonlySet<string> = new Set(HISTORY_KINDS);
const LOGINS: HistoryKind[] = ['login', 'login-new-device'];
/** Done by an admin, whose device is nobody else's business. */
const BY_OTHERS: ReadonlySet<HistoryKind> = new Set<HistoryKind>([
  'role-changed',
  'second-factors-reset',
]);

/**
 * What happened to people's accounts, for each of them alone. Only what somebody did who had proven to be its owner, or
 * to hold a secret of it: nobody fills the history of another, and no answer takes longer because an address has an
 * account.
 */
@Injectable()
export class AccountHistory implements BeforeApplicationShutdown {
  private readonly logger = new Logger(AccountHistory.name);
  private readonly writing = new Set<Promise<void>>();

  constructor(
    private readonly repository: HistoryRepository,
    private readonly devices: Devices,
    private readonly mailer: AuthMailer,
    private readonly config: Config,
    private readonly database: Database,
  ) {}

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.writing);
  }

  async list(
    { userId }: Pick<RequestViewer, 'userId'>,
    { limit, cursor }: PageQuery,
  ): Promise<HistoryPage> {
    const rows = await this.repository.findPage(userId, afterId(cursor), limit + 1);
    return pageOf(rows, limit, (row) => row);
  }

  /** After the fact, of an event of the security log. Log-ins are kept with their session, see `loggedIn`. */
  keep(event: string, userId: string): void {
    const kind = event.slice(event.indexOf('.') + 1);
    if (!KINDS.has(kind) || kind === 'login') return;
    const work = this.database
      .transaction(async (transaction) => {
        await this.add(transaction, userId, kind as HistoryKind);
      })
      .catch((error: unknown) => {
        if (!isReferenceToDeleted(error))
          this.logger.error({ err: error, event }, 'An account history entry could not be saved');
      })
      .finally(() => this.writing.delete(work));
    this.writing.add(work);
  }

  /** In the transaction that starts the session. Mails the owner if this browser has never been in, but others have. */
  async loggedIn(transaction: Transaction, userId: string): Promise<void> {
    const isNew = !this.isKnown(userId) && (await this.hasLoggedIn(transaction, userId));
    const entry = await this.add(transaction, userId, isNew ? 'login-new-device' : 'login');
    if (!isNew) return;
    const today = await this.repository.count(transaction, {
      userId,
      kinds: ['login-new-device'],
      limit: MAILS_A_DAY + 1,
      since: new Date(Date.now() - DAY_MS).toISOString(),
    });
    if (today <= MAILS_A_DAY)
      await this.mailer.newDevice(transaction, { userId, device: entry.device, at: entry.at });
  }

  /** Returns how many entries were too old, at most `limit`. */
  forgetOld(transaction: Transaction, limit: number): Promise<number> {
    const day = new Date(Date.now() - KEPT_DAYS * DAY_MS).toISOString();
    return this.repository.deleteBefore(transaction, day, limit);
  }

  /** Removes the history of an account, in batches. */
  async removeAllOf(userId: string): Promise<void> {
    await this.database.inBatches((transaction, limit) =>
      this.repository.deleteOfUser(transaction, userId, limit),
    );
  }

  private async hasLoggedIn(transaction: Transaction, userId: string): Promise<boolean> {
    const since = new Date(0).toISOString();
    return (
      (await this.repository.count(transaction, { userId, kinds: LOGINS, since, limit: 1 })) > 0
    );
  }

  private isKnown(userId: string): boolean {
    const request = currentResponse()?.req;
    const cookie = request ? readCookie(request, this.config, DEVICE_COOKIE.name) : null;
    return this.devices.known(cookie, userId) !== null;
  }

  private async add(transaction: Transaction, userId: string, kind: HistoryKind) {
    const isOwn = !BY_OTHERS.has(kind);
    const entry = {
      id: uuid(),
      userId,
      kind,
      at: new Date().toISOString(),
      device: isOwn ? deviceName(currentResponse()?.req.headers['user-agent']) : null,
      network: isOwn ? coarseNetwork(currentAddress()) : null,
    };
    await this.repository.insert(transaction, entry);
    return entry;
  }
}
