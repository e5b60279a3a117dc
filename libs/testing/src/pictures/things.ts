import { mixed, type Canvas } from './canvas.js';

const times = (count: number, draw: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => draw(at)).join('');

/** Soft spots of light, as a lens shows what is far behind. */
function haze(canvas: Canvas, colours: string[]): string {
  const [defs, fill] = canvas.gradient(colours.slice(0, 2).map((colour) => [colour]));
  return (
    `${defs}<rect width="${canvas.width}" height="${canvas.height}" fill="${fill}"/>` +
    times(34, (at) => {
      const size = canvas.short * canvas.between(0.03, 0.14);
      return `<circle cx="${canvas.chance() * canvas.width}" cy="${canvas.chance() * canvas.height}" r="${size}" fill="${colours[at % colours.length]}" opacity="${canvas.between(0.12, 0.4)}"/>`;
    })
  );
}

function flower(canvas: Canvas, x: number, y: number, size: number, colour: string): string {
  const petals = 7 + Math.floor(canvas.chance() * 3);
  const turn = canvas.chance() * 360;
  const [defs, fill] = canvas.gradient([
    [mixed(colour, '#ffffff', 0.45)],
    [colour],
    [mixed(colour, '#3a1230', 0.2)],
  ]);
  return `<path d="M${x} ${y} Q${x + size * 0.4} ${y + size * 2} ${x + size * 0.1} ${canvas.height + 20}" stroke="#4f7a4a" stroke-width="${size * 0.09}" fill="none"/>${defs}
    ${times(petals, (at) => `<ellipse cx="${x}" cy="${y - size * 0.58}" rx="${size * 0.27}" ry="${size * 0.55}" fill="${fill}" opacity="0.93" transform="rotate(${turn + (at * 360) / petals} ${x} ${y})"/>`)}
    <circle cx="${x}" cy="${y}" r="${size * 0.24}" fill="#e9b23c"/><circle cx="${x}" cy="${y}" r="${size * 0.14}" fill="#b97a1f"/>`;
}

