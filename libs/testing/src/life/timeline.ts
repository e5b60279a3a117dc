import { CAST, CAST_ACCEPTS, CAST_FOLLOWS } from '../cast.js';
import { ARRIVALS } from './arrivals.js';
import { AUTUMN } from './autumn.js';
import { CAST_CHATS, type CastChat, type CastMessage } from './chats.js';
import { CAST_EVENTS, type CastEvent, type Day } from './events.js';
import { CAST_GROUPS, GROUP_POSTS, type CastGroup } from './groups.js';
import type { CastComment, CastPost, When } from './post.js';
import { SPRING } from './spring.js';
import { SUMMER } from './summer.js';

export const CAST_POSTS: CastPost[] = [...SPRING, ...SUMMER, ...AUTUMN, ...GROUP_POSTS];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** What somebody did at some moment. Names are first names; a comment says which post it is on. */
export type Action = { at: number } & (
  | { kind: 'arrive' | 'decorate' | 'look'; by: string }
  | { kind: 'found'; by: string; group: CastGroup }
  | { kind: 'invite' | 'letIn'; by: string; whom: string; group: CastGroup; words?: string }
  | { kind: 'join'; by: string; group: CastGroup }
  | { kind: 'ask'; by: string; group: CastGroup; words: string }
  | { kind: 'follow'; by: string; whom: string }
  | { kind: 'accept'; by: string; whom: string }
  | { kind: 'post'; by: string; post: CastPost }
  | { kind: 'edit'; by: string; post: CastPost }
  | { kind: 'plan' | 'cancel'; by: string; event: CastEvent }
  | { kind: 'answer'; by: string; event: CastEvent; option: string }
  | { kind: 'like'; by: string; what: CastTopic | CastWords }
  | { kind: 'write'; by: string; chat: CastChat; message: CastMessage }
  | { kind: 'react'; by: string; message: CastMessage; emoji: string }
  | { kind: 'read'; by: string; chat: CastChat; message: CastMessage }
  | { kind: 'comment'; by: string; on: CastTopic; words: CastWords; answers?: CastWords }
);

/** What is talked about */
export type CastTopic = CastPost | CastEvent;
export type CastWords = Omit<CastComment, 'replies'>;

