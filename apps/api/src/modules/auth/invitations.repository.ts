import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { anyOf, sql, type Reader, type Transaction } from '../../platform/database/statements.js';
import { Invitation, InvitationUse } from './entities/invitation.entity.js';

export type InvitationRow = Omit<Invitation, 'tokenHash'>;

const COLUMNS = sql`
  i.id, i.maker_id AS "makerId", i.note, i.max_uses AS "maxUses", i.uses,
  i.created_at AS "createdAt", i.ends_at AS "endsAt", i.revoked_at AS "revokedAt"`;

@Injectable()
export class InvitationsRepository {
  constructor(private readonly database: Database) {}

  async insert(transaction: Transaction, invitation: Invitation): Promise<void> {
    await transaction.insert(Invitation, invitation);
  }

  findByToken(tokenHash: string): Promise<InvitationRow | null> {
    return this.database.one(sql`
      SELECT ${COLUMNS} FROM invitations i
      WHERE i.token_hash = ${tokenHash} AND i.revoked_at IS NULL`);
  }

  find(id: string, reader: Reader): Promise<InvitationRow | null> {
    return reader.one(sql`SELECT ${COLUMNS} FROM invitations i WHERE i.id = ${id}`);
  }

  findPage(before: string | null, limit: number): Promise<InvitationRow[]> {
    return this.database.many(sql`
      SELECT ${COLUMNS} FROM invitations i
      WHERE ${before === null ? sql`1 = 1` : sql`i.id < ${before}`}
      ORDER BY i.id DESC LIMIT ${limit}`);
  }

  /** The newest of each, at most `limit`. */
  findPeople(
    ids: string[],
    limit: number,
  ): Promise<Pick<InvitationUse, 'userId' | 'invitationId'>[]> {
    return this.database.many(sql`
      SELECT came."userId", came."invitationId" FROM (
        SELECT u.user_id AS "userId", u.invitation_id AS "invitationId",
          ROW_NUMBER() OVER (PARTITION BY u.invitation_id ORDER BY u.user_id DESC) AS place
        FROM invitation_uses u WHERE u.invitation_id IN (${anyOf(ids)})) came
      WHERE came.place <= ${limit}`);
  }

  /** However many call it at once, it succeeds only as often as the invitation has uses left. */
  async use(transaction: Transaction, id: string, now: string): Promise<boolean> {
    const used = await transaction.run(sql`
      UPDATE invitations SET uses = uses + 1
      WHERE id = ${id} AND revoked_at IS NULL AND ends_at > ${now} AND uses < max_uses`);
    return used === 1;
  }

  async insertUse(transaction: Transaction, use: InvitationUse): Promise<void> {
    await transaction.insert(InvitationUse, use);
  }

  async revoke(transaction: Transaction, id: string, now: string): Promise<boolean> {
    const revoked = await transaction.run(sql`
      UPDATE invitations SET revoked_at = COALESCE(revoked_at, ${now}) WHERE id = ${id}`);
    return revoked === 1;
  }
}
