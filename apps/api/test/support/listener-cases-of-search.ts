import { sql, type Transaction } from '../../src/platform/database/statements.js';
import {
  call,
  counted,
  deactivate,
  insertGroup,
  onlyPost,
  planIn,
  posts,
  publicPost,
  remark,
  type Case,
  type Scene,
} from './listener-cases.js';
import { insertPost } from './rows.js';

const indexedOf = ({ database, author, fan, group }: Scene) =>
  counted(
    database,
    sql`
    SELECT count(*) AS count FROM search_documents d
    WHERE d.author_id IN (${author}, ${fan}) OR d.scope_id = ${group ?? null}`,
  );

let documents = 0;
const insertDocument = (
  transaction: Transaction,
  authorId: string,
  { kind, id }: { kind: 'post' | 'comment'; id: string },
) =>
  transaction.run(sql`
    INSERT INTO search_documents (number, kind, subject_id, post_id, author_id)
    VALUES (${++documents}, ${kind}, ${id}, ${id}, ${authorId})`);

const hasDocument = async (transaction: Transaction, { author }: Scene): Promise<void> => {
  const id = await insertPost(transaction, author, 'public');
  await insertDocument(transaction, author, { kind: 'post', id });
};

export const CASES_OF_SEARCH: Record<string, Case> = {
  'search.index-post': {
    given: async () => undefined,
    announce: (node, { author }) =>
      posts('create')(node, [author, { content: 'Hello', audience: 'public' }]),
    found: indexedOf,
    before: 0,
    after: 1,
  },
  'search.index-post-and-comments': {
    given: hasDocument,
    announce: async (node, scene) => posts('delete')(node, [scene.author, await onlyPost(scene)]),
    found: indexedOf,
    before: 1,
    after: 0,
  },
  'search.index-comment': {
    given: publicPost,
    announce: async (node, scene) =>
      remark(node, [scene.fan, await onlyPost(scene), { content: 'Nice' }]),
    found: indexedOf,
    before: 0,
    after: 1,
  },
  'search.index-replies': {
    given: publicPost,
    announce: async (node, scene) => {
      const { id } = await remark(node, [scene.fan, await onlyPost(scene), { content: 'Nice' }]);
      await scene.database.transaction((transaction) =>
        insertDocument(transaction, scene.fan, { kind: 'comment', id }),
      );
      await call(
        'modules/posts/comments.service',
        'CommentsService',
        'delete',
      )(node, [scene.fan, id]);
    },
    found: indexedOf,
    before: 1,
    after: 0,
  },
  'search.index-event': {
    given: insertGroup,
    announce: planIn,
    found: indexedOf,
    before: 0,
    after: 1,
  },
  'search.index-person': {
    given: hasDocument,
    announce: (node, { author }) => deactivate(node, [author]),
    found: indexedOf,
    before: 1,
    after: 0,
  },
};
