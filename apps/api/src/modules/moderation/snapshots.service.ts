import { Injectable } from '@nestjs/common';
import type { ReportedKind, Snapshot } from '@echomate/contracts/moderation.dto';
import { Access, type Kind } from '../../access/access.service.js';
import type { Reader } from '../../platform/database/statements.js';
import { MediaService } from '../media/media.service.js';
import { ReportedRepository } from './reported.repository.js';

const RULES: Record<ReportedKind, Kind> = {
  person: 'card',
  post: 'post',
  comment: 'comment',
  group: 'group',
  event: 'event',
  message: 'message',
};

export interface Reported {
  personId: string | null;
  snapshot: Snapshot;
}

/** What a person reports, as that person sees it: nothing is in it that they may not see. */
@Injectable()
export class SnapshotsService {
  constructor(
    private readonly access: Access,
    private readonly media: MediaService,
    private readonly repository: ReportedRepository,
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
