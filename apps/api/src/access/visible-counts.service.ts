import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.service.js';
import { FIRST_ID, LAST_ID } from '../platform/database/ids.js';
import { named, sql, Statement, type Reader, type Sql } from '../platform/database/statements.js';
import {
  commentsOfHidden,
  endOfPortion,
  followersHidden,
  followingHidden,
  hiddenAmongComments,
  hiddenAmongLikes,
  hiddenAmongReplies,
  likesOfHidden,
  repliesOfHidden,
} from './hidden-counts.access.js';

/** At how many people or counted things one statement looks: it holds the event loop on SQLite. */
const LOOKED_AT = 1000;

const viewer = named('viewer');
const subject = named('subject');
const postAuthor = named('postAuthor');
const after = named('after');
const portion = { after, upTo: named('upTo') };

const hidden = (count: Sql): Sql => sql`SELECT ${count} AS hidden`;
const ends = (from: Sql[]): Sql => endOfPortion(from, { after }, LOOKED_AT);

/** How to count what is hidden, for a subject. */
interface Question {
  /** Along what was counted, at once */
  alongCounted?: Sql;
  /** Along a portion of the people who are hidden */
  alongPeople: Sql;
  endOfPortion: Sql;
}

const LIKES: Question = {
  alongCounted: hidden(hiddenAmongLikes(viewer, subject)),
  alongPeople: hidden(likesOfHidden(viewer, subject, portion)),
  endOfPortion: ends([viewer]),
};

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

interface Liked {
  id: string;
  likeCount: number;
  hiddenLikes: number | null;
}

interface CountedPost extends Liked {
  authorId: string;
  commentCount: number;
  hiddenComments: number | null;
}

interface CountedComment extends Liked {
  postId: string;
  postAuthorId: string;
  replyCount: number;
  hiddenReplies: number | null;
}

/** Without numbers the profile is closed to the viewer. */
interface CountedPerson {
  id: string;
  followerCount: number | null;
  hiddenFollowers: number | null;
  followingCount: number | null;
  hiddenFollowing: number | null;
}

/**
 * Numbers as one viewer may know them. Rows come with counters that count everyone and with how many of that are
 * hidden from the viewer, unless there is much to look at (see `hidden-counts.access.ts`): that is counted here.
 */
@Injectable()
export class VisibleCounts {
  constructor(private readonly database: Database) {}

  ofPosts<Row extends CountedPost>(viewerId: string, rows: Row[]): Promise<Row[]> {
    return inTurn(rows, async (row) => {
      const values = { viewer: viewerId, subject: row.id, postAuthor: row.authorId };
      return {
        ...row,
        likeCount: await this.likes(viewerId, row),
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
        likeCount: await this.likes(viewerId, row),
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

  likes(viewerId: string, row: Liked, reader?: Reader): number | Promise<number> {
    const values = { viewer: viewerId, subject: row.id };
    return this.visible(row.likeCount, row.hiddenLikes, LIKES, values, reader);
  }

  private visible(
    counted: number,
    known: number | null,
    question: Question,
    values: Record<string, string>,
    reader: Reader = this.database,
  ): number | Promise<number> {
    return known === null
      ? this.lookedAt(counted, question, values, reader)
      : // Somebody may have taken something back between two statements.
        Math.max(0, counted - known);
  }

  private async lookedAt(
    counted: number,
    { alongCounted, alongPeople, endOfPortion }: Question,
    values: Record<string, string>,
    reader: Reader,
  ): Promise<number> {
    const count = async (query: Sql, portion?: { after: string; upTo: string }) =>
      (await reader.one<{ hidden: number }>(new Statement(query, { ...values, ...portion })))!
        .hidden;
    if (alongCounted && counted <= LOOKED_AT) return counted - (await count(alongCounted));
    let rest = counted;
    for (let after: string | null = FIRST_ID; after !== null;) {
      const end: { id: string } | null = await reader.one(
        new Statement(endOfPortion, { ...values, after }),
      );
      rest -= await count(alongPeople, { after, upTo: end?.id ?? LAST_ID });
      after = end?.id ?? null;
    }
    return Math.max(0, rest);
  }
}

/** One after the other: statements that run together hold the event loop longer. */
async function inTurn<Row>(rows: Row[], change: (row: Row) => Promise<Row>): Promise<Row[]> {
  const changed: Row[] = [];
  for (const row of rows) changed.push(await change(row));
  return changed;
}
