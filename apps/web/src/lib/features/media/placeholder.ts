import { thumbHashToAverageRGBA, thumbHashToRGBA } from 'thumbhash';

const bytesOf = (placeholder: string) =>
  Uint8Array.from(atob(placeholder), (letter) => letter.charCodeAt(0));

/** One colour, which needs no script: what the server paints. Null for a placeholder that is none. */
export const averageOf = (placeholder: string): string | null => {
  try {
    const { r, g, b } = thumbHashToAverageRGBA(bytesOf(placeholder));
    const colour = [r, g, b].map((part) => Math.round(part * 255));
    return colour.some(Number.isNaN) ? null : `rgb(${colour.join(' ')})`;
  } catch {
    return null;
  }
};

/** The blurred picture, until the real one is there. */
export const paint = (canvas: HTMLCanvasElement, placeholder: string) => {
  try {
    const { w, h, rgba } = thumbHashToRGBA(bytesOf(placeholder));
    canvas.width = w;
    canvas.height = h;
    canvas.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(rgba), w, h), 0, 0);
  } catch {
    // Nothing depends on it: the average colour stays.
  }
};
