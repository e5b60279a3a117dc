import type { Viewer } from '@echomate/contracts/auth.dto';
import type { Post } from '@echomate/contracts/posts.dto';

/** The dialogs that a post opens. */
export interface PostPartProps {
  post: Post;
  viewer: Viewer;
  onclose: () => void;
  onchanged: (post: Post) => void;
  /** The post is gone from this page. */
  onremoved: () => void;
}

export type PostPart =
  'likes' | 'shares' | 'share' | 'edit' | 'audience' | 'seen-by' | 'block' | 'report';
