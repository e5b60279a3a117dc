import type { Photo } from '../photo.js';

/** `0w sun 10:15`: on Sunday of last week, `6w` six weeks before that. `3h`, `40m`: so long ago. */
export type When = string;

export interface CastPhoto extends Omit<Photo, 'scene'> {
  /** `bee` is a small animation */
  scene: Photo['scene'] | 'bee';
  alt: string;
}

export interface CastComment {
  by: string;
  content?: string;
  photo?: CastPhoto;
  likedBy?: string[];
  replies?: { by: string; content: string; likedBy?: string[] }[];
}

export interface CastPost {
  by: string;
  when: When;
  audience: 'public' | 'followers' | 'chosen' | 'unlisted' | 'group';
  /** The title of the group, for the audience `group` */
  group?: string;
  /** First names, for the audience `chosen` */
  chosen?: string[];
  title?: string;
  /** `@Name` mentions a member of the cast */
  content?: string;
  photos?: CastPhoto[];
  /** Without it, some of those who follow the author by then */
  likedBy?: string[];
  comments?: CastComment[];
  /** Shares the post with this title */
  shares?: string;
  /** Earlier words; `content` is what stands there now, so many minutes later */
  before?: { content: string; minutes: number };
}
