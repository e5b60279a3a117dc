import { validate as isUuid } from 'uuid';
import { CreateGroupRequest } from '@echomate/contracts/groups.dto';
import { UpdateMediaRequest } from '@echomate/contracts/media.dto';
import { LIMITS } from '@echomate/contracts/limits';
import { AUDIENCES, type Audience } from '@echomate/contracts/posts.dto';
import { PersonName } from '@echomate/contracts/importing.dto';
import { ProfileFields } from '@echomate/contracts/users.dto';
import { judge } from '../../platform/http/judged-input.js';
import { Refusal } from '../../platform/http/problem.js';
import { validated } from '../../platform/http/validation.js';
import { jsonItems, NoListOfObjects } from '../../platform/storage/json-items.js';
import { ArchiveRefused, type Archive } from '../../platform/storage/unzip.js';
import { DAY_MS } from '../../platform/periods.js';
import type { ArchivedText } from '../posts/post-imports.service.js';

const KB = 1024;
/** Of one item, which has a text, up to four photos and the people it mentions */
const MAX_ITEM = 512 * KB;
/** In one item: a post for chosen people names them all */
const MAX_VALUES = 50_000;
const MAX_ABOUT = 256 * KB;
const MAX_LIST = 512 * KB * KB;
const MAX_HOST = 253;
const MAX_PEOPLE_MENTIONED = 50;
/** Earlier than any installation */
const EARLIEST = Date.parse('2000-01-01T00:00:00Z');
const CLOCKS_DIFFER_MS = DAY_MS;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;
const PICTURE_URL = /^\/api\/v1\/users\/[0-9a-f-]{36}\/(?:avatar|banner)\/([0-9a-f-]{36})\/large$/;

type Given = Record<string, unknown>;

export interface ArchivedPerson {
  id: string;
  handle: string;
  firstName: string;
  lastName: string;
}

export interface ArchivedProfile {
  isPrivate: boolean;
  nickname: string | null;
  about: string | null;
  avatarId: string | null;
  bannerId: string | null;
}

export interface ArchivedGroup {
  id: string;
  title: string;
  description: string | null;
  bannerId: string | null;
}

export interface ArchivedMedium {
  id: string;
  /** It was still being worked on there, or could not be: there is no file */
  isReady: boolean;
  alt: string | null;
}

/** Judged when it is read. */
export interface UnreadPost {
  id: string;
  read: () => Promise<ArchivedPost>;
}

export interface ArchivedPost extends ArchivedText {
  id: string;
  groupId: string | null;
  shared: { id: string; isOwn: boolean } | null;
  media: ArchivedMedium[];
  createdAt: string;
  editedAt: string | null;
}

/** What an archive of Echomate says, each thing by the limits of the form that it was written with. */
export class ArchiveContents {
  private readProfile: Promise<ArchivedProfile> | undefined;

  private constructor(
    private readonly archive: Archive,
    readonly origin: URL,
    readonly person: ArchivedPerson,
  ) {}

  static async of(archive: Archive): Promise<ArchiveContents> {
    const file = 'export.json';
    if (!archive.has(file)) throw new ArchiveRefused('not-an-archive');
    const about = await parsed(archive, file);
    if (about['format'] !== 'echomate-export') throw new ArchiveRefused('not-an-archive', file);
    const origin = typeof about['origin'] === 'string' ? URL.parse(about['origin']) : null;
    const isWeb = origin !== null && ['http:', 'https:'].includes(origin.protocol);
    if (about['version'] !== 1 || !isWeb || origin.host.length > MAX_HOST)
      throw new ArchiveRefused('archive-broken', file);
    const person = await judged(file, () => personIn(about['person'], file));
    for (const part of listIn(about['parts'], file)) {
      const name = textIn(part['file'], file);
      if (!archive.has(name)) throw new ArchiveRefused('archive-broken', name);
    }
    return new ArchiveContents(archive, origin, person);
  }

  /** By which things are known to have come from there. */
  get key(): string {
    return `${this.origin.origin} ${this.person.id}`;
  }

  /** Where the bytes of a medium are; null if they are missing. */
  fileOf(id: string): string | null {
    const names = [`media/${id}.webp`, `media/${id}.mp4`];
    return names.find((name) => this.archive.has(name)) ?? null;
  }

  read(file: string): AsyncGenerator<Buffer> {
    const { maxImageBytes, maxVideoBytes } = LIMITS.media;
    return this.archive.read(file, file.endsWith('.mp4') ? maxVideoBytes : maxImageBytes);
  }

  /** Read once: it does not change. */
  profile(): Promise<ArchivedProfile> {
    return (this.readProfile ??= this.profileIn());
  }

  private async profileIn(): Promise<ArchivedProfile> {
    for await (const { item, file } of this.items('users'))
      return judged(file, async () => {
        if (item['id'] !== this.person.id) throw new ArchiveRefused('archive-of-others', file);
        const { nickname, about } = await validated(ProfileFields, {
          firstName: item['firstName'],
          lastName: item['lastName'],
          nickname: item['nickname'],
          about: item['about'],
          visibility: item['visibility'],
          dateOfBirth: item['dateOfBirth'],
        });
        const avatar = item['avatar'] as Given | null;
        return {
          isPrivate: item['visibility'] !== 'public',
          nickname: nickname ?? null,
          about: about ?? null,
          avatarId: pictureIn(avatar?.['large'], file),
          bannerId: pictureIn(item['banner'], file),
        };
      });
    throw new ArchiveRefused('archive-broken', 'data/users.json');
  }

