import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { Event, EventOptionRequest, Repetition } from '@echomate/contracts/events.dto';
import { LIMITS } from '@echomate/contracts/limits';
import { eventPath } from '#lib/features/events/event-path.ts';
import type { ApiResult } from './api.ts';
import { refuse, textsOf, toLoginIfSignedOut } from './forms.ts';
import { readerOf } from './reader.ts';

const FIELDS = [
  ...['title', 'description', 'place', 'startDay', 'startTime', 'endDay', 'endTime'],
  ...['zone', 'repeats', 'until', 'scope'],
];
const OPTIONS = Array.from({ length: LIMITS.event.maxOptions }, (_, index) => `option${index}`);
const OPTION_FIELDS = OPTIONS.flatMap((name) => [name, `${name}Id`, `${name}Places`]);

export interface WantedEvent {
  title: string;
  description: string;
  place: string;
  start: string;
  end: string | null;
  zone: string;
  repeats: Repetition | null;
  until: string | null;
  options: EventOptionRequest[];
}

/** All zones, the reader's own first. */
export const zonesFor = (event: RequestEvent): string[] => [
  ...new Set([readerOf(event).zone, ...Intl.supportedValuesOf('timeZone'), 'UTC']),
];

/** Which field of the form says what the api says of one of its own. */
const fieldOf = (field: string): string => {
  if (field === 'start' || field === 'end') return `${field}Day`;
  return field.startsWith('options.') ? 'options' : field;
};

/** Creates or changes an event. */
export const saveEvent = async (
  event: RequestEvent,
  form: FormData,
  save: (wanted: WantedEvent) => Promise<ApiResult<Event>>,
) => {
  const values = textsOf(form, [...FIELDS, ...OPTION_FIELDS]);
  const wanted: WantedEvent = {
    title: values.title!,
    description: values.description!,
    place: values.place!,
    start: `${values.startDay}T${values.startTime}`,
    end:
      values.endDay || values.endTime
        ? `${values.endDay || values.startDay}T${values.endTime}`
        : null,
    zone: values.zone!,
    repeats: (values.repeats || null) as Repetition | null,
    until: values.until || null,
    options: OPTIONS.filter((name) => values[name]!.trim()).map((name) => {
      const [id, places] = [values[`${name}Id`], values[`${name}Places`]];
      return {
        title: values[name]!,
        capacity: places ? Number(places) : null,
        ...(id && { id }),
      };
    }),
  };
  const answer = await save(wanted);
  if (answer.ok) redirect(303, eventPath(answer.data.id));
  toLoginIfSignedOut(event, answer);
  const errors: Record<string, string> = {};
  for (const [field, error] of Object.entries(answer.errors)) errors[fieldOf(field)] ??= error;
  return refuse({ ...answer, errors }, { ...values, options: '' });
};
