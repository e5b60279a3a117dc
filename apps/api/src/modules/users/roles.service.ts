import { Injectable } from '@nestjs/common';
import type { AdminPerson, AdminPeopleQuery, AdminPersonPage } from '@echomate/contracts/admin.dto';
import type { Role } from '@echomate/contracts/users.dto';
import { locks } from '../../platform/database/locks.js';
import type { Transaction } from '../../platform/database/statements.js';
import { afterId, pageOf } from '../../platform/http/paging.js';
import { notFound, refuse } from '../../platform/http/problem.js';
import { RolesRepository, type RoleRow } from './roles.repository.js';
import { toCard } from './users.mapper.js';

/** Who is a moderator or an admin. One active admin always stays. */
@Injectable()
export class RolesService {
  constructor(private readonly repository: RolesRepository) {}

  async people(
    viewerId: string,
    { q = '', role = null, limit, cursor }: Omit<AdminPeopleQuery, 'role'> & { role?: Role | null },
  ): Promise<AdminPersonPage> {
    const rows = await this.repository.find({
      question: q,
      role: role ?? null,
      before: afterId(cursor),
      limit: limit + 1,
    });
    return pageOf(rows, limit, (row) => toAdminPerson(row, viewerId));
  }

  async person(viewerId: string, id: string): Promise<AdminPerson> {
    const row = await this.repository.findOne(id);
    if (!row) throw notFound();
    return toAdminPerson(row, viewerId);
  }

  /** False if it was their role already. The caller holds the person's lock. */
  async change(transaction: Transaction, id: string, role: Role): Promise<boolean> {
    await locks.admins(transaction);
    const before = await this.repository.findRole(transaction, id);
    if (before === null) throw notFound();
    if (before === role) return false;
    if (before === 'admin') await this.assertOtherAdmin(transaction, id);
    await this.repository.setRole(transaction, id, role);
    return true;
  }

  /** Before an account is hidden. The caller holds the person's lock. */
  async assertMayGo(transaction: Transaction, id: string): Promise<void> {
    if ((await this.repository.findRole(transaction, id)) !== 'admin') return;
    await locks.admins(transaction);
    await this.assertOtherAdmin(transaction, id);
  }

  private async assertOtherAdmin(transaction: Transaction, id: string): Promise<void> {
    if (!(await this.repository.hasOtherAdmin(transaction, id))) throw refuse('last-admin');
  }
}

const toAdminPerson = (row: RoleRow, viewerId: string): AdminPerson => ({
  ...toCard(row),
  role: row.role,
  inactive: row.inactive,
  createdAt: row.createdAt,
  isYou: row.id === viewerId,
});
