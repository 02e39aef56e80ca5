// Only the ends of long texts (photos) are looked at: enough to tell two photos apart.
const sample = 4096;

/** A stable 128-bit fingerprint of a text as 32 hex digits; not for secrets. */
function contentHash(text: string): string {
  const [a, b, c, d] = lanesOf(text);
  return [a ^ d, b ^ a, c ^ b, d ^ c].map(finish).join('');
}

/** The first eight of these digits, which are all that most ask for. */
export function shortHash(text: string): string {
  const [a, , , d] = lanesOf(text);
  return finish(a ^ d);
}

function lanesOf(text: string): readonly [number, number, number, number] {
  const seen = text.length > 2 * sample ? `${text.length}:${text.slice(0, sample)}${text.slice(-sample)}` : text;
  // Four lanes that see each other, written out: as arrays they would take most of the time in which a card is read.
  let [a, b, c, d] = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a];
  for (let index = 0; index < seen.length; index += 1) {
    const code = seen.charCodeAt(index);
    a = mix(a ^ code ^ (b >>> 13), 0x9e3779b1);
    b = mix(b ^ code ^ (c >>> 13), 0x85ebca77);
    c = mix(c ^ code ^ (d >>> 13), 0xc2b2ae3d);
    d = mix(d ^ code ^ (a >>> 13), 0x27d4eb2f);
  }
  return [a, b, c, d];
}

function mix(value: number, prime: number): number {
  const mixed = Math.imul(value, prime);
  return mixed ^ (mixed >>> 15);
}

function finish(lane: number): string {
  let mixed = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0).toString(16).padStart(8, '0');
}

/** A urn:uuid that the same text always gives (RFC 9562 §5.8, a UUID of one's own making). */
export function contentUuid(text: string): string {
  const hex = contentHash(text);
  const variant = (8 + (Number.parseInt(hex[16]!, 16) % 4)).toString(16);
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
