/** The part of a picture, in a given shape, that a person chose; pure arithmetic. */
export interface Crop {
  /** 1 shows the largest possible part. */
  zoom: number;
  /** The position of its centre on the picture, each from 0 to 1. */
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

export const WHOLE: Crop = { zoom: 1, x: 0.5, y: 0.5 };
export const MAX_ZOOM = 4;

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/** How much of the picture is shown; `ratio` is width to height. */
export const partOf = ({ width, height }: Size, zoom: number, ratio: number): Size => {
  const widest = Math.min(width, height * ratio) / zoom;
  return { width: widest, height: widest / ratio };
};

/** Keeps the part inside the picture. */
export const settle = (crop: Crop, size: Size, ratio: number): Crop => {
  const zoom = clamp(crop.zoom, 1, MAX_ZOOM);
  const part = partOf(size, zoom, ratio);
  const marginX = part.width / 2 / size.width;
  const marginY = part.height / 2 / size.height;
  return {
    zoom,
    x: clamp(crop.x, marginX, 1 - marginX),
    y: clamp(crop.y, marginY, 1 - marginY),
  };
};

export const draw = (canvas: HTMLCanvasElement, picture: ImageBitmap, crop: Crop) => {
  const part = partOf(picture, crop.zoom, canvas.width / canvas.height);
  const context = canvas.getContext('2d');
  if (!context) return;
  context.imageSmoothingQuality = 'high';
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.drawImage(
    picture,
    crop.x * picture.width - part.width / 2,
    crop.y * picture.height - part.height / 2,
    part.width,
    part.height,
    0,
    0,
    canvas.width,
    canvas.height,
  );
};

/** Synchronous, not with `toBlob`: a form being submitted cannot wait. */
export const fileFrom = (canvas: HTMLCanvasElement, keepsTransparency: boolean): File => {
  const url = canvas.toDataURL(keepsTransparency ? 'image/webp' : 'image/jpeg', 0.9);
  const [head = '', data = ''] = url.split(',');
  const type = head.slice('data:'.length).split(';')[0] ?? '';
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  return new File([bytes], `picture.${type.split('/')[1]}`, { type });
};
