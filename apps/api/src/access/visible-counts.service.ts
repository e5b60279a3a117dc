import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.service.js';
import { FIRST_ID, LAST_ID } from '../platform/database/ids.js';
import {
  anyNamed,
  named,
  shaped,
  sizeOf,
  sql,
  Statement,
  type Reader,
  type Sql,
} from '../platform/database/statements.js';
import {
  answersOfHidden,
  commentsOfHidden,
  endOfPortion,
  followersHidden,
  followingHidden,
  hiddenAmongComments,
  hiddenAmongLikes,
  hiddenAmongReplies,
  likesOfHidden,
  membersHidden,
  repliesOfHidden,
  type Likeable,
} from './hidden-counts.access.js';

/** How many people or counted rows one statement reads at most: on SQLite it blocks the event loop. */
const LOOKED_AT = 1000;

const viewer = named('viewer');
const subject = named('subject');
const postAuthor = named('postAuthor');
const after = named('after');
const portion = { after, upTo: named('upTo') };

const hidden = (count: Sql): Sql => sql`SELECT ${count} AS hidden`;
const ends = (from: Sql[]): Sql => endOfPortion(from, { after }, LOOKED_AT);

/** The queries that count what is hidden of a subject. */
interface Question {
  /** Over all counted rows, in one statement */
  alongCounted?: Sql;
  /** Over a portion of the hidden people */
  alongPeople: Sql;
  endOfPortion: Sql;
}

const likesOf = (kind: Likeable): Question => ({
  alongCounted: hidden(hiddenAmongLikes(kind, viewer, subject)),
  alongPeople: hidden(likesOfHidden(kind, viewer, subject, portion)),
  endOfPortion: ends([viewer]),
});

const LIKES = { post: likesOf('post'), comment: likesOf('comment') };

const countedPost = { id: subject, authorId: postAuthor };
const COMMENTS: Question = {
  alongCounted: hidden(hiddenAmongComments(viewer, countedPost)),
  alongPeople: hidden(commentsOfHidden(viewer, countedPost, portion)),
  endOfPortion: ends([viewer, postAuthor]),
};

const countedComment = { id: subject, postId: named('post'), postAuthorId: postAuthor };
const REPLIES: Question = {
  alongCounted: hidden(hiddenAmongReplies(viewer, countedComment)),
  alongPeople: hidden(repliesOfHidden(viewer, countedComment, portion)),
  endOfPortion: ends([viewer, postAuthor]),
};

const FOLLOWERS: Question = {
  alongPeople: hidden(followersHidden(viewer, subject, portion)),
  endOfPortion: ends([viewer]),
};

const FOLLOWING: Question = {
  alongPeople: hidden(followingHidden(viewer, subject, portion)),
  endOfPortion: ends([viewer]),
};

const MEMBERS: Question = {
  alongPeople: hidden(membersHidden(viewer, subject, portion)),
  endOfPortion: ends([viewer]),
};

const ANSWERS = shaped((size: number) => answersOfHidden(viewer, anyNamed('ids', size), portion));

/** Of the answers to an option, those of people hidden from the viewer. */
export interface HiddenAnswers {
  eventId: string;
  optionId: string;
  isWaiting: boolean | number;
  hidden: number;
}

interface Liked {
  id: string;
  likeCount: number;
  hiddenLikes: number | null;
}

interface CountedPost extends Liked {
  authorId: string | null;
  commentCount: number;
  hiddenComments: number | null;
}

interface CountedComment extends Liked {
  postId: string;
  postAuthorId: string | null;
  replyCount: number;
  hiddenReplies: number | null;
}

/** The numbers are null if the viewer may not see the profile. */
interface CountedPerson {
  id: string;
  followerCount: number | null;
  hiddenFollowers: number | null;
  followingCount: number | null;
  hiddenFollowing: number | null;
}

interface CountedGroup {
  id: string;
  memberCount: number;
  hiddenMembers: number | null;
}

/**
 * Counts as one viewer may see them. Rows come with counters that include everyone, and with how much of that is hidden
 * from the viewer; where that is null (see `hidden-counts.access.ts`), it is counted here.
 */
@Injectable()
export class VisibleCounts {
  constructor(private readonly database: Database) {}

