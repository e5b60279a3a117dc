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
import { canSeeMedia } from './media.access.js';
import { canSeeComment, canSeePost, commentColumns, postColumns } from './post.access.js';
import { canSeeCard, canSeeProfile } from './profile.access.js';

const viewer = named('viewer');

/** A kind of thing: where its rows are, under the alias `t`, and who sees one of them. */
const kind = (table: Sql, rule: (viewer: Sql) => Rule) => ({
  one: sql`SELECT t.id FROM ${table} t WHERE t.id = ${named('id')} AND ${rule(viewer)}`,
  visible: shaped(
    (size: number) =>
      sql`SELECT t.id FROM ${table} t WHERE t.id IN (${anyNamed('ids', size)}) AND ${rule(viewer)}`,
  ),
  audience: shaped(
    (size: number) => sql`
      SELECT v.id FROM users v JOIN ${table} t ON t.id = ${named('id')}
      WHERE v.id IN (${anyNamed('ids', size)}) AND ${rule(sql`v.id`)}`,
  ),
});

const KINDS = {
  card: kind(sql`users`, (viewer) => canSeeCard(viewer, sql`t.id`)),
  profile: kind(sql`users`, (viewer) =>
    canSeeProfile(viewer, { id: sql`t.id`, visibility: sql`t.visibility` }),
  ),
  post: kind(sql`posts`, (viewer) => canSeePost(viewer, postColumns(sql`t`))),
  comment: kind(sql`comments`, (viewer) => canSeeComment(viewer, commentColumns(sql`t`))),
  media: kind(sql`media`, (viewer) =>
    canSeeMedia(viewer, {
      ownerId: sql`t.owner_id`,
      status: sql`t.status`,
      attachedKind: sql`t.attached_kind`,
      attachedId: sql`t.attached_id`,
    }),
  ),
};

export type Kind = keyof typeof KINDS;

/**
 * The rule for those who hold ids, in its three forms: may this viewer see this one, which of these may they see, and
 * which of these people may see this one. The rest does not exist for them.
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
    return new Set((await reader.many<{ id: string }>(statement)).map(({ id }) => id));
  }
}
