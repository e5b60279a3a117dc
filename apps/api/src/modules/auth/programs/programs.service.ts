import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { LIMITS } from '@echomate/contracts/limits';
import type { PageQuery } from '@echomate/contracts/paging.dto';
import type {
  CreateTokenRequest,
  NewToken,
  Program as Shown,
  ProgramPage,
} from '@echomate/contracts/programs.dto';
import { v7 as uuid } from 'uuid';
import { Database } from '../../../platform/database/database.service.js';
import type { Transaction } from '../../../platform/database/statements.js';
import { DomainEvents } from '../../../platform/domain-events/domain-events.js';
import { afterId, pageOf } from '../../../platform/http/paging.js';
import { notFound, refuse } from '../../../platform/http/problem.js';
import type { RequestViewer } from '../../../platform/http/viewer.js';
import { DAY_MS } from '../../../platform/periods.js';
import { AccountStateChanged } from '../../users/users.domain-events.js';
import { CredentialsChanged } from '../auth.domain-events.js';
import { Credentials } from '../credentials.service.js';
import { SecurityLog } from '../security-log.js';
import { AccessTokens, scopesIn } from './access-tokens.js';
import { ProgramSecrets } from './program-secrets.js';
import { ProgramsRepository, type ProgramRow } from './programs.repository.js';

/** Precision of "last used": updating it at every request would make every read a write. */
const USED_EVERY_MS = 5 * 60_000;
const { max } = LIMITS.program;

/** The programs that act for people: which there are, who they are, and how they end. */
@Injectable()
export class ProgramsService implements OnModuleInit {
  private readonly logger = new Logger(ProgramsService.name);

  constructor(
    private readonly repository: ProgramsRepository,
    private readonly secrets: ProgramSecrets,
    private readonly accessTokens: AccessTokens,
    private readonly credentials: Credentials,
    private readonly log: SecurityLog,
    private readonly database: Database,
    private readonly domainEvents: DomainEvents,
  ) {}

  onModuleInit(): void {
    this.domainEvents.inTransaction(CredentialsChanged, ({ userId }, transaction) =>
      this.repository.deleteAllOfUser(transaction, userId),
    );
    this.domainEvents.inTransaction(
      AccountStateChanged,
      async ({ userId, isActive }, transaction) => {
        if (!isActive) await this.repository.deleteAllOfUser(transaction, userId);
      },
    );
  }

  /** Who sent this token; null if it is not valid, or no longer. */
  async viewerOf(token: string): Promise<RequestViewer | null> {
    const now = new Date();
    const tokenHash = this.secrets.hashOfToken(token);
    const access = tokenHash === null ? await this.accessTokens.read(token) : null;
    const row = await (tokenHash === null
      ? access && this.repository.findOpen(access.programId, now.toISOString())
      : this.repository.findByToken(tokenHash, now.toISOString()));
    if (!row || (access && access.userId !== row.userId)) return null;
    this.markUsed(row, now);
    const allowed = scopesIn(row.scopes);
    const scopes = access ? access.scopes.filter((scope) => allowed.includes(scope)) : allowed;
    return { userId: row.userId, sessionId: row.id, scopes };
  }

  async list(
    { userId }: Pick<RequestViewer, 'userId'>,
    { limit, cursor }: PageQuery,
  ): Promise<ProgramPage> {
    const now = new Date().toISOString();
    const rows = await this.repository.findOfUser(userId, afterId(cursor), limit + 1, now);
    return pageOf(rows, limit, shown);
  }

  /** For whoever has just given the password, in a session. */
  async create(
    viewer: RequestViewer,
    { name, scopes, days, password }: CreateTokenRequest,
  ): Promise<NewToken> {
    const { userId } = viewer;
    const { credentialsVersion } = await this.credentials.prove(viewer, 'password', password);
    const token = this.secrets.token();
    const now = new Date();
    const row: ProgramRow = {
      id: uuid(),
      userId,
      kind: 'token',
      name,
      scopes: scopes.join(' '),
      lastUsedAt: null,
      createdAt: now.toISOString(),
      endsAt: new Date(now.getTime() + days * DAY_MS).toISOString(),
    };
    await this.database.transaction(async (transaction) => {
      await this.credentials.assertStillProven(transaction, viewer, 'password', credentialsVersion);
      const others = await this.repository.findIds(transaction, row, row.createdAt);
      if (others.length >= max) throw refuse('too-many-tokens', { max });
      await this.repository.insert(transaction, { ...row, tokenHash: token.hash });
    });
    this.log.note('auth.token-made', userId, { program: row.id });
    return { ...shown(row), token: token.text };
  }

  async end({ userId }: RequestViewer, id: string): Promise<void> {
    const ended = await this.database.transaction((transaction) =>
      this.repository.deleteOfUser(transaction, userId, id),
    );
    if (!ended.length) throw notFound();
    this.log.note('auth.program-ended', userId, { program: id });
  }

  /** By whoever holds its secret; does nothing if there is no such program. */
  async revoke(secret: string): Promise<void> {
    const refresh = this.secrets.readRefresh(secret);
    const tokenHash = this.secrets.hashOfToken(secret);
    const ended = await this.database.transaction(async (transaction) => {
      if (refresh) return this.repository.delete(transaction, refresh.programId);
      return tokenHash ? this.repository.deleteByToken(transaction, tokenHash) : [];
    });
    for (const { id, userId } of ended)
      this.log.note('auth.program-ended', userId, { program: id });
  }

  deleteEnded(transaction: Transaction, now: string, limit: number): Promise<number> {
    return this.repository.deleteEnded(transaction, now, limit);
  }

  private markUsed({ id, lastUsedAt }: ProgramRow, now: Date): void {
    if (lastUsedAt && now.getTime() - Date.parse(lastUsedAt) < USED_EVERY_MS) return;
    this.repository
      .markUsed(id, now.toISOString())
      .catch((error: unknown) => this.logger.error({ err: error }, 'Last used was not saved'));
  }
}

const shown = ({ id, kind, name, scopes, createdAt, lastUsedAt, endsAt }: ProgramRow): Shown => ({
  id,
  kind,
  name,
  createdAt,
  lastUsedAt,
  endsAt,
  scopes: scopesIn(scopes),
});