/** All that the cast did until `now`, in the order of time. The same `now` always gives the same. */
export function timelineOf(now: number): Action[] {
  const actions: Action[] = [];
  const following = new Map<string, number>();

  for (const { firstName: by } of CAST) {
    const arrived = arrivalOf(by, now);
    actions.push({ kind: 'arrive', by, at: arrived }, { kind: 'decorate', by, at: arrived + HOUR });
    // They know who follows them by now.
    actions.push({ kind: 'look', by, at: now - HOUR / 4 });
  }
  for (const [by, followees] of Object.entries(CAST_FOLLOWS))
    for (const whom of followees) {
      const both = Math.max(arrivalOf(by, now), arrivalOf(whom, now));
      const at = both + DAY / 2 + chance(`${by} follows ${whom}`) * 2 * WEEK;
      actions.push({ kind: 'follow', by, whom, at });
      const isPrivate = CAST.find(({ firstName }) => firstName === whom)!.visibility === 'private';
      if (!isPrivate) following.set(`${by} ${whom}`, at);
      else if (CAST_ACCEPTS[whom]?.includes(by)) {
        const accepted = at + HOUR + chance(`${whom} accepts ${by}`) * DAY;
        actions.push({ kind: 'accept', by: whom, whom: by, at: accepted });
        following.set(`${by} ${whom}`, accepted);
      }
    }

  for (const group of CAST_GROUPS) {
    const founded = momentOf(group.when, now);
    actions.push({ kind: 'found', by: group.by, group, at: founded });
    // Whoever moves in later gets in some days later.
    const cameIn = (who: string, before: number) =>
      Math.max(before, arrivalOf(who, now)) +
      HOUR +
      chance(`${who} joins ${group.title}`) * 3 * DAY;
    const joined = new Map([[group.by, founded]]);
    for (const one of group.invited) {
      const { who, by } = typeof one === 'string' ? { who: one, by: group.by } : one;
      const at = cameIn(who, joined.get(by)!);
      joined.set(who, at + HOUR);
      actions.push(
        { kind: 'invite', by, whom: who, group, at },
        { kind: 'join', by: who, group, at: at + HOUR },
      );
    }
    for (const { who, words } of group.asked ?? []) {
      const at = cameIn(who, founded + WEEK);
      actions.push(
        { kind: 'ask', by: who, group, words, at },
        { kind: 'letIn', by: group.by, whom: who, group, at: at + HOUR },
      );
    }
    for (const { who, words } of group.asks ?? [])
      actions.push({ kind: 'ask', by: who, group, words, at: now - 7 * HOUR });
    for (const { who, by, words } of group.invites ?? [])
      actions.push({ kind: 'invite', by, whom: who, group, words, at: now - 9 * HOUR });
  }

  /** When one of several things happens in the hours after another; always before now. */
  const after = (moment: number, share: number, hours = 3) =>
    moment + share * Math.min(hours * HOUR, (now - moment) * 0.8);
  const likes = (what: CastTopic | CastWords, at: number, likers: string[]) => {
    for (const by of likers) {
      // Who came later likes old posts too.
      const from = Math.max(at, arrivalOf(by, now) + HOUR);
      const share = 0.05 + 0.9 * chance(`${by} ${at}`);
      actions.push({ kind: 'like', by, what, at: after(from, share, 20) });
    }
  };

  const talk = (on: CastTopic, at: number, comments: CastComment[] = [], hours = 3) => {
    for (const [place, { replies = [], ...words }] of comments.entries()) {
      const share = (place + 0.15 + chance(words.by + at) * 0.3) / comments.length;
      const said = after(at, share, hours);
      actions.push({ kind: 'comment', by: words.by, on, words, at: said });
      likes(words, said, words.likedBy ?? []);
      for (const [turn, reply] of replies.entries()) {
        const replied = after(said, (turn + 1) / (replies.length + 1), 1);
        actions.push({
          kind: 'comment',
          by: reply.by,
          on,
          words: reply,
          answers: words,
          at: replied,
        });
        likes(reply, replied, reply.likedBy ?? []);
      }
    }
  };

  for (const post of CAST_POSTS) {
    const at = momentOf(post.when, now);
    actions.push({ kind: 'post', by: post.by, post, at });
    if (post.before)
      actions.push({ kind: 'edit', by: post.by, post, at: at + post.before.minutes * MINUTE });
    const followers = Object.keys(CAST_FOLLOWS).filter(
      (name) => (following.get(`${name} ${post.by}`) ?? now) < at && chance(`${name} ${at}`) < 0.6,
    );
    likes(post, at, post.likedBy ?? followers);
    talk(post, at, post.comments);
  }

  for (const event of CAST_EVENTS) {
    const { by, likedBy = [], comments, answers, lately = {}, cancelled } = event;
    const at = momentOf(event.planned, now);
    actions.push({ kind: 'plan', by, event, at });
    likes(event, at, likedBy);
    talk(event, at, comments, 40);
    for (const [option, people] of Object.entries(answers))
      for (const [place, one] of people.entries())
        actions.push({
          kind: 'answer',
          by: one,
          event,
          option,
          at: after(at, (place + 0.5) / people.length, 60),
        });
    for (const [option, people] of Object.entries(lately))
      for (const [place, one] of people.entries())
        actions.push({
          kind: 'answer',
          by: one,
          event,
          option,
          at: now - (10 - place) * HOUR,
        });
    if (cancelled) actions.push({ kind: 'cancel', by, event, at: momentOf(cancelled, now) });
  }

  for (const chat of CAST_CHATS) {
    for (const message of chat.messages) {
      const at = momentOf(message.when, now);
      actions.push({ kind: 'write', by: message.by, chat, message, at });
      for (const [by, emoji] of Object.entries(message.reactions ?? {}))
        actions.push({ kind: 'react', by, message, emoji, at: at + MINUTE / 2 });
    }
    const message = chat.messages.at(-1)!;
    const at = momentOf(message.when, now) + MINUTE;
    for (const by of chat.readBy) actions.push({ kind: 'read', by, chat, message, at });
  }
  return actions.sort((one, other) => one.at - other.at);
}

/** In the evening, whichever day of the week it was. */
const arrivalOf = (name: string, now: number) =>
  startOfDay(now) - ARRIVALS[name]! * WEEK - WEEK + (18 + 3 * chance(name)) * HOUR;

function momentOf(when: When, now: number): number {
  const [, count = '', unit] = /^(\d+)([hm])$/.exec(when) ?? [];
  if (unit) return now - Number(count) * (unit === 'h' ? HOUR : MINUTE);
  const [, weeks, weekday = '', hours, minutes] = /^(\d+)w (\w{3}) (\d\d):(\d\d)$/.exec(when) ?? [];
  if (!weeks) throw new Error(`When is ${when}?`);
  const monday = startOfDay(now) - ((new Date(now).getUTCDay() + 6) % 7) * DAY;
  return (
    monday -
    (Number(weeks) + 1) * WEEK +
    WEEKDAYS.indexOf(weekday) * DAY +
    Number(hours) * HOUR +
    Number(minutes) * MINUTE
  );
}

/** As people write it: `2027-05-14`. */
export function dayOf(day: Day, now: number): string {
  const [weeks, weekday] = day.split('w ') as [string, string];
  const monday = startOfDay(now) - ((new Date(now).getUTCDay() + 6) % 7) * DAY;
  const moment = monday + Number(weeks) * WEEK + WEEKDAYS.indexOf(weekday) * DAY;
  return new Date(moment).toISOString().slice(0, 10);
}

const startOfDay = (moment: number) => moment - (moment % DAY);

/** From 0 up to, but not, 1; always the same for the same text. */
function chance(text: string): number {
  let mixed = 2166136261;
  for (const character of text) mixed = Math.imul(mixed ^ character.codePointAt(0)!, 16777619);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return ((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 32;
}
