/** The light of a picture: sky from horizon to top, its sun or moon, and the colours of what is far and near. */
const LIGHTS = {
  dawn: {
    sky: ['#fbe3cf', '#f3b8a2', '#8d8fbd'],
    sun: '#fff3dc',
    far: '#c9a9bb',
    near: '#3b3452',
    green: '#6f7d6a',
  },
  day: {
    sky: ['#eef7f7', '#b3d9ec', '#5d9fd0'],
    sun: '#fffbe6',
    far: '#a7c3cd',
    near: '#2c5547',
    green: '#7fb069',
  },
  gold: {
    sky: ['#fdebbd', '#f5b971', '#b9685e'],
    sun: '#fff6cf',
    far: '#dd9f76',
    near: '#45293a',
    green: '#a5a04f',
  },
  dusk: {
    sky: ['#f5a880', '#a5608f', '#2d2a5c'],
    sun: '#ffdcae',
    far: '#8a5a88',
    near: '#15132c',
    green: '#3f4b52',
  },
  night: {
    sky: ['#2f4470', '#172546', '#090f22'],
    sun: '#f5eed6',
    far: '#31466e',
    near: '#060a14',
    green: '#1d3340',
  },
  mist: {
    sky: ['#f3f4ef', '#dbe3df', '#b4c5c5'],
    sun: '#ffffff',
    far: '#c5d0cd',
    near: '#2f4b48',
    green: '#8fa68d',
  },
} as const;

export type Light = keyof typeof LIGHTS;

export const SHAPES = {
  landscape: [1280, 854],
  portrait: [960, 1200],
  tall: [880, 1320],
  square: [1000, 1000],
  panorama: [1800, 720],
  banner: [1500, 500],
} as const;

export type Shape = keyof typeof SHAPES;

/** What a scene draws on; the same seed always gives the same picture. */
export class Canvas {
  readonly light;
  private state: number;
  private names = 0;

  constructor(
    readonly width: number,
    readonly height: number,
    light: Light,
    seed: number,
  ) {
    this.light = LIGHTS[light];
    this.state = seed * 7919 + 17;
  }

  /** From 0 up to, but not, 1. */
  chance(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  between(low: number, high: number): number {
    return low + this.chance() * (high - low);
  }

  /** A gradient and its `url(#…)`; stops are colours with an optional opacity. */
  gradient(stops: [string, number?][], { radial = false, across = false } = {}): [string, string] {
    const id = `g${this.names++}`;
    const inner = stops
      .map(
        ([colour, opacity = 1], at) =>
          `<stop offset="${at / (stops.length - 1)}" stop-color="${colour}" stop-opacity="${opacity}"/>`,
      )
      .join('');
    const element = radial
      ? `<radialGradient id="${id}">${inner}</radialGradient>`
      : `<linearGradient id="${id}" x2="${across ? 1 : 0}" y2="${across ? 0 : 1}">${inner}</linearGradient>`;
    return [`<defs>${element}</defs>`, `url(#${id})`];
  }

  /** The sky down to `horizon`, with its sun or moon. */
  sky(sunX = this.between(0.2, 0.8), sunY = 0.3): string {
    const { sky, sun } = this.light;
    const [horizon, middle, top] = sky;
    const [defs, fill] = this.gradient([[top], [middle], [horizon]]);
    const [glowDefs, glow] = this.gradient(
      [
        [sun, 0.85],
        [sun, 0.25],
        [sun, 0],
      ],
      { radial: true },
    );
    const [x, y, r] = [sunX * this.width, sunY * this.height, this.short * 0.055];
    return `${defs}${glowDefs}<rect width="${this.width}" height="${this.height}" fill="${fill}"/>
      <circle cx="${x}" cy="${y}" r="${r * 6}" fill="${glow}"/><circle cx="${x}" cy="${y}" r="${r}" fill="${sun}"/>`;
  }

  stars(count: number): string {
    return Array.from({ length: count }, () => {
      const size = this.between(0.4, 1) ** 3 * this.short * 0.0032;
      return `<circle cx="${this.chance() * this.width}" cy="${this.chance() * this.height * 0.75}" r="${size}" fill="#e8edff" opacity="${this.between(0.4, 1)}"/>`;
    }).join('');
  }

  clouds(count: number, y: number): string {
    return Array.from({ length: count }, () => {
      const [x, top, size] = [
        this.chance() * this.width,
        (y + this.between(-0.1, 0.1)) * this.height,
        this.between(0.1, 0.2) * this.width,
      ];
      return `<g fill="#ffffff" opacity="${this.between(0.25, 0.5)}">
        <rect x="${x - size}" y="${top}" width="${size * 2}" height="${size * 0.2}" rx="${size * 0.1}"/>
        <rect x="${x - size * 0.55}" y="${top - size * 0.13}" width="${size}" height="${size * 0.25}" rx="${size * 0.12}"/>
        <rect x="${x}" y="${top + size * 0.1}" width="${size * 1.4}" height="${size * 0.16}" rx="${size * 0.08}"/></g>`;
    }).join('');
  }

  /** The line of mountains or hills: heights at evenly spaced points from left to right. */
  line(y: number, rise: number, roughness: number): [number, number][] {
    const waves = [1, 2, 3, 5, 8, 13, 21, 34].map((frequency, at) => ({
      frequency: frequency * this.between(0.7, 1.3),
      phase: this.chance() * 7,
      height: roughness ** at,
    }));
    const sum = waves.reduce((total, { height }) => total + height, 0);
    return Array.from({ length: 161 }, (_, at) => {
      const along = at / 160;
      const up = waves.reduce((total, { frequency, phase, height }) => {
        const wave = Math.sin(along * frequency * 3.2 * (this.width / this.height) ** 0.5 + phase);
        return total + height * (roughness > 0.5 ? 1 - 2 * Math.abs(wave) : wave);
      }, 0);
      return [along * this.width, (y - (up / sum) * rise) * this.height];
    });
  }

  /** Everything below a line. */
  below(line: [number, number][], fill: string): string {
    const points = line.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join(' L');
    return `<path d="M${points} L${this.width} ${this.height} L0 ${this.height} Z" fill="${fill}"/>`;
  }

  get short(): number {
    return Math.min(this.width, this.height);
  }
}

/** The colour on the way from one to another. */
export function mixed(from: string, to: string, share: number): string {
  const parts = [from, to].map((colour) =>
    [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)),
  ) as [number[], number[]];
  return `#${parts[0]
    .map((part, at) =>
      Math.round(part + (parts[1][at]! - part) * share)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}
