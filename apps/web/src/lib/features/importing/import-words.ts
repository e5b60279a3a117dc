import type { ArchiveFault, DataImport, LeftOutReason } from '@echomate/contracts/importing.dto';
import * as m from '#lib/generated/messages.js';

export const FAULTS: Record<ArchiveFault, () => string> = {
  'not-an-archive': m.importing_fault_not_an_archive,
  'archive-unsafe': m.importing_fault_unsafe,
  'archive-too-large': m.importing_fault_too_large,
  'archive-broken': m.importing_fault_broken,
  'archive-of-others': m.importing_fault_of_others,
  'archive-photo': m.importing_fault_photo,
  'archive-from-here': m.importing_fault_from_here,
};

const LEFT_OUT: Record<LeftOutReason, (values: { count: number }) => string> = {
  'storage-full': m.importing_left_storage_full,
  'no-videos': m.importing_left_no_videos,
  unreadable: m.importing_left_unreadable,
  'not-ready': m.importing_left_not_ready,
  'nothing-left': m.importing_left_nothing,
  'shared-only': m.importing_left_shared,
};

/** What has come, a line for each kind of thing. */
export const importedLines = ({ imported }: DataImport): string[] =>
  [
    { count: imported.posts, words: m.importing_posts },
    { count: imported.media, words: m.importing_media },
    { count: imported.groups, words: m.importing_groups },
  ].flatMap(({ count, words }) => (count > 0 ? words({ count }) : []));

/** What has not, or not as it was, and why. */
export const otherLines = ({ total, dealtWith, narrowed, leftOut }: DataImport): string[] => [
  ...(total > dealtWith ? [m.importing_known({ count: total - dealtWith })] : []),
  ...(narrowed > 0 ? [m.importing_narrowed({ count: narrowed })] : []),
  ...leftOut.map(({ why, count }) => LEFT_OUT[why]({ count })),
  m.importing_left_always(),
];
