import { thumbHashToAverageRGBA, thumbHashToRGBA } from 'thumbhash';

const bytesOf = (placeholder: string) =>
  Uint8Array.from(atob(placeholder), (letter) => letter.charCodeAt(0));

/** One colour, which the server can render. Null if the placeholder is invalid. */
export const averageOf = (placeholder: string): string | null => {
  try {
    const { r, g, b } = thumbHashToAverageRGBA(bytesOf(placeholder));
    const colour = [r, g, b].map((part) => Math.round(part * 255));
    return colour.some(Number.isNaN) ? null : `rgb(${colour.join(' ')})`;
  } catch {
    return null;
  }
};

/** The blurred picture, shown until the real one has loaded. */
export const paint = (canvas: HTMLCanvasElement, placeholder: string) => {
  try {
    const { w, h, rgba } = thumbHashToRGBA(bytesOf(placeholder));
    canvas.width = w;
    canvas.height = h;
    canvas.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(rgba), w, h), 0, 0);
  } catch {
    // Not essential: the average colour stays.
  }
};
