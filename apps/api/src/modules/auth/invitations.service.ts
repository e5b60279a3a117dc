import { Injectable } from '@nestjs/common';
import type {
  CreateInvitationRequest,
  Invitation,
  InvitationOffer,
  InvitationPage,
  NewInvitation,
} from '@echomate/contracts/admin.dto';
import type { PageQuery } from '@echomate/contracts/paging.dto';
import type { UserCard } from '@echomate/contracts/users.dto';
import { v7 as uuid } from 'uuid';
import { Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/database.service.js';
import type { Transaction } from '../../platform/database/statements.js';
import { afterId, pageOf } from '../../platform/http/paging.js';
import { notFound, refuse } from '../../platform/http/problem.js';
import { hashOf, newSecret } from '../../platform/secrets/secrets.js';
import { DAY_MS } from '../../platform/periods.js';
import { UsersService } from '../users/users.service.js';
import { InvitationsRepository, type InvitationRow } from './invitations.repository.js';
import { SecurityLog } from './security-log.js';

const PEOPLE_SHOWN = 10;

const stateOf = (row: InvitationRow, now: string): Invitation['state'] => {
  if (row.revokedAt) return 'revoked';
  if (row.uses >= row.maxUses) return 'spent';
  return row.endsAt <= now ? 'ended' : 'open';
};

/** Links that let people in. A use counts when an account opens, so nobody can use one up without addresses. */
@Injectable()
export class InvitationsService {
  constructor(
    private readonly repository: InvitationsRepository,
    private readonly users: UsersService,
    private readonly log: SecurityLog,
    private readonly database: Database,
    private readonly config: Config,
  ) {}

  async create(
    makerId: string,
    { note = null, maxUses, days }: CreateInvitationRequest,
  ): Promise<NewInvitation> {
    const token = newSecret(24);
    const now = Date.now();
    const row: InvitationRow = {
      id: uuid(),
      makerId,
      note,
      maxUses,
      uses: 0,
      revokedAt: null,
      createdAt: new Date(now).toISOString(),
      endsAt: new Date(now + days * DAY_MS).toISOString(),
    };
    await this.database.transaction(async (transaction) => {
      await this.users.assertMay(transaction, makerId, 'registrations.decide');
      await this.repository.insert(transaction, { ...row, tokenHash: hashOf(token) });
    });
    this.log.note('auth.invitation-made', makerId, { invitation: row.id });
    const [shown] = await this.shown(makerId, [row]);
    const url = new URL(`/register?invitation=${token}`, this.config.publicUrl).href;
    return { ...shown!, token, url };
  }

  async list(viewerId: string, { limit, cursor }: PageQuery): Promise<InvitationPage> {
    const rows = await this.repository.findPage(afterId(cursor), limit + 1);
    const shown = new Map((await this.shown(viewerId, rows)).map((one) => [one.id, one]));
    return pageOf(rows, limit, ({ id }) => shown.get(id));
  }

  async revoke(viewerId: string, id: string): Promise<void> {
    await this.database.transaction(async (transaction) => {
      await this.users.assertMay(transaction, viewerId, 'registrations.decide');
      if (!(await this.repository.revoke(transaction, id, new Date().toISOString())))
        throw notFound();
    });
    this.log.note('auth.invitation-revoked', viewerId, { invitation: id });
  }

  /** Refuses, saying why, one that lets nobody in. One that was revoked looks like one that never was. */
  async offer(token: string): Promise<InvitationOffer & { id: string }> {
    const row = await this.repository.findByToken(hashOf(token));
    if (!row) throw refuse('invitation-unknown');
    this.assertOpen(row);
    return { id: row.id, endsAt: row.endsAt };
  }

  /** Counts a use; the caller opens the account in the same transaction. */
  use(transaction: Transaction, id: string): Promise<boolean> {
    return this.repository.use(transaction, id, new Date().toISOString());
  }

  /** Why one that could not be used can't be. */
  async whyNot(transaction: Transaction, id: string) {
    const row = await this.repository.find(id, transaction);
    if (row && !row.revokedAt) this.assertOpen(row);
    return refuse('invitation-unknown');
  }

  remember(transaction: Transaction, invitationId: string, userId: string): Promise<void> {
    const usedAt = new Date().toISOString();
    return this.repository.insertUse(transaction, { userId, invitationId, usedAt });
  }

  private assertOpen(row: InvitationRow): void {
    const state = stateOf(row, new Date().toISOString());
    if (state === 'spent') throw refuse('invitation-spent');
    if (state === 'ended') throw refuse('invitation-ended');
  }

  private async shown(viewerId: string, rows: InvitationRow[]): Promise<Invitation[]> {
    const ids = rows.map(({ id }) => id);
    const came = ids.length ? await this.repository.findPeople(ids, PEOPLE_SHOWN) : [];
    const cards = await this.users.cards(viewerId, [
      ...new Set([
        ...came.map(({ userId }) => userId),
        ...rows.flatMap(({ makerId }) => makerId ?? []),
      ]),
    ]);
    const now = new Date().toISOString();
    return rows.map(({ makerId, revokedAt, ...row }) => ({
      ...row,
      maker: (makerId && cards.get(makerId)) || null,
      state: stateOf({ ...row, makerId, revokedAt }, now),
      people: came
        .filter(({ invitationId }) => invitationId === row.id)
        .map(({ userId }) => cards.get(userId))
        .filter((card): card is UserCard => card !== undefined),
    }));
  }
}