  ofPosts<Row extends CountedPost>(viewerId: string, rows: Row[]): Promise<Row[]> {
    return inTurn(rows, async (row) => {
      const values = { viewer: viewerId, subject: row.id, postAuthor: row.authorId };
      return {
        ...row,
        likeCount: await this.likes(viewerId, 'post', row),
        commentCount: await this.visible(row.commentCount, row.hiddenComments, COMMENTS, values),
      };
    });
  }

  ofComments<Row extends CountedComment>(viewerId: string, rows: Row[]): Promise<Row[]> {
    return inTurn(rows, async (row) => {
      const { postId: post, postAuthorId: postAuthor } = row;
      const values = { viewer: viewerId, subject: row.id, post, postAuthor };
      return {
        ...row,
        likeCount: await this.likes(viewerId, 'comment', row),
        replyCount: await this.visible(row.replyCount, row.hiddenReplies, REPLIES, values),
      };
    });
  }

  async ofPerson(viewerId: string, row: CountedPerson) {
    const { id, followerCount, hiddenFollowers, followingCount, hiddenFollowing } = row;
    if (followerCount === null || followingCount === null) return null;
    const values = { viewer: viewerId, subject: id };
    return {
      followerCount: await this.visible(followerCount, hiddenFollowers, FOLLOWERS, values),
      followingCount: await this.visible(followingCount, hiddenFollowing, FOLLOWING, values),
    };
  }

  members(
    viewerId: string,
    { id, memberCount, hiddenMembers }: CountedGroup,
  ): number | Promise<number> {
    const values = { viewer: viewerId, subject: id };
    return this.visible(memberCount, hiddenMembers, MEMBERS, values);
  }

  /** What to subtract from the counters of these events' options. One option may have several rows. */
  async hiddenAnswers(viewerId: string, eventIds: string[]): Promise<HiddenAnswers[]> {
    const found: HiddenAnswers[] = [];
    if (!eventIds.length) return found;
    const values = { viewer: viewerId, ids: eventIds };
    for (let after: string | null = FIRST_ID; after !== null;) {
      const end: string | null = await this.endOf(MEMBERS.endOfPortion, {
        viewer: viewerId,
        after,
      });
      const part = { ...values, after, upTo: end ?? LAST_ID };
      found.push(
        ...(await this.database.many<HiddenAnswers>(
          new Statement(ANSWERS(sizeOf(eventIds)), part),
        )),
      );
      after = end;
    }
    return found;
  }

  likes(viewerId: string, kind: Likeable, row: Liked, reader?: Reader): number | Promise<number> {
    const values = { viewer: viewerId, subject: row.id };
    return this.visible(row.likeCount, row.hiddenLikes, LIKES[kind], values, reader);
  }

  private visible(
    counted: number,
    known: number | null,
    question: Question,
    values: Record<string, string | null>,
    reader: Reader = this.database,
  ): number | Promise<number> {
    return known === null
      ? this.lookedAt(counted, question, values, reader)
      : // A like or comment may have been removed between the two statements.
        Math.max(0, counted - known);
  }

  private async lookedAt(
    counted: number,
    { alongCounted, alongPeople, endOfPortion }: Question,
    values: Record<string, string | null>,
    reader: Reader,
  ): Promise<number> {
    const count = async (query: Sql, portion?: { after: string; upTo: string }) =>
      (await reader.one<{ hidden: number }>(new Statement(query, { ...values, ...portion })))!
        .hidden;
    if (alongCounted && counted <= LOOKED_AT) return counted - (await count(alongCounted));
    let rest = counted;
    for (let after: string | null = FIRST_ID; after !== null;) {
      const end: string | null = await this.endOf(endOfPortion, { ...values, after }, reader);
      rest -= await count(alongPeople, { after, upTo: end ?? LAST_ID });
      after = end;
    }
    return Math.max(0, rest);
  }

  /** The last person of the next portion; null if it is the last one. */
  private async endOf(
    portionEnd: Sql,
    values: Record<string, string | null>,
    reader: Reader = this.database,
  ): Promise<string | null> {
    return (await reader.one<{ id: string }>(new Statement(portionEnd, values)))?.id ?? null;
  }
}

/** Sequential: statements that run together block the event loop for longer. */
async function inTurn<Row>(rows: Row[], change: (row: Row) => Promise<Row>): Promise<Row[]> {
  const changed: Row[] = [];
  for (const row of rows) changed.push(await change(row));
  return changed;
}
