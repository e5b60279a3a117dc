import { Injectable } from '@nestjs/common';
import { isHandle, LINK_OR_TYPED_MENTION } from '@echomate/contracts/handles';
import type { Reader } from '../../platform/database/statements.js';
import { HandlesService } from '../users/handles.service.js';

/** Texts are typed with handles and kept with ids, so that nobody's change of handle breaks a mention. */
@Injectable()
export class MentionsService {
  constructor(private readonly handles: HandlesService) {}

  /** The text as it is kept. The handle of somebody whom the author may not see stays plain text, like any word. */
  async kept(reader: Reader, authorId: string, typed: string): Promise<string> {
    const handles = handlesIn(typed);
    if (!handles.length) return typed;
    const ids = await this.handles.findAll(authorId, handles, reader);
    return typed.replace(LINK_OR_TYPED_MENTION, (whole, handle?: string) => {
      const id = handle && ids.get(handle.toLowerCase());
      return id ? `@${id}` : whole;
    });
  }
}

const handlesIn = (text: string): string[] => {
  if (!text.includes('@')) return [];
  const found = Array.from(text.matchAll(LINK_OR_TYPED_MENTION), ([, handle]) =>
    handle?.toLowerCase(),
  );
  return [
    ...new Set(found.filter((handle) => handle !== undefined && isHandle(handle))),
  ] as string[];
};
