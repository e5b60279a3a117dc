import { Injectable } from '@nestjs/common';
import type { ChangeRoleRequest } from '@echomate/contracts/admin.dto';
import { Database } from '../../platform/database/database.service.js';
import { locks } from '../../platform/database/locks.js';
import { notFound } from '../../platform/http/problem.js';
import type { RequestViewer } from '../../platform/http/viewer.js';
import { RolesService } from '../users/roles.service.js';
import { UsersService } from '../users/users.service.js';
import { AuthMailer } from './auth.mailer.js';
import { Credentials } from './credentials.service.js';
import { SecurityLog } from './security-log.js';

/** Changes roles, for whoever has just given their own password. The person concerned is told. */
@Injectable()
export class RoleChangesService {
  constructor(
    private readonly roles: RolesService,
    private readonly users: UsersService,
    private readonly credentials: Credentials,
    private readonly mailer: AuthMailer,
    private readonly log: SecurityLog,
    private readonly database: Database,
  ) {}

  async change(
    viewer: RequestViewer,
    personId: string,
    { role, password }: ChangeRoleRequest,
  ): Promise<void> {
    const { credentialsVersion } = await this.credentials.prove(viewer, 'password', password);
    const isChanged = await this.database.transaction(async (transaction) => {
      await locks.users(transaction, viewer.userId, personId);
      await this.credentials.assertStillProven(transaction, viewer, 'password', credentialsVersion);
      await this.users.assertMay(transaction, viewer.userId, 'roles.change');
      const person = await this.users.findCredentials(personId, transaction);
      if (!person) throw notFound();
      if (!(await this.roles.change(transaction, personId, role))) return false;
      await this.mailer.roleChanged(transaction, person.email, role);
      return true;
    });
    if (isChanged) this.log.note('auth.role-changed', personId, { role, admin: viewer.userId });
  }
}
