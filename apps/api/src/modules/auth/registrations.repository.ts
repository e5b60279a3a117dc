import { Injectable } from '@nestjs/common';
import type { FieldVisibility, ProfileVisibility } from '@echomate/contracts/users.dto';
import { Database } from '../../platform/database/database.service.js';
import { sql, type Reader, type Transaction } from '../../platform/database/statements.js';
import { Registration } from './entities/registration.entity.js';

export interface RegisteredProfile {
  firstName: string;
  lastName: string;
  dateOfBirth: string;
  nickname: string | null;
  about: string | null;
  visibility: ProfileVisibility;
  emailVisibility: FieldVisibility;
  dateOfBirthVisibility: FieldVisibility;
}

@Injectable()
export class RegistrationsRepository {
  constructor(private readonly database: Database) {}

  async insert(transaction: Transaction, registration: Registration): Promise<void> {
    await transaction.insert(Registration, registration);
  }

  find(id: string, reader: Reader = this.database): Promise<Registration | null> {
    return reader.one(sql`
      SELECT id, email, password_hash AS "passwordHash", browser_hash AS "browserHash", profile, avatar_id AS "avatarId",
        created_at AS "createdAt", expires_at AS "expiresAt"
      FROM registrations WHERE id = ${id}`);
  }

  async delete(transaction: Transaction, id: string): Promise<void> {
    await transaction.delete(Registration, { id });
  }

  findOfEmail(reader: Reader, email: string): Promise<Pick<Registration, 'id' | 'avatarId'>[]> {
    return reader.many(
      sql`SELECT id, avatar_id AS "avatarId" FROM registrations WHERE email = ${email}`,
    );
  }

  findExpired(
    reader: Reader,
    now: string,
    limit: number,
  ): Promise<Pick<Registration, 'id' | 'avatarId'>[]> {
    return reader.many(sql`
      SELECT id, avatar_id AS "avatarId" FROM registrations WHERE expires_at <= ${now} LIMIT ${limit}`);
  }
}
