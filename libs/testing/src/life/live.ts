import { randomUUID } from 'node:crypto';
import { CAST } from '../cast.js';
import { expectOk, moveIn, type Resident } from '../move-in.js';
import { drawPhoto } from '../photo.js';
import { drawBee } from '../scenery.js';
import { BANNERS } from './arrivals.js';
import type { CastChat, CastMessage } from './chats.js';
import type { CastEvent } from './events.js';
import { CAST_GROUPS, type CastGroup } from './groups.js';
import type { CastPhoto, CastPost } from './post.js';
import {
  CAST_POSTS,
  dayOf,
  timelineOf,
  type CastTopic,
  type CastWords,
  type Action,
} from './timeline.js';

/** Does through the api all that the cast did until now; `moveTo` sets its clock. Leaves everybody logged out. */
export async function liveTogether(
  apiOrigin: string,
  now: number,
  moveTo: (moment: number) => Promise<void>,
): Promise<Resident[]> {
  const lives = new Lives(apiOrigin, now);
  for (const action of timelineOf(now)) {
    await moveTo(action.at);
    await lives.do(action);
  }
  await moveTo(now);
  return lives.logOut();
}

/** An event as far as its answers need it. */
interface Planned {
  id: string;
  seriesId: string;
  options: { id: string; title: string }[];
}

class Lives {
  private readonly residents = new Map<string, Resident>();
  /** Posts, those of events too, comments, groups, conversations and messages → ids */
  private readonly ids = new Map<
    CastTopic | CastWords | CastGroup | CastChat | CastMessage,
    string
  >();
  private readonly eventIds = new Map<CastEvent, string>();
  private readonly drawings = drawAhead();

  constructor(
    private readonly apiOrigin: string,
    private readonly now: number,
  ) {}

  async do(action: Action): Promise<void> {
    switch (action.kind) {
      case 'arrive':
        return this.arrive(action.by);
      case 'decorate':
        return this.decorate(action.by);
      case 'look':
        await this.ask(action.by, 'GET', 'feed');
        return void (await this.ask(action.by, 'PUT', 'followers/unseen'));
      case 'follow':
        await this.ask(action.by, 'POST', 'visits', { personId: this.person(action.whom) });
        return void (await this.ask(action.by, 'PUT', `users/${this.person(action.whom)}/follow`));
      case 'accept':
        return void (await this.ask(
          action.by,
          'POST',
          `follow-requests/${this.person(action.whom)}/accept`,
        ));
      case 'found':
        return this.found(action.group);
      case 'invite':
        return void (await this.ask(action.by, 'POST', this.inGroup(action.group, 'invitations'), {
          userIds: [this.person(action.whom)],
          words: action.words,
        }));
      case 'join':
        return void (await this.ask(
          action.by,
          'POST',
          this.inGroup(action.group, 'invitation/accept'),
        ));
      case 'ask':
        return void (await this.ask(action.by, 'POST', this.inGroup(action.group, 'requests'), {
          words: action.words,
        }));
      case 'letIn': {
        const request = `requests/${this.person(action.whom)}/accept`;
        return void (await this.ask(action.by, 'POST', this.inGroup(action.group, request)));
      }
      case 'plan':
        return this.plan(action.event);
      case 'answer':
        return this.answer(action.by, action.event, action.option);
      case 'cancel':
        return void (await this.ask(
          action.by,
          'POST',
          `events/${this.eventIds.get(action.event)!}/cancel`,
          {},
        ));
      case 'post':
        return action.post.shares ? this.share(action.post) : this.post(action.post);
      case 'edit':
        return void (await this.ask(action.by, 'PATCH', `posts/${this.ids.get(action.post)!}`, {
          content: this.withMentions(action.post.content),
        }));
      case 'like': {
        const isTopic = 'audience' in action.what || 'planned' in action.what;
        const kind = isTopic ? 'posts' : 'comments';
        if (isTopic) await this.read(action.by, action.what);
        return void (await this.ask(
          action.by,
          'PUT',
          `${kind}/${this.ids.get(action.what)!}/like`,
        ));
      }
      case 'write':
        return this.write(action.chat, action.message);
      case 'react': {
        const path = `messages/${this.ids.get(action.message)!}/reaction`;
        return void (await this.ask(action.by, 'PUT', path, { emoji: action.emoji }));
      }
      case 'read': {
        const path = `conversations/${this.ids.get(action.chat)!}/read`;
        const messageId = this.ids.get(action.message);
        return void (await this.ask(action.by, 'PUT', path, { messageId }));
      }
      case 'comment': {
        const { photo } = action.words;
        await this.read(action.by, action.on);
        const { id } = await this.ask(
          action.by,
          'POST',
          `posts/${this.ids.get(action.on)!}/comments`,
          {
            content: this.withMentions(action.words.content),
            mediaId: photo && (await this.upload(action.by, photo)),
            parentId: action.answers && this.ids.get(action.answers),
          },
        );
        this.ids.set(action.words, id);
      }
    }
  }