export const THINGS = {
  flowers: (canvas: Canvas) =>
    haze(canvas, ['#dfeccd', '#8fbf8a', '#f6d8d2', '#fff4d6']) +
    times(9, (at) =>
      flower(
        canvas,
        canvas.width * ((at + canvas.between(0.2, 0.8)) / 9),
        canvas.height * canvas.between(0.25, 0.8),
        canvas.short * canvas.between(0.1, 0.2),
        ['#e05a7a', '#f08a5d', '#8d6bd1', '#f4f1ea'][at % 4]!,
      ),
    ),

  leaves: (canvas: Canvas) =>
    haze(canvas, ['#12352c', '#1f5a45', '#3f8f68']) +
    times(26, (at) => {
      const [x, y, size] = [
        canvas.chance() * canvas.width,
        canvas.chance() * canvas.height,
        canvas.short * canvas.between(0.22, 0.4),
      ];
      const colour = mixed('#1c5b43', '#9ccf7b', (at / 26) * canvas.between(0.6, 1));
      return `<g transform="translate(${x} ${y}) rotate(${canvas.between(0, 360)})">
        <path d="M0 0 C${size * 0.5} ${-size * 0.15} ${size * 0.5} ${-size * 0.8} 0 ${-size} C${-size * 0.5} ${-size * 0.8} ${-size * 0.5} ${-size * 0.15} 0 0 Z" fill="${colour}"/>
        <path d="M0 0 V${-size * 0.94} ${times(5, (vein) => `M0 ${-size * (0.2 + vein * 0.14)} L${size * 0.26} ${-size * (0.34 + vein * 0.13)} M0 ${-size * (0.2 + vein * 0.14)} L${-size * 0.26} ${-size * (0.34 + vein * 0.13)}`)}" stroke="${mixed(colour, '#f2ffe0', 0.4)}" stroke-width="${size * 0.014}" fill="none"/></g>`;
    }),

  board(canvas: Canvas): string {
    const { width, height, short } = canvas;
    const step = short / 11;
    const [defs, fill] = canvas.gradient([['#e8bd77'], ['#cf9850']]);
    const [stoneDefs, white] = canvas.gradient([['#ffffff'], ['#f3efe6'], ['#c9c2b4']], {
      radial: true,
    });
    const columns = Math.floor(width / step) + 1;
    const rows = Math.floor(height / step) + 1;
    const stones = times(38, (at) => {
      const x = Math.round(canvas.between(1, columns - 1)) * step;
      const y = Math.round(canvas.between(1, rows - 1)) * step;
      return `<circle cx="${x + 3}" cy="${y + 5}" r="${step * 0.47}" fill="#000" opacity="0.22"/><circle cx="${x}" cy="${y}" r="${step * 0.47}" fill="${at % 2 ? white : '#20201f'}"/>`;
    });
    return `${defs}${stoneDefs}<rect width="${width}" height="${height}" fill="${fill}"/>
      <path d="${times(columns, (at) => `M${at * step} 0 V${height}`)} ${times(rows, (at) => `M0 ${at * step} H${width}`)}" stroke="#6b4a22" stroke-width="2"/>${stones}`;
  },

  jars(canvas: Canvas): string {
    const { width, height, short } = canvas;
    const [defs, wall] = canvas.gradient([['#f3ebdf'], ['#dccdb8']]);
    const jar = short * 0.24;
    const count = Math.floor(width / (jar * 1.15));
    const sands = [
      '#d9b382',
      '#b56b45',
      '#efe3c8',
      '#6f6a64',
      '#caa24f',
      '#8d4a3c',
      '#e3c7a6',
      '#43515a',
    ];
    return `${defs}<rect width="${width}" height="${height}" fill="${wall}"/>${times(3, (shelf) => {
      const ground = height * (0.32 + shelf * 0.31);
      return `<rect y="${ground}" width="${width}" height="${short * 0.03}" fill="#8a5f3d"/><rect y="${ground + short * 0.03}" width="${width}" height="${short * 0.014}" fill="#5f3f27" opacity="0.5"/>${times(
        count,
        (at) => {
          const x = ((at + 0.5) * width) / count - jar * 0.4;
          const fill = canvas.between(0.35, 0.8) * jar;
          const colour = sands[Math.floor(canvas.chance() * sands.length)]!;
          return `<rect x="${x}" y="${ground - jar}" width="${jar * 0.8}" height="${jar}" rx="${jar * 0.12}" fill="#ffffff" opacity="0.55"/>
          <path d="M${x + 4} ${ground - fill} q${jar * 0.2} ${-jar * 0.06} ${jar * 0.4} 0 t${jar * 0.4 - 8} 0 V${ground - 4} H${x + 4} Z" fill="${colour}"/>
          <path d="M${x + 4} ${ground - fill * 0.5} h${jar * 0.8 - 8}" stroke="${mixed(colour, '#3a2a20', 0.35)}" stroke-width="${jar * 0.04}"/>
          <rect x="${x + jar * 0.06}" y="${ground - jar * 1.12}" width="${jar * 0.68}" height="${jar * 0.15}" rx="6" fill="#b99a6b"/>
          <rect x="${x + jar * 0.1}" y="${ground - jar * 0.8}" width="${jar * 0.07}" height="${jar * 0.55}" rx="4" fill="#fff" opacity="0.6"/>`;
        },
      )}`;
    })}`;
  },

  planks(canvas: Canvas): string {
    const { width, height } = canvas;
    const count = 5;
    return times(count, (at) => {
      const top = (at * height) / count;
      const colour = mixed('#c98d55', '#8a5530', canvas.chance());
      return `<rect y="${top}" width="${width}" height="${height / count - 4}" fill="${colour}"/>${times(
        9,
        (grain) => {
          const y = top + ((grain + 0.5) * height) / count / 9;
          const bend = canvas.between(-18, 18);
          return `<path d="M0 ${y} C${width * 0.3} ${y + bend} ${width * 0.6} ${y - bend} ${width} ${y + bend / 2}" stroke="${mixed(colour, '#3f2414', 0.4)}" stroke-width="${canvas.between(1, 3.4)}" fill="none" opacity="0.5"/>`;
        },
      )}${times(2, () => {
        const [x, y] = [canvas.chance() * width, top + (height / count) * canvas.between(0.3, 0.7)];
        return times(
          4,
          (ring) =>
            `<ellipse cx="${x}" cy="${y}" rx="${46 - ring * 11}" ry="${24 - ring * 6}" fill="none" stroke="${mixed(colour, '#2f1a0e', 0.5)}" stroke-width="3"/>`,
        );
      })}<rect y="${top + height / count - 4}" width="${width}" height="4" fill="#2f1a0e"/>`;
    });
  },

  pitch(canvas: Canvas): string {
    const { width, height } = canvas;
    const stripes = times(
      12,
      (at) =>
        `<rect x="${(at * width) / 12}" width="${width / 12 + 1}" height="${height}" fill="${at % 2 ? '#4f9a4a' : '#5aa854'}"/>`,
    );
    const players = times(14, (at) => {
      const [x, y] = [canvas.between(0.08, 0.92) * width, canvas.between(0.1, 0.9) * height];
      const size = canvas.short * 0.016;
      return `<ellipse cx="${x + size * 1.4}" cy="${y + size * 1.4}" rx="${size * 1.5}" ry="${size * 0.7}" fill="#000" opacity="0.18"/><circle cx="${x}" cy="${y}" r="${size}" fill="${at % 2 ? '#f2c230' : '#c8372d'}"/><circle cx="${x}" cy="${y}" r="${size * 0.45}" fill="#3a2a20"/>`;
    });
    const box = (x: number) =>
      `<rect x="${x}" y="${height * 0.26}" width="${width * 0.14}" height="${height * 0.48}"/>`;
    return `${stripes}<g fill="none" stroke="#ffffff" stroke-width="${canvas.short * 0.006}" opacity="0.9">
      <rect x="${width * 0.05}" y="${height * 0.06}" width="${width * 0.9}" height="${height * 0.88}"/><path d="M${width / 2} ${height * 0.06} V${height * 0.94}"/>
      <circle cx="${width / 2}" cy="${height / 2}" r="${canvas.short * 0.14}"/>${box(width * 0.05)}${box(width * 0.81)}</g>${players}
      <circle cx="${width * 0.6}" cy="${height * 0.44}" r="${canvas.short * 0.008}" fill="#fff"/>`;
  },

  cups(canvas: Canvas): string {
    const { width, height, short } = canvas;
    const [defs, cloth] = canvas.gradient([['#f4e7d5'], ['#e3cdb0']]);
    const [teaDefs, tea] = canvas.gradient([['#8a4b22'], ['#b8702f'], ['#7a3d1a']], {
      radial: true,
    });
    const cup = (x: number, y: number, size: number, colour: string) =>
      `<ellipse cx="${x + size * 0.12}" cy="${y + size * 0.16}" rx="${size * 1.28}" ry="${size * 1.26}" fill="#5a3a20" opacity="0.18"/>
       <circle cx="${x}" cy="${y}" r="${size * 1.22}" fill="${mixed(colour, '#ffffff', 0.6)}"/><circle cx="${x}" cy="${y}" r="${size * 0.95}" fill="none" stroke="${colour}" stroke-width="${size * 0.04}"/>
       <rect x="${x + size * 0.6}" y="${y - size * 0.13}" width="${size * 0.55}" height="${size * 0.26}" rx="${size * 0.13}" fill="${colour}"/>
       <circle cx="${x}" cy="${y}" r="${size * 0.72}" fill="${colour}"/><circle cx="${x}" cy="${y}" r="${size * 0.6}" fill="${tea}"/>
       <path d="M${x - size * 0.3} ${y - size * 0.2} q${size * 0.2} ${-size * 0.2} ${size * 0.45} ${-size * 0.08}" stroke="#fff" stroke-width="${size * 0.05}" fill="none" opacity="0.5" stroke-linecap="round"/>`;
    return `${defs}${teaDefs}<rect width="${width}" height="${height}" fill="${cloth}"/>
      <path d="${times(9, (at) => `M0 ${(at * height) / 8} H${width} `)}${times(13, (at) => `M${(at * width) / 12} 0 V${height} `)}" stroke="#c98d6b" stroke-width="${short * 0.03}" opacity="0.12"/>
      ${cup(width * 0.34, height * 0.4, short * 0.19, '#2f6f73')}${cup(width * 0.7, height * 0.66, short * 0.16, '#b0543a')}
      ${times(5, (at) => `<circle cx="${width * (0.64 + at * 0.055)}" cy="${height * (0.2 + (at % 2) * 0.07)}" r="${short * 0.045}" fill="#d79a55"/><circle cx="${width * (0.64 + at * 0.055)}" cy="${height * (0.2 + (at % 2) * 0.07)}" r="${short * 0.012}" fill="#5a3418"/>`)}`;
  },
};
