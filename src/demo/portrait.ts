import { crc32, deflateSync } from 'node:zlib';
import type { Chance } from './chance.ts';

const edge = 96;
type Color = readonly [red: number, green: number, blue: number];

const backgrounds: readonly Color[] = [
  [219, 234, 246],
  [223, 240, 228],
  [246, 230, 214],
  [243, 224, 234],
  [231, 227, 245],
  [220, 240, 240],
];
const skins: readonly Color[] = [
  [245, 211, 184],
  [226, 178, 140],
  [190, 135, 95],
  [140, 92, 60],
  [98, 62, 42],
];
const hairs: readonly Color[] = [
  [45, 34, 30],
  [94, 60, 36],
  [150, 104, 58],
  [214, 178, 110],
  [168, 168, 172],
  [120, 50, 34],
];
const clothes: readonly Color[] = [
  [31, 79, 120],
  [34, 88, 58],
  [123, 45, 85],
  [75, 59, 140],
  [92, 98, 104],
  [132, 50, 42],
];

/** A small drawn portrait of nobody, as a PNG in a data: URI. */
export function portrait(chance: Chance): string {
  const [background, skin, hair, cloth] = [
    chance.pick(backgrounds),
    chance.pick(skins),
    chance.pick(hairs),
    chance.pick(clothes),
  ];
  const isLong = chance.percent(45);
  const colorAt = (x: number, y: number): Color => {
    if (inside(x, y, [48, 43, 17, 20]) && !inside(x, y, [48, 22, 19, 12])) return skin;
    if (inside(x, y, [48, 36, 21, 21]) && y < 42) return hair;
    if (isLong && inside(x, y, [48, 50, 24, 26]) && y < 70 && Math.abs(x - 48) > 12) return hair;
    if (Math.abs(x - 48) < 8 && y > 55 && y < 70) return skin;
    return inside(x, y, [48, 104, 38, 40]) ? cloth : background;
  };
  return `data:image/png;base64,${png(colorAt).toString('base64')}`;
}

type Ellipse = readonly [centerX: number, centerY: number, radiusX: number, radiusY: number];

function inside(x: number, y: number, [centerX, centerY, radiusX, radiusY]: Ellipse): boolean {
  return ((x - centerX) / radiusX) ** 2 + ((y - centerY) / radiusY) ** 2 <= 1;
}

/** A PNG of RGB pixels, smoothed by looking at four places in each. */
function png(colorAt: (x: number, y: number) => Color): Buffer {
  const rows = Buffer.alloc(edge * (edge * 3 + 1));
  const places = [0.25, 0.75];
  for (let y = 0, at = 0; y < edge; y++) {
    at++;
    for (let x = 0; x < edge; x++) {
      const looks = places.flatMap((dy) => places.map((dx) => colorAt(x + dx, y + dy)));
      for (const channel of [0, 1, 2] as const)
        rows[at++] = looks.reduce((sum, color) => sum + color[channel], 0) / looks.length;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(edge, 0);
  header.writeUInt32BE(edge, 4);
  // Eight bits for each of red, green and blue.
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}