  async logOut(): Promise<Resident[]> {
    const residents = [...this.residents.values()];
    for (const { firstName } of residents) await this.ask(firstName, 'POST', 'auth/logout');
    return residents;
  }

  private async arrive(name: string): Promise<void> {
    const member = CAST.find(({ firstName }) => firstName === name)!;
    const [resident] = await moveIn(this.apiOrigin, [member]);
    this.residents.set(name, resident!);
  }

  private async decorate(name: string): Promise<void> {
    if (!(name in BANNERS)) return;
    const form = new FormData();
    const banner = await drawPhoto({ shape: 'banner', ...BANNERS[name as keyof typeof BANNERS] });
    form.set('file', new Blob([new Uint8Array(banner)]), 'banner.jpg');
    await this.ask(name, 'PUT', 'users/me/banner', form);
  }

  private async found(group: CastGroup): Promise<void> {
    const { by, title, description, banner } = group;
    const bannerId = banner && (await this.upload(by, { ...banner, shape: 'banner', alt: '' }));
    const { id } = await this.ask(by, 'POST', 'groups', { title, description, bannerId });
    this.ids.set(group, id);
  }

  private inGroup(group: CastGroup, path: string): string {
    return `groups/${this.ids.get(group)!}/${path}`;
  }

  private async post(post: CastPost): Promise<void> {
    const photos = post.photos ?? [];
    const { id } = await this.ask(post.by, 'POST', 'posts', {
      audience: post.audience,
      groupId: post.group && this.groupId(post.group),
      title: post.title,
      content: this.withMentions(post.before?.content ?? post.content),
      mediaIds: await Promise.all(photos.map((photo) => this.upload(post.by, photo))),
      chosenUserIds: post.chosen?.map((name) => this.person(name)),
    });
    this.ids.set(post, id);
  }

  private async plan(event: CastEvent): Promise<void> {
    const { by, group, title, description, place, day, from, to, options, repeats } = event;
    const date = dayOf(day, this.now);
    const { id, seriesId } = await this.ask<Planned>(
      by,
      'POST',
      `groups/${this.groupId(group)}/events`,
      {
        title,
        description,
        place,
        options,
        zone: 'Europe/Berlin',
        start: `${date}T${from}`,
        end: to && `${date}T${to}`,
        repeats: repeats?.how,
        until: repeats && dayOf(repeats.until, this.now),
      },
    );
    this.ids.set(event, seriesId);
    this.eventIds.set(event, id);
  }

  /** On the next of its dates. */
  private async answer(by: string, event: CastEvent, option: string): Promise<void> {
    const path = `groups/${this.groupId(event.group)}/events?limit=50`;
    const { items } = await this.ask<{ items: Planned[] }>(by, 'GET', path);
    const next = items.find(({ seriesId }) => seriesId === this.ids.get(event))!;
    const optionId = next.options.find(({ title }) => title === option)!.id;
    await this.ask(by, 'PUT', `events/${next.id}/response`, { optionId });
  }

