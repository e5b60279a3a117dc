import { Injectable } from '@nestjs/common';
import type { ReportedContext, ReportedKind, Snapshot } from '@echomate/contracts/moderation.dto';
import { Access, type Kind } from '../../access/access.service.js';
import { Database } from '../../platform/database/database.service.js';
import { inPortionsOfIds } from '../../platform/database/portions.js';
import type { Reader } from '../../platform/database/statements.js';
import { MediaService } from '../media/media.service.js';
import { ReportedRepository, type KeptContext, type NamedPerson } from './reported.repository.js';

const RULES: Record<ReportedKind, Kind> = {
  person: 'card',
  post: 'post',
  comment: 'comment',
  group: 'group',
  event: 'event',
  message: 'message',
};

export type KeptSnapshot = Omit<Snapshot, 'before' | 'after'> &
  Record<'before' | 'after', KeptContext[]>;

export interface Reported {
  personId: string | null;
  snapshot: KeptSnapshot;
}

/** Whose words are in it. */
export const peopleIn = ({ personId, snapshot: { before, after } }: Reported): string[] =>
  [personId, ...[...before, ...after].map((one) => one.personId)].filter(
    (id) => typeof id === 'string',
  );

/** What moderators are shown. */
export const toSnapshot = ({ before, after, ...snapshot }: KeptSnapshot): Snapshot => ({
  ...snapshot,
  before: before.map(toContext),
  after: after.map(toContext),
});

const toContext = ({ author, text, at }: KeptContext): ReportedContext => ({ author, text, at });

/**
 * Without what stands of somebody whose account goes beside what another is reported for: a post goes with its author, a
 * message stays without its sender.
 */
function withoutContextOf(person: NamedPerson, kind: ReportedKind, snapshot: KeptSnapshot) {
  // Earlier snapshots don't say whose it is.
  const isTheirs = ({ personId, author }: KeptContext) =>
    personId === person.id || (personId === undefined && author === person.name);
  const rest = (context: KeptContext[]): KeptContext[] =>
    kind === 'comment'
      ? context.filter((one) => !isTheirs(one))
      : context.map((one) => (isTheirs(one) ? { ...one, personId: null, author: null } : one));
  return { ...snapshot, before: rest(snapshot.before), after: rest(snapshot.after) };
}

/** What a person reports, as that person sees it: nothing is in it that they may not see. */
@Injectable()
export class SnapshotsService {
  constructor(
    private readonly access: Access,
    private readonly media: MediaService,
    private readonly repository: ReportedRepository,
    private readonly database: Database,
  ) {}

  /** Null if the viewer may not see it. */
  async take(
    reader: Reader,
    viewerId: string,
    kind: ReportedKind,
    id: string,
  ): Promise<Reported | null> {
    if (!(await this.access.canSee(viewerId, RULES[kind], id, reader))) return null;
    const row = await this.repository.find(reader, kind, viewerId, id);
    if (!row) return null;
    const { personId, firstName, lastName, handle, title, text, at, postId, conversationId } = row;
    const message = conversationId ? { id, conversationId } : null;
    const nextTo = (side: 'before' | 'after') =>
      message ? this.repository.findNextTo(reader, viewerId, message, side) : [];
    const before = postId ? await this.repository.findPost(reader, postId) : await nextTo('before');
    return {
      personId,
      snapshot: {
        title,
        text,
        author: firstName === null ? '' : `${firstName} ${lastName}`,
        handle: handle ?? '',
        at,
        media: await this.mediaOf(reader, viewerId, kind, id, row.avatarId),
        before,
        after: await nextTo('after'),
      },
    };
  }

  /** In every case about somebody else, as the person's account goes. */
  async forget(userId: string): Promise<void> {
    const person = await this.repository.findName(userId);
    if (!person) return;
    await inPortionsOfIds(
      (after, limit) => this.repository.findCasesWithContext(after, limit),
      (ids) =>
        this.database.transaction(async (transaction) => {
          for (const { id, kind, snapshot } of await this.repository.findSnapshots(
            transaction,
            ids,
          )) {
            const rest = JSON.stringify(withoutContextOf(person, kind, JSON.parse(snapshot)));
            if (rest !== snapshot) await this.repository.keepSnapshot(transaction, id, rest);
          }
        }),
    );
  }

  private async mediaOf(
    reader: Reader,
    viewerId: string,
    kind: ReportedKind,
    id: string,
    avatarId: string | null,
  ): Promise<Snapshot['media']> {
    if (kind === 'event') return [];
    if (kind === 'person') return avatarId ? [{ id: avatarId, kind: 'image', alt: null }] : [];
    const media = (await this.media.of(kind, [id], viewerId, reader)).get(id) ?? [];
    return media.map((medium) => ({ id: medium.id, kind: medium.kind, alt: medium.alt }));
  }
}
