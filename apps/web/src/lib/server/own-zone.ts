import type { RequestEvent } from '@sveltejs/kit';
import type { ApiResult } from './api.ts';
import { saveInsightSettings } from '#lib/features/insights/insights-api.ts';
import { UNKNOWN_READER } from '#lib/reader.ts';
import { readerOf } from './reader.ts';

/** Days begin where the reader is: another zone is told first. */
export const inOwnZone = async <Data extends { zone: string }>(
  event: RequestEvent,
  read: () => Promise<ApiResult<Data>>,
): Promise<ApiResult<Data>> => {
  const answer = await read();
  const { zone } = readerOf(event);
  if (!answer.ok || zone === answer.data.zone || zone === UNKNOWN_READER.zone) return answer;
  const saved = await saveInsightSettings(event.locals.api, { zone });
  return saved.ok ? read() : answer;
};