  private async write(chat: CastChat, message: CastMessage): Promise<void> {
    const { by, content, photo, answers } = message;
    if (!this.ids.has(chat)) this.ids.set(chat, await this.conversationOf(chat, by));
    const { id } = await this.ask(by, 'POST', `conversations/${this.ids.get(chat)!}/messages`, {
      content,
      mediaIds: photo && [await this.upload(by, photo)],
      replyToId: answers === undefined ? undefined : this.ids.get(chat.messages[answers]!),
      clientId: randomUUID(),
    });
    this.ids.set(message, id);
  }

  private async conversationOf({ in: place }: CastChat, by: string): Promise<string> {
    const { id } =
      typeof place === 'string'
        ? await this.ask(by, 'GET', `groups/${this.groupId(place)}/conversation`)
        : await this.ask(by, 'POST', 'conversations', { userId: this.person(place[1]) });
    return id;
  }

  /** Whoever likes or comments has looked at the home page before. */
  private async read(by: string, topic: CastTopic | CastWords): Promise<void> {
    await this.ask(by, 'GET', 'feed');
    await this.ask(by, 'GET', `posts/${this.ids.get(topic)!}`);
  }

  private async share(post: CastPost): Promise<void> {
    const original = CAST_POSTS.find(({ title }) => title === post.shares)!;
    const { id } = await this.ask(post.by, 'POST', `posts/${this.ids.get(original)!}/share`, {
      audience: post.audience,
      content: this.withMentions(post.content),
    });
    this.ids.set(post, id);
  }

  private async upload(by: string, photo: CastPhoto): Promise<string> {
    const form = new FormData();
    const picture = await this.drawings(photo);
    form.set('file', new Blob([new Uint8Array(picture)]), photo.scene);
    const { id } = await this.ask(by, 'POST', 'media', form);
    await this.ask(by, 'PATCH', `media/${id}`, { alt: photo.alt });
    return id;
  }

  private groupId(title: string): string {
    return this.ids.get(CAST_GROUPS.find((group) => group.title === title)!)!;
  }

  private person(name: string): string {
    return this.residents.get(name)!.id;
  }

  private withMentions(text: string | undefined): string | undefined {
    return text?.replaceAll(/@(\p{L}+)/gu, (all, name: string) =>
      this.residents.has(name) ? `@${this.person(name)}` : all,
    );
  }

  private async ask<Answer = { id: string }>(
    by: string,
    method: string,
    path: string,
    body?: object,
  ): Promise<Answer> {
    const headers: Record<string, string> = { cookie: this.residents.get(by)!.cookie };
    const isForm = body instanceof FormData;
    if (body && !isForm) headers['Content-Type'] = 'application/json';
    const answer = await expectOk(
      fetch(`${this.apiOrigin}/api/v1/${path}`, {
        method,
        headers,
        body: isForm ? body : body && JSON.stringify(body),
      }),
    );
    return (answer.status === 204 ? {} : await answer.json()) as Answer;
  }
}

/** Draws one photo after the other while the api is busy with those before. */
function drawAhead(): (photo: CastPhoto) => Promise<Buffer> {
  const drawn = new Map<CastPhoto, Promise<Buffer>>();
  let last: Promise<unknown> = Promise.resolve();
  for (const { photos = [] } of CAST_POSTS)
    for (const photo of photos) {
      const drawing = last.then(() => draw(photo));
      drawn.set(photo, drawing);
      last = drawing;
    }
  return (photo) => drawn.get(photo) ?? draw(photo);
}

const draw = (photo: CastPhoto): Promise<Buffer> =>
  photo.scene === 'bee' ? drawBee() : drawPhoto({ ...photo, scene: photo.scene });
