import { messageOf, startModule } from '../children.ts';
import type { Flood } from '../entry.ts';
import type { LoadOptions, Measurement } from './main.ts';

const LOAD_MAIN = new URL('./main.ts', import.meta.url);

export async function measure(options: LoadOptions): Promise<Measurement> {
  const measurement = await messageOf<Measurement>(startModule(LOAD_MAIN, options));
  assertExpected(measurement, [200, 201]);
  if (!measurement.perSecond) throw new Error('Nothing was answered in time; take more seconds.');
  return measurement;
}

/** Measures during the flood, and counts the results of the flood too. */
export async function measureInFlood(options: LoadOptions, flood: Flood) {
  const { requests, connections, perSecond, expected } = flood;
  const others = startModule(LOAD_MAIN, {
    url: options.url,
    requests,
    connections,
    perSecond,
    warmUpSeconds: 0,
    seconds: null,
  } satisfies LoadOptions);
  const measurement = await measure(options);
  others.send('stop');
  return { measurement, flood: assertExpected(await messageOf<Measurement>(others), expected) };
}

function assertExpected(measurement: Measurement, expected: number[]): Measurement {
  const { statuses, errors } = measurement;
  const isExpected = (status: string) => expected.includes(Number(status));
  if (errors.length || !Object.keys(statuses).every(isExpected)) {
    throw new Error(
      `Answers other than ${expected.join(' and ')}: ${JSON.stringify(statuses)} ${errors.join('; ')}`,
    );
  }
  return measurement;
}
