/** Media types of the TYPE values that 2.1 and 3.0 use for PHOTO, LOGO, SOUND and KEY. */
const mediaTypes: Record<string, string> = {
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  bmp: 'image/bmp',
  tiff: 'image/tiff',
  svg: 'image/svg+xml',
  wave: 'audio/wav',
  wav: 'audio/wav',
  basic: 'audio/basic',
  mp3: 'audio/mpeg',
  mpeg: 'audio/mpeg',
  aac: 'audio/aac',
  ogg: 'audio/ogg',
  pgp: 'application/pgp-keys',
  x509: 'application/pkix-cert',
};

// The first base64 characters of the image formats that browsers show.
const base64Starts: readonly [start: string, mediaType: string][] = [
  ['/9j/', 'image/jpeg'],
  ['iVBORw0KGgo', 'image/png'],
  ['R0lGOD', 'image/gif'],
  ['UklGR', 'image/webp'],
];

/** The media type a 2.1 or 3.0 TYPE value stands for. */
export function mediaTypeOf(type: string): string | undefined {
  const lower = type.toLowerCase();
  return lower.includes('/') ? lower : mediaTypes[lower];
}

/** The TYPE value 3.0 has for a media type. */
export function typeOfMedia(mediaType: string): string {
  const found = Object.entries(mediaTypes).find(([, known]) => known === mediaType.toLowerCase());
  return found ? found[0].toUpperCase() : mediaType;
}

/** What the first characters of base64 text show of its media type. */
export function sniffBase64(base64: string): string | undefined {
  return base64Starts.find(([start]) => base64.startsWith(start))?.[1];
}
