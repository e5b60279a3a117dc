import { mixed, type Canvas } from './canvas.js';

/** Layers from far to near, each sinking into mist. */
function layers(
  canvas: Canvas,
  {
    from,
    to,
    count,
    rise,
    roughness,
  }: Record<'from' | 'to' | 'count' | 'rise' | 'roughness', number>,
  colours: { far: string; near: string } = canvas.light,
): string {
  return Array.from({ length: count }, (_, at) => {
    const share = count > 1 ? at / (count - 1) : 1;
    const colour = mixed(colours.far, colours.near, share ** 1.2);
    const [defs, fill] = canvas.gradient([
      [colour],
      [mixed(colour, canvas.light.sky[0], 0.35 * (1 - share))],
    ]);
    const line = canvas.line(from + (to - from) * share, rise * (0.6 + share * 0.5), roughness);
    return defs + canvas.below(line, fill);
  }).join('');
}

const spruce = (x: number, y: number, height: number, fill: string) => {
  const tier = (top: number, bottom: number, half: number) =>
    `M${x} ${y - height * top} L${x + height * half} ${y - height * bottom} L${x - height * half} ${y - height * bottom} Z`;
  return `<path d="${tier(1, 0.62, 0.13)} ${tier(0.8, 0.36, 0.19)} ${tier(0.56, 0.06, 0.25)} M${x - height * 0.03} ${y - height * 0.08} h${height * 0.06} v${height * 0.1} h${-height * 0.06} Z" fill="${fill}"/>`;
};

/** Spruces along a line, and the ground under them. */
function wood(canvas: Canvas, y: number, size: number, fill: string, density = 1): string {
  const line = canvas.line(y, 0.03, 0.4);
  const count = Math.round((canvas.width / (size * canvas.short)) * 4.5 * density);
  const trees = Array.from({ length: count }, () => {
    const [x, ground] = line[Math.floor(canvas.chance() * line.length)]!;
    return spruce(
      x,
      ground + canvas.short * 0.01,
      size * canvas.short * canvas.between(0.6, 1.1),
      fill,
    );
  });
  return trees.join('') + canvas.below(line, fill);
}

const glitter = (canvas: Canvas, x: number, horizon: number) =>
  Array.from({ length: 46 }, (_, at) => {
    const depth = at / 46;
    const half = canvas.short * (0.02 + depth * 0.16) * canvas.between(0.3, 1);
    const y = horizon + (canvas.height - horizon) * depth ** 1.3;
    const left = x - half + canvas.between(-0.5, 0.5) * half;
    return `<rect x="${left}" y="${y}" width="${half * 2}" height="${canvas.short * (0.002 + depth * 0.005)}" rx="3" fill="${canvas.light.sun}" opacity="${0.75 - depth * 0.45}"/>`;
  }).join('');

const boat = (x: number, y: number, size: number) =>
  `<g transform="translate(${x} ${y}) scale(${size})"><path d="M-60 0 H60 L42 22 H-44 Z" fill="#8d3b2f"/>
   <path d="M4 -8 V-120 L58 -12 Z" fill="#fff8ea"/><path d="M-4 -8 V-100 L-46 -14 Z" fill="#f0e2c8"/></g>`;

const house = (x: number, y: number, size: number, wall: string, roof: string, lit = '#ffd98a') =>
  `<g transform="translate(${x} ${y}) scale(${size})"><rect x="-40" y="-46" width="80" height="50" fill="${wall}"/>
   <path d="M-50 -44 L0 -86 L50 -44 Z" fill="${roof}"/><rect x="-24" y="-32" width="16" height="18" fill="${lit}"/><rect x="8" y="-32" width="16" height="36" fill="${roof}"/></g>`;

/** The sun stands where the water glitters. */
const SUN = 0.62;

