/** The end of an axis on which this is the highest number: round, so that its half is one too. */
export const topOf = (highest: number, least: number): number => {
  const wanted = Math.max(highest, least);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = [1, 2, 5, 10].find((one) => one * power >= wanted)!;
  return step * power;
};

/** As attributes of an SVG take it. */
export const percent = (part: number): string => `${Number((part * 100).toFixed(3))}%`;

/** So many bars are wide enough for what stands below the last one. */
export const MOST_WIDE = 14;

/** How much of a chart's width the bars take, from the left; the numbers of its axis stand beside them. */
const BARS_PART = 0.93;

/** A bar among others: where it begins and how wide it is, as parts of the whole. */
export const placeOf = (at: number, count: number) => {
  const step = BARS_PART / count;
  const gap = count > MOST_WIDE ? 0.22 : 0.34;
  return {
    left: at * step + (step * gap) / 2,
    width: step * (1 - gap),
    middle: (at + 0.5) * step,
    step,
  };
};