  async *groups(): AsyncGenerator<ArchivedGroup> {
    for await (const { item, file } of this.items('groups'))
      yield await judged(file, async () => {
        const { title, description } = await validated(CreateGroupRequest, {
          title: item['title'],
          description: item['description'],
        });
        const banner = item['banner'] ? idIn((item['banner'] as Given)['id'], file) : null;
        const id = idIn(item['id'], file);
        return { id, title, description: description ?? null, bannerId: banner };
      });
  }

  async *posts(): AsyncGenerator<ArchivedPost> {
    for await (const { read } of this.unreadPosts()) yield await read();
  }

  async *unreadPosts(): AsyncGenerator<UnreadPost> {
    for await (const { item, file } of this.items('posts'))
      yield {
        id: idIn(item['id'], file),
        read: () => judged(file, () => this.postIn(item, file)),
      };
  }

  async *followed(): AsyncGenerator<ArchivedPerson> {
    for await (const { item, file } of this.items('follows'))
      if (item['kind'] === 'following') yield await judged(file, () => personIn(item, file));
  }

  private async *items(table: string): AsyncGenerator<{ item: Given; file: string }> {
    const file = `data/${table}.json`;
    try {
      for await (const item of jsonItems(this.archive.read(file, MAX_LIST), MAX_ITEM)) {
        await judged(file, async () => judge(item, MAX_VALUES));
        yield { item, file };
      }
    } catch (error) {
      throw error instanceof NoListOfObjects
        ? new ArchiveRefused('archive-broken', file, { cause: error })
        : error;
    }
  }

  private async postIn(item: Given, file: string): Promise<ArchivedPost> {
    const author = item['author'] as Given | null;
    if (author?.['id'] !== this.person.id) throw new ArchiveRefused('archive-of-others', file);
    const { audience } = item;
    const group = item['group'] as Given | null;
    const shared = item['shared'] as Given | null;
    const media = listIn(item['media'], file);
    const mentions = listIn(item['mentions'], file);
    if (
      !AUDIENCES.includes(audience as Audience) ||
      item['event'] ||
      (audience === 'group') !== Boolean(group) ||
      media.length > LIMITS.post.maxMedia ||
      mentions.length > MAX_PEOPLE_MENTIONED
    )
      throw new ArchiveRefused('archive-broken', file);
    return {
      id: idIn(item['id'], file),
      audience: audience as Audience,
      title: item['title'] ? textIn(item['title'], file) : null,
      content: item['content'] ? textIn(item['content'], file) : '',
      mentions: await Promise.all(mentions.map((one) => personIn(one, file))),
      groupId: group && idIn(group['id'], file),
      shared: shared && {
        id: idIn(shared['id'], file),
        isOwn: (shared['author'] as Given | null)?.['id'] === this.person.id,
      },
      media: await Promise.all(media.map((medium) => this.mediumIn(medium, file))),
      createdAt: momentIn(item['createdAt'], file),
      editedAt: item['editedAt'] ? momentIn(item['editedAt'], file) : null,
    };
  }

  private async mediumIn(medium: Given, file: string): Promise<ArchivedMedium> {
    const { alt } = await validated(UpdateMediaRequest, { alt: medium['alt'] });
    const isReady = medium['status'] === 'ready';
    return { id: idIn(medium['id'], file), isReady, alt: alt ?? null };
  }
}

/** What a form would refuse is no part of an archive that was written here. */
async function judged<Result>(file: string, read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Refusal || error instanceof TypeError)
      throw new ArchiveRefused('archive-broken', file, { cause: error });
    throw error;
  }
}

async function parsed(archive: Archive, file: string): Promise<Given> {
  const parts: Buffer[] = [];
  for await (const part of archive.read(file, MAX_ABOUT)) parts.push(part);
  let value: unknown = null;
  try {
    value = JSON.parse(Buffer.concat(parts).toString());
  } catch {
    // Not JSON.
  }
  if (typeof value !== 'object' || value === null) throw new ArchiveRefused('archive-broken', file);
  await judged(file, async () => judge(value, MAX_VALUES));
  return value as Given;
}

async function personIn(given: unknown, file: string): Promise<ArchivedPerson> {
  const person = given as Given;
  const id = idIn(person['id'], file);
  const handle = textIn(person['handle'], file);
  const { firstName, lastName } = await validated(PersonName, {
    firstName: person['firstName'],
    lastName: person['lastName'],
  });
  if (handle.length > LIMITS.handle.maxLength) throw new ArchiveRefused('archive-broken', file);
  return { id, handle, firstName, lastName };
}

const pictureIn = (url: unknown, file: string): string | null =>
  url ? idIn(PICTURE_URL.exec(textIn(url, file))?.[1], file) : null;

function idIn(value: unknown, file: string): string {
  const id = typeof value === 'string' ? value.toLowerCase() : '';
  if (!isUuid(id)) throw new ArchiveRefused('archive-broken', file);
  return id;
}

function textIn(value: unknown, file: string): string {
  if (typeof value !== 'string') throw new ArchiveRefused('archive-broken', file);
  return value;
}

function listIn(value: unknown, file: string): Given[] {
  const isList =
    Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null);
  if (!isList) throw new ArchiveRefused('archive-broken', file);
  return value as Given[];
}

function momentIn(value: unknown, file: string): string {
  const time = typeof value === 'string' && MOMENT.test(value) ? Date.parse(value) : NaN;
  if (!(time >= EARLIEST && time <= Date.now() + CLOCKS_DIFFER_MS))
    throw new ArchiveRefused('archive-broken', file);
  return new Date(Math.min(time, Date.now())).toISOString();
}
