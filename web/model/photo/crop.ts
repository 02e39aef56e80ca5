/** What of a picture is shown: the middle, as parts of its width and height, and how far it is enlarged. */
export interface Crop {
  readonly x: number;
  readonly y: number;
  /** 1: as much as a square can show. */
  readonly zoom: number;
}

/** The size of a picture. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How far a picture can be enlarged. */
export const mostZoom = 8;

/** The middle of the picture, and all that a square can show of it. */
export const wholePicture: Crop = { x: 0.5, y: 0.5, zoom: 1 };

/** The side of the square, in pixels of the picture. */
function sideOf({ zoom }: Crop, { width, height }: Size): number {
  return Math.min(width, height) / zoom;
}

/** The square in the pixels of the picture. */
export function squareOf(
  crop: Crop,
  size: Size,
): { readonly left: number; readonly top: number; readonly side: number } {
  const side = sideOf(crop, size);
  return { left: crop.x * size.width - side / 2, top: crop.y * size.height - side / 2, side };
}

/** The nearest crop that does not show what is beside the picture. */
export function withinPicture({ x, y, zoom: asked }: Crop, size: Size): Crop {
  const zoom = Math.min(mostZoom, Math.max(1, asked));
  const side = sideOf({ x, y, zoom }, size);
  const clamp = (value: number, length: number) => Math.min(1 - side / 2 / length, Math.max(side / 2 / length, value));
  return { x: clamp(x, size.width), y: clamp(y, size.height), zoom };
}

/** Moved by parts of the frame's side: to the right shows what is to the left. */
export function moved(crop: Crop, [right, down]: readonly [number, number], size: Size): Crop {
  const side = sideOf(crop, size);
  const { x, y } = crop;
  return withinPicture({ ...crop, x: x - (right * side) / size.width, y: y - (down * side) / size.height }, size);
}

/** Enlarged, while what is at a point of the frame (0 to 1) stays there. */
export function zoomed(crop: Crop, factor: number, [atX, atY]: readonly [number, number], size: Size): Crop {
  const zoom = Math.min(mostZoom, Math.max(1, crop.zoom * factor));
  const difference = sideOf(crop, size) - sideOf({ ...crop, zoom }, size);
  const x = crop.x + ((atX - 0.5) * difference) / size.width;
  const y = crop.y + ((atY - 0.5) * difference) / size.height;
  return withinPicture({ x, y, zoom }, size);
}
