import type { Component } from 'svelte';
import type { PostPart, PostPartProps } from '../post-part.ts';

type Load = () => Promise<{ default: Component<PostPartProps> }>;

/** The dialogs that a post opens, loaded when first used: a feed that is only read does not need them. */
export const postParts: Record<PostPart, Load> = {
  likes: () => import('../reactions/likes-dialog.svelte'),
  shares: () => import('../reactions/shares-dialog.svelte'),
  share: () => import('../reactions/share-dialog.svelte'),
  edit: () => import('../composer/edit-dialog.svelte'),
  audience: () => import('../audience/audience-dialog.svelte'),
  'seen-by': () => import('../audience/seen-by-dialog.svelte'),
  block: () => import('./block-dialog.svelte'),
  report: () => import('./report-dialog.svelte'),
};
