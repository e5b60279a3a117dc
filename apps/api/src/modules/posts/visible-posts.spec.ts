import { canSeePost, postColumns } from '../../access/post.access.js';
import { narrowed } from '../../access/profile.access.js';
import { VisiblePosts, type NamedPosts } from '../../access/visible-posts.access.js';
import { sql, type Sql } from '../../platform/database/statements.js';
import type { PostsService } from './posts.service.js';

const rows = sql`posts p WHERE p.author_id = 'x'`;
const rule = canSeePost(sql`'viewer'`, postColumns(sql`p`));
const unchecked: Sql = sql`p.author_id <> 'x'`;

describe('posts of which a page is made', () => {
  it('ask the rule', () => {
    expect(VisiblePosts.among(rows, rule).sql.text).toContain(rule.text);
    expect(VisiblePosts.among(rows, narrowed(rule, unchecked)).sql.text).toContain(rule.text);
  });

  it('do not compile without it', () => {
    const attempts = [
      // @ts-expect-error An arbitrary condition is not a rule,
      () => VisiblePosts.among(rows, unchecked),
      // @ts-expect-error even combined with one, unless `narrowed` does it.
      () => VisiblePosts.among(rows, sql`${rule} OR ${unchecked}`),
      // @ts-expect-error An object of the same shape is not accepted,
      (): VisiblePosts => ({ sql: unchecked }),
      // @ts-expect-error nor can a page be made of one.
      (posts: PostsService) => posts.page('viewer', { posts: unchecked, values: {} }, 20),
    ];
    const allowed = (posts: PostsService, named: NamedPosts) => posts.page('viewer', named, 20);
    expect([...attempts, allowed]).toHaveLength(5);
  });
});
