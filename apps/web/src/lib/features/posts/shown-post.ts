import type { Post, SharedPost } from '@echomate/contracts/posts.dto';
import { eventPath } from '#lib/features/events/event-path.ts';
import { nameOf } from '#lib/features/follows/person.ts';
import * as m from '#lib/generated/messages.js';
import { postPath } from './post-path.ts';

/** What a post and the original of a share have. The post of an event may be without an author. */
export type ShownPost = Pick<Post, keyof SharedPost> & Partial<Pick<Post, 'event'>>;

/** Where it is shown whole: an event's post, with its comments, on the event's own page. */
export const wholePath = ({ id, event }: ShownPost) => (event ? eventPath(event.id) : postPath(id));

/** How a post and what one can do with it are called, for those who don't see it. */
export const namesOf = ({ author, event }: ShownPost) => {
  if (event) {
    const { title } = event;
    return {
      post: m.events_named({ title }),
      more: m.events_more_named({ title }),
      like: m.events_like_named({ title }),
      comment: m.events_comment_named({ title }),
      comments: m.events_comments_on({ title }),
    };
  }
  const name = author ? nameOf(author) : m.posts_someone();
  return {
    post: m.posts_by({ name }),
    more: m.posts_more({ name }),
    like: m.posts_like_named({ name }),
    comment: m.posts_comment_named({ name }),
    comments: m.posts_comments_on({ name }),
  };
};
