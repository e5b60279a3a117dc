import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.service.js';
import {
  anyNamed,
  named,
  shaped,
  sizeOf,
  sql,
  Statement,
  type Reader,
  type Rule,
  type Sql,
} from '../platform/database/statements.js';
import {
  canSeeConversation,
  canSeeMessage,
  canSeePresence,
  conversationColumns,
  isReached,
  messageColumns,
} from './conversation.access.js';
import { canSeeEvent, eventColumns } from './event.access.js';
import { canSeeGroup, canSeeMember, isMember, membershipColumns } from './group.access.js';
import { canSeeMedia, mediumColumns } from './media.access.js';
import { canSeeComment, canSeePost, commentColumns, postColumns } from './post.access.js';
import { canSeeCard, canSeeProfile, isActive } from './profile.access.js';

const viewer = named('viewer');

/** One kind of thing: its table, under the alias `t`, and the rule for one of its rows. */
const kind = (table: Sql, rule: (viewer: Sql) => Rule) => ({
  one: sql`SELECT t.id FROM ${table} t WHERE t.id = ${named('id')} AND ${rule(viewer)}`,
  visible: shaped(
    (size: number) =>
      sql`SELECT t.id FROM ${table} t WHERE t.id IN (${anyNamed('ids', size)}) AND ${rule(viewer)}`,
  ),
  audience: shaped(
    (size: number) => sql`
      SELECT v.id FROM users v JOIN ${table} t ON t.id = ${named('id')}
      WHERE v.id IN (${anyNamed('ids', size)}) AND ${isActive(sql`v.id`)} AND ${rule(sql`v.id`)}`,
  ),
});

const KINDS = {
  card: kind(sql`users`, (viewer) => canSeeCard(viewer, sql`t.id`)),
  profile: kind(sql`users`, (viewer) =>
    canSeeProfile(viewer, { id: sql`t.id`, visibility: sql`t.visibility` }),
  ),
  post: kind(sql`posts`, (viewer) => canSeePost(viewer, postColumns(sql`t`))),
  comment: kind(sql`comments`, (viewer) => canSeeComment(viewer, commentColumns(sql`t`))),
  group: kind(sql`groups`, () => canSeeGroup(sql`t`)),
  /** What is in a group */
  inside: kind(sql`groups`, (viewer) => isMember(viewer, sql`t.id`)),
  membership: kind(sql`memberships`, (viewer) => canSeeMember(viewer, membershipColumns(sql`t`))),
  event: kind(sql`events`, (viewer) => canSeeEvent(viewer, eventColumns(sql`t`))),
  conversation: kind(sql`conversations`, (viewer) =>
    canSeeConversation(viewer, conversationColumns(sql`t`)),
  ),
  message: kind(sql`messages`, (viewer) => canSeeMessage(viewer, messageColumns(sql`t`))),
  /** What is written in a conversation, at once: pushes and badges */
  delivery: kind(sql`conversations`, (viewer) => isReached(viewer, conversationColumns(sql`t`))),
  /** Whether a person is online */
  presence: kind(sql`users`, (viewer) => canSeePresence(viewer, sql`t.id`)),
  media: kind(sql`media`, (viewer) => canSeeMedia(viewer, mediumColumns(sql`t`))),
};

export type Kind = keyof typeof KINDS;

/**
 * The rule for callers that have ids, in three forms: may this viewer see this row, which of these rows may this viewer
 * see, and which of these people may see this row. Treat what is not returned as nonexistent.
 */
@Injectable()
export class Access {
  constructor(private readonly database: Database) {}

  async canSee(
    viewerId: string,
    kind: Kind,
    id: string,
    reader: Reader = this.database,
  ): Promise<boolean> {
    const row = await reader.one(new Statement(KINDS[kind].one, { viewer: viewerId, id }));
    return row !== null;
  }

  visible(
    viewerId: string,
    kind: Kind,
    ids: string[],
    reader: Reader = this.database,
  ): Promise<Set<string>> {
    return this.named(reader, KINDS[kind].visible, { viewer: viewerId, ids });
  }

  audience(
    kind: Kind,
    id: string,
    personIds: string[],
    reader: Reader = this.database,
  ): Promise<Set<string>> {
    return this.named(reader, KINDS[kind].audience, { id, ids: personIds });
  }

  private async named(
    reader: Reader,
    query: (size: number) => Sql,
    values: { ids: string[] } & Record<string, string | string[]>,
  ): Promise<Set<string>> {
    if (!values.ids.length) return new Set();
    const statement = new Statement(query(sizeOf(values.ids)), values);
    return new Set(await reader.ids(statement));
  }
}