export const LANDSCAPES = {
  mountains: (canvas: Canvas) =>
    canvas.sky() + layers(canvas, { from: 0.5, to: 0.95, count: 6, rise: 0.14, roughness: 0.62 }),

  lake(canvas: Canvas): string {
    const horizon = 0.58 * canvas.height;
    const shore =
      canvas.sky(SUN, 0.26) +
      layers(canvas, { from: 0.46, to: 0.56, count: 3, rise: 0.14, roughness: 0.6 }) +
      wood(canvas, 0.575, 0.07, canvas.light.near);
    const [defs, water] = canvas.gradient([
      [canvas.light.sky[1], 0.1],
      [canvas.light.sky[2], 0.85],
    ]);
    return `${shore}${defs}<clipPath id="water"><rect y="${horizon}" width="${canvas.width}" height="${canvas.height}"/></clipPath>
      <g clip-path="url(#water)"><g transform="translate(0 ${2 * horizon}) scale(1 -1)">${shore}</g>
      <rect y="${horizon}" width="${canvas.width}" height="${canvas.height - horizon}" fill="${water}"/>
      ${glitter(canvas, SUN * canvas.width, horizon)}</g>`;
  },

  fields(canvas: Canvas): string {
    const { green, near, sky } = canvas.light;
    const colours = [
      mixed(green, sky[0], 0.55),
      mixed(green, '#e6d27a', 0.5),
      mixed(green, sky[0], 0.15),
      mixed(green, '#d9b84f', 0.45),
      mixed(green, near, 0.35),
    ];
    const hills = colours.map((colour, at) => {
      const line = canvas.line(0.52 + at * 0.1, 0.05 + at * 0.008, 0.3);
      const [defs, fill] = canvas.gradient([[colour], [mixed(colour, near, 0.28)]]);
      const trees = Array.from({ length: 7 - at }, () => {
        const [x, y] = line[Math.floor(canvas.chance() * line.length)]!;
        const size = canvas.short * (0.012 + at * 0.008) * canvas.between(0.7, 1.3);
        return `<ellipse cx="${x}" cy="${y - size * 0.8}" rx="${size}" ry="${size * 1.25}" fill="${mixed(green, near, 0.55)}"/>`;
      });
      const [x, y] = line[at === 1 ? 46 : 116]!;
      const farm =
        at === 1 || at === 2 ? house(x, y + 6, canvas.short / 1300, '#f3e6d3', '#a4503f') : '';
      return defs + trees.join('') + farm + canvas.below(line, fill);
    });
    return canvas.sky() + canvas.clouds(4, 0.2) + hills.join('');
  },

  hives(canvas: Canvas): string {
    const { width, height, short } = canvas;
    const hive = (x: number, y: number, size: number) =>
      `<g transform="translate(${x} ${y}) scale(${size})"><ellipse cx="4" cy="54" rx="62" ry="9" fill="#1f3a26" opacity="0.35"/>
       <rect x="-45" y="-56" width="90" height="110" rx="6" fill="#efbb52"/><path d="M-45 -19 H45 M-45 18 H45" stroke="#bb8428" stroke-width="5"/>
       <rect x="-16" y="34" width="32" height="9" rx="4" fill="#7a4f1f"/><rect x="-54" y="-70" width="108" height="19" rx="5" fill="#8b5a34"/></g>`;
    const bees = Array.from({ length: 9 }, () => {
      const [x, y] = [canvas.between(0.15, 0.85) * width, canvas.between(0.4, 0.66) * height];
      return `<ellipse cx="${x - 2}" cy="${y - short * 0.007}" rx="${short * 0.005}" ry="${short * 0.007}" fill="#fff" opacity="0.85"/><ellipse cx="${x}" cy="${y}" rx="${short * 0.009}" ry="${short * 0.006}" fill="#4a3512"/>`;
    });
    const size = short / 620;
    return (
      LANDSCAPES.fields(canvas) +
      [0.26, 0.48, 0.7]
        .map((share, at) => hive(share * width, height * (0.8 + (at % 2) * 0.05), size))
        .join('') +
      bees.join('')
    );
  },

  dunes(canvas: Canvas): string {
    const dunes = Array.from({ length: 5 }, (_, at) => {
      const colour = mixed('#f0c896', '#8a4a33', at / 4.5);
      const [defs, fill] = canvas.gradient(
        [[mixed(colour, '#fff0d0', 0.4)], [colour], [mixed(colour, '#5a2b26', 0.45)]],
        {
          across: at % 2 === 0,
        },
      );
      return defs + canvas.below(canvas.line(0.48 + at * 0.11, 0.075, 0.28), fill);
    });
    return canvas.sky() + dunes.join('');
  },

  sea(canvas: Canvas): string {
    const horizon = 0.56 * canvas.height;
    const { sky, near } = canvas.light;
    const [defs, water] = canvas.gradient([
      [mixed(sky[0], sky[2], 0.35)],
      [mixed(sky[2], near, 0.25)],
      [mixed(sky[2], near, 0.7)],
    ]);
    return `${canvas.sky(SUN, 0.44)}${canvas.clouds(3, 0.2)}${defs}
      <rect y="${horizon}" width="${canvas.width}" height="${canvas.height}" fill="${water}"/>
      ${glitter(canvas, SUN * canvas.width, horizon)}
      ${boat(canvas.width * 0.28, horizon + canvas.height * 0.09, canvas.short / 900)}
      ${boat(canvas.width * 0.84, horizon + canvas.height * 0.015, canvas.short / 2600)}`;
  },

  wood: (canvas: Canvas) =>
    canvas.sky() +
    [0.46, 0.58, 0.72, 0.9]
      .map((y, at) =>
        wood(
          canvas,
          y,
          0.13 + at * 0.075,
          mixed(canvas.light.far, canvas.light.near, 0.15 + at * 0.28),
        ),
      )
      .join(''),

  winter(canvas: Canvas): string {
    const snow = Array.from({ length: 4 }, (_, at) => {
      const line = canvas.line(0.56 + at * 0.12, 0.05, 0.32);
      const [defs, fill] = canvas.gradient([
        [mixed('#ffffff', canvas.light.sky[1], 0.5 - at * 0.12)],
        [mixed('#dfe8f3', canvas.light.sky[2], 0.5)],
      ]);
      const [x, y] = line[60 + at * 12]!;
      const trees = Array.from({ length: 9 }, () => {
        const [left, ground] = line[Math.floor(canvas.chance() * line.length)]!;
        const size = canvas.short * (0.06 + at * 0.03) * canvas.between(0.7, 1.1);
        return spruce(
          left,
          ground + size * 0.05,
          size,
          mixed('#33525a', canvas.light.far, 0.5 - at * 0.15),
        );
      });
      const cabin = at === 2 ? house(x, y + 8, canvas.short / 800, '#7a4a35', '#f4f7fb') : '';
      return trees.join('') + cabin + defs + canvas.below(line, fill);
    });
    return canvas.sky() + snow.join('');
  },

  aurora(canvas: Canvas): string {
    const ribbons = ['#5ff0b0', '#49c7c9', '#9a7bf0'].map((colour, at) => {
      const base = canvas.line(0.42 + at * 0.07, 0.12, 0.3);
      const [defs, fill] = canvas.gradient([
        [colour, 0],
        [colour, 0.4],
        [colour, 0],
      ]);
      const top = base.map(([x, y]) => `${x} ${y - canvas.height * 0.34}`).join(' L');
      const bottom = [...base]
        .reverse()
        .map(([x, y]) => `${x} ${y}`)
        .join(' L');
      return `${defs}<path d="M${top} L${bottom} Z" fill="${fill}"/>`;
    });
    return (
      canvas.sky(0.86, 0.12) +
      canvas.stars(160) +
      ribbons.join('') +
      layers(canvas, { from: 0.72, to: 0.84, count: 3, rise: 0.1, roughness: 0.58 }) +
      wood(canvas, 0.93, 0.12, canvas.light.near)
    );
  },

  town(canvas: Canvas): string {
    const rows = [0, 1, 2].map((row) => {
      const colour = mixed(canvas.light.far, canvas.light.near, 0.2 + row * 0.4);
      const ground = canvas.height * (0.78 + row * 0.11);
      let buildings = '';
      for (let x = -20; x < canvas.width;) {
        const width = canvas.short * canvas.between(0.06, 0.13);
        const height = canvas.short * canvas.between(0.14, 0.42) * (1 - row * 0.18);
        const pointed = canvas.chance() < 0.35;
        buildings += `<path d="M${x} ${canvas.height} V${ground - height} ${pointed ? `L${x + width / 2} ${ground - height - width * 0.55} L${x + width} ${ground - height}` : `H${x + width}`} V${canvas.height} Z" fill="${colour}"/>`;
        const [wide, high] = [width * 0.16, width * 0.2];
        for (let across = 0; across < 3; across++)
          for (let up = 0; up < Math.floor(height / (high * 2)); up++)
            if (canvas.chance() < 0.42)
              buildings += `<rect x="${x + width * 0.16 + across * wide * 1.7}" y="${ground - height + high * (0.8 + up * 1.9)}" width="${wide}" height="${high}" rx="1" fill="#ffd98a" opacity="${canvas.between(0.5, 1)}"/>`;
        x += width * canvas.between(0.95, 1.25);
      }
      return buildings;
    });
    return canvas.sky() + rows.join('');
  },

  bridge(canvas: Canvas): string {
    const { width, height, light } = canvas;
    const deck = height * 0.6;
    const [defs, water] = canvas.gradient([
      [mixed(light.sky[0], light.sky[2], 0.4)],
      [mixed(light.sky[2], light.near, 0.6)],
    ]);
    const towers = [0.27, 0.73].map((at) => at * width);
    const top = height * 0.2;
    const steel = '#a33b2a';
    const cable = (from: number, to: number, low: number) =>
      `<path d="M${from} ${top} Q${(from + to) / 2} ${low} ${to} ${top}" fill="none" stroke="${steel}" stroke-width="${height * 0.008}"/>`;
    const hangers = Array.from({ length: 27 }, (_, at) => {
      const share = (at + 1) / 28;
      const y = top + (deck - top) * 0.94 * 4 * share * (1 - share);
      const x = towers[0]! + (towers[1]! - towers[0]!) * share;
      return `<path d="M${x} ${y} V${deck}" stroke="${steel}" stroke-width="${height * 0.0025}"/>`;
    });
    return `${canvas.sky(0.5, 0.42)}${layers(canvas, { from: 0.58, to: 0.64, count: 2, rise: 0.09, roughness: 0.58 })}
      ${defs}<rect y="${height * 0.68}" width="${width}" height="${height}" fill="${water}"/>${glitter(canvas, width / 2, height * 0.68)}
      ${cable(towers[0]!, towers[1]!, deck * 1.56 - top * 0.6)}${cable(-towers[0]! * 0.9, towers[0]!, deck * 1.3)}${cable(towers[1]!, width + towers[0]! * 0.9, deck * 1.3)}
      ${hangers.join('')}
      ${towers.map((x) => `<path d="M${x - height * 0.02} ${height * 0.78} L${x - height * 0.012} ${top - 8} H${x + height * 0.012} L${x + height * 0.02} ${height * 0.78} Z" fill="${steel}"/>`).join('')}
      <rect y="${deck}" width="${width}" height="${height * 0.022}" fill="${mixed(steel, light.near, 0.35)}"/>`;
  },

  station(canvas: Canvas): string {
    const { width, height, light } = canvas;
    const horizon = height * 0.55;
    const x = width * 0.52;
    const at = (share: number, depth: number) =>
      `${x + (share * width - x) * depth} ${horizon + (height - horizon) * depth}`;
    const ties = Array.from({ length: 16 }, (_, tie) => {
      const depth = (tie / 15) ** 2.2 * 0.98 + 0.02;
      return `<path d="M${at(0.2, depth)} L${at(0.84, depth)}" stroke="${mixed(light.near, '#8a6a50', 0.5)}" stroke-width="${2 + depth * height * 0.03}"/>`;
    });
    const lamp = (side: number) =>
      `<path d="M${side} ${height * 0.93} V${height * 0.3}" stroke="${light.near}" stroke-width="${width * 0.007}"/>
       <circle cx="${side}" cy="${height * 0.28}" r="${canvas.short * 0.17}" fill="#ffd98a" opacity="0.16"/><circle cx="${side}" cy="${height * 0.28}" r="${canvas.short * 0.024}" fill="#fff0c4"/>`;
    return `${canvas.sky(0.52, 0.47)}${layers(canvas, { from: 0.5, to: 0.56, count: 2, rise: 0.05, roughness: 0.5 })}
      <rect y="${horizon}" width="${width}" height="${height}" fill="${mixed(light.near, light.far, 0.25)}"/>
      ${ties.join('')}
      <path d="M${at(0.28, 0.01)} L${at(0.28, 1)} M${at(0.76, 0.01)} L${at(0.76, 1)}" stroke="${light.sky[0]}" stroke-width="${canvas.short * 0.008}"/>
      <path d="M${at(0.9, 0.02)} L${at(1.9, 1)} L${width} ${horizon} Z" fill="${mixed(light.near, '#9a8f86', 0.45)}"/>
      <path d="M${at(0.9, 0.02)} L${at(0.98, 1)} L${width} ${height} V${horizon * 1.01} Z" fill="${mixed(light.near, '#b5aaa0', 0.5)}"/>
      ${lamp(width * 0.88)}${lamp(width * 0.12)}`;
  },
};
