import type { Event } from '@echomate/contracts/events.dto';
import {
  cancel,
  change,
  eventOf,
  eventsOf,
  expectCountsOfEvents,
  groupOf,
  planned,
  respond,
} from '../support/events.js';
import { neighbourhood, type Person } from '../support/neighbourhood.js';

const town = neighbourhood();

let ada: Person;
let bruno: Person;
let groupId: string;
beforeAll(async () => {
  [ada, bruno] = [await town.newPerson('Ada'), await town.newPerson('Bruno')];
  groupId = (await groupOf(ada, bruno)).id;
});
afterEach(() => expectCountsOfEvents(town.app));

const options = (event: Event) =>
  event.options.map(({ title, answerCount, waitingCount }) => [title, answerCount, waitingCount]);

describe('an event that repeats', () => {
  it('has a date, with answers of its own, for each time', async () => {
    const first = await planned(ada, groupId, {
      title: 'Weekly',
      start: '2027-03-14T18:00',
      end: '2027-03-14T19:00',
      repeats: 'weekly',
      until: '2027-04-11',
    });
    const all = (
      await eventsOf(bruno, 'users/me/events?from=2027-03-01T00:00:00Z&to=2027-05-01T00:00:00Z')
    ).filter(({ seriesId }) => seriesId === first.seriesId);
    expect(all.map(({ startsAt }) => startsAt)).toEqual([
      '2027-03-14T17:00:00.000Z',
      '2027-03-21T17:00:00.000Z',
      '2027-03-28T16:00:00.000Z',
      '2027-04-04T16:00:00.000Z',
      '2027-04-11T16:00:00.000Z',
    ]);
    await respond(bruno, all[1]!).expect(200);
    expect(options(await eventOf(ada, all[0]!))[0]).toEqual(['Going', 0, 0]);
    expect(options(await eventOf(ada, all[1]!))[0]).toEqual(['Going', 1, 0]);
  });

  const series = async (values: Record<string, unknown>) => {
    const first = await planned(ada, groupId, values);
    const dates = async () => {
      const found = await eventsOf(
        bruno,
        'users/me/events?from=2027-01-01T00:00:00Z&to=2027-04-10T00:00:00Z&limit=100',
      );
      return found.filter(({ seriesId }) => seriesId === first.seriesId);
    };
    return { first, dates, starts: async () => (await dates()).map(({ start }) => start) };
  };

  const weekly = {
    start: '2027-01-04T18:00',
    end: '2027-01-04T19:00',
    repeats: 'weekly',
    until: '2027-01-25',
  };

  it('by month is on the last day where a month is too short', async () => {
    const { starts } = await series({
      start: '2027-01-31T18:00',
      end: null,
      repeats: 'monthly',
      until: '2027-04-01',
    });
    expect(await starts()).toEqual(['2027-01-31T18:00', '2027-02-28T18:00', '2027-03-31T18:00']);
  });

  it('moves or cancels one date alone', async () => {
    const { dates, starts } = await series(weekly);
    const [, second, third] = await dates();
    await change(ada, second!, { start: '2027-01-12T20:00' }).expect(200);
    await cancel(ada, third!).expect(200);
    expect(await starts()).toEqual([
      '2027-01-04T18:00',
      '2027-01-12T20:00',
      '2027-01-18T18:00',
      '2027-01-25T18:00',
    ]);
    expect((await dates()).map(({ cancelledAt }) => cancelledAt !== null)).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });

  it('moves or cancels a date and all later ones', async () => {
    const { dates, starts } = await series(weekly);
    const [, second, third] = await dates();
    await change(ada, second!, { start: '2027-01-12T20:00', scope: 'following' }).expect(200);
    expect(await starts()).toEqual(['2027-01-04T18:00', '2027-01-12T20:00', '2027-01-19T20:00']);
    await cancel(ada, third!, 'following').expect(200);
    expect((await dates()).map(({ cancelledAt }) => cancelledAt !== null)).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('goes on for longer or ends sooner; who answered a date that goes finds it cancelled', async () => {
    const { first, dates, starts } = await series(weekly);
    await change(ada, first, { until: '2027-02-08' }).expect(200);
    expect((await starts()).slice(3)).toEqual([
      '2027-01-25T18:00',
      '2027-02-01T18:00',
      '2027-02-08T18:00',
    ]);
    await respond(bruno, (await dates())[4]!).expect(200);
    await change(ada, first, { until: '2027-01-12' }).expect(200);
    expect((await dates()).map(({ start, cancelledAt }) => [start, cancelledAt !== null])).toEqual([
      ['2027-01-04T18:00', false],
      ['2027-01-11T18:00', false],
      ['2027-02-01T18:00', true],
    ]);
  });
});
