import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.service.js';
import {
  anyNamed,
  named,
  shaped,
  sizeOf,
  Statement,
  type Reader,
  type Sql,
} from '../platform/database/statements.js';
import {
  hiddenCommentsByComment,
  hiddenCommentsByPerson,
  hiddenLikesByLike,
  hiddenLikesByPerson,
  hiddenRepliesByPerson,
  hiddenRepliesByReply,
} from './post-counts.access.js';

/** Something with counters that count everyone, and what `hiddenSizes` says of it. */
interface Counted {
  id: string;
  likeCount: number;
  hiddenFromViewer: number;
  hiddenFromAuthor: number;
}

/** By how many it is asked about. */
type Question = (size: number) => Sql;

const asked = (question: (viewer: Sql, ids: Sql) => Sql): Question =>
  shaped((size) => question(named('viewer'), anyNamed('ids', size)));

/** Two ways to count the same: along what was counted, or along who is hidden. */
const LIKES = { byCounted: asked(hiddenLikesByLike), byPerson: asked(hiddenLikesByPerson) };
const COMMENTS = {
  byCounted: asked(hiddenCommentsByComment),
  byPerson: asked(hiddenCommentsByPerson),
};
const REPLIES = { byCounted: asked(hiddenRepliesByReply), byPerson: asked(hiddenRepliesByPerson) };

/** Whoever is hidden from the viewer or from the post's author is not heard there. */
const hiddenOnPost = ({ hiddenFromViewer, hiddenFromAuthor }: Counted): number =>
  hiddenFromViewer + hiddenFromAuthor;

/** How many rows one statement looks at, about: it holds the event loop on SQLite. */
const LOOKED_AT = 1500;

/** Numbers as one viewer may know them: what people hidden from the viewer did is not counted. */
@Injectable()
export class VisibleCounts {
  constructor(private readonly database: Database) {}

  async ofPosts<Row extends Counted & { commentCount: number }>(
    viewerId: string,
    rows: Row[],
  ): Promise<Row[]> {
    const liked = await this.ofLikes(viewerId, rows);
    return this.without(viewerId, liked, 'commentCount', hiddenOnPost, COMMENTS);
  }

  async ofComments<Row extends Counted & { replyCount: number }>(
    viewerId: string,
    rows: Row[],
    reader?: Reader,
  ): Promise<Row[]> {
    const liked = await this.ofLikes(viewerId, rows, reader);
    return this.without(viewerId, liked, 'replyCount', hiddenOnPost, REPLIES, reader);
  }

  ofLikes<Row extends Pick<Counted, 'id' | 'likeCount' | 'hiddenFromViewer'>>(
    viewerId: string,
    rows: Row[],
    reader?: Reader,
  ): Promise<Row[]> {
    return this.without(
      viewerId,
      rows,
      'likeCount',
      ({ hiddenFromViewer }) => hiddenFromViewer,
      LIKES,
      reader,
    );
  }

  private async without<Name extends string, Row extends { id: string } & Record<Name, number>>(
    viewerId: string,
    rows: Row[],
    counter: Name,
    hiddenPeople: (row: Row) => number,
    { byCounted, byPerson }: { byCounted: Question; byPerson: Question },
    reader: Reader = this.database,
  ): Promise<Row[]> {
    const asked = rows
      .map((row) => ({ id: row.id, counted: row[counter], people: hiddenPeople(row) }))
      .filter(({ counted, people }) => counted > 0 && people > 0);
    if (!asked.length) return rows;
    const hidden = new Map<string, number>();
    const ask = async (question: Question, those: typeof asked) => {
      for (const ids of portionsOf(those))
        for (const row of await reader.many<{ subjectId: string; hidden: number }>(
          new Statement(question(sizeOf(ids)), { viewer: viewerId, ids }),
        ))
          hidden.set(row.subjectId, row.hidden);
    };
    await ask(
      byCounted,
      asked.filter(({ counted, people }) => counted <= people),
    );
    await ask(
      byPerson,
      asked.filter(({ counted, people }) => counted > people),
    );
    return rows.map((row) => ({
      ...row,
      // Somebody may have taken something back between the two statements.
      [counter]: Math.max(0, row[counter] - (hidden.get(row.id) ?? 0)),
    }));
  }
}

/** Ids that one statement can ask about; what is too much alone stands alone. */
function portionsOf(asked: { id: string; counted: number; people: number }[]): string[][] {
  const portions: string[][] = [];
  let looked = Infinity;
  for (const { id, counted, people } of asked) {
    const looks = Math.min(counted, people);
    if (looked + looks > LOOKED_AT) {
      portions.push([]);
      looked = 0;
    }
    portions.at(-1)!.push(id);
    looked += looks;
  }
  return portions;
}
