import type { ImportedCounts, DataImport } from '@echomate/contracts/importing.dto';
import type { Import, Tally, ThingKind } from './entities/import.entity.js';

const IN_CONTRACT: Record<ThingKind, keyof ImportedCounts> = {
  profile: 'profile',
  picture: 'pictures',
  group: 'groups',
  post: 'posts',
  media: 'media',
};

export function toImport(row: Import): DataImport {
  const imported: ImportedCounts = { profile: 0, pictures: 0, groups: 0, posts: 0, media: 0 };
  const leftOut = new Map<string, DataImport['leftOut'][number]>();
  let [dealtWith, narrowed] = [0, 0];
  for (const { kind, leftOut: why, isNarrowed, count: some } of JSON.parse(row.tally) as Tally[]) {
    if (kind === 'group' || kind === 'post') dealtWith += some;
    if (isNarrowed) narrowed += some;
    if (why === null) imported[IN_CONTRACT[kind]] += some;
    else leftOut.set(why, { why, count: (leftOut.get(why)?.count ?? 0) + some });
  }
  return {
    id: row.id,
    state: row.state,
    refusal: row.fault === null ? null : { fault: row.fault, file: row.faultFile },
    from: row.origin === null ? null : new URL(row.origin).host,
    name: row.name,
    total: row.total,
    dealtWith,
    imported,
    leftOut: [...leftOut.values()].toSorted((one, other) => one.why.localeCompare(other.why)),
    narrowed,
    createdAt: row.createdAt,
    finishedAt: row.finishedAt,
  };
}
