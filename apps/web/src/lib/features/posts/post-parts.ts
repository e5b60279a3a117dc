import type { Component } from 'svelte';
import type { Viewer } from '@echomate/contracts/auth.dto';
import type { Post } from '@echomate/contracts/posts.dto';

/** What a post opens over the page. */
export interface PostPartProps {
  post: Post;
  viewer: Viewer;
  onclose: () => void;
  onchanged: (post: Post) => void;
}

export type PostPart = 'likes' | 'shares' | 'share' | 'edit' | 'audience' | 'seen-by';

type Load = () => Promise<{ default: Component<PostPartProps> }>;

/** Fetched when they are first wanted: a feed that is only read does not carry them. */
export const postParts: Record<PostPart, Load> = {
  likes: () => import('./likes-dialog.svelte'),
  shares: () => import('./shares-dialog.svelte'),
  share: () => import('./share-dialog.svelte'),
  edit: () => import('./edit-dialog.svelte'),
  audience: () => import('./audience-dialog.svelte'),
  'seen-by': () => import('./seen-by-dialog.svelte'),
};
