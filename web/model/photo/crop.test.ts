import assert from 'node:assert/strict';
import { test } from 'node:test';
import { moved, mostZoom, squareOf, wholePicture, withinPicture, zoomed } from './crop.ts';

const wide = { width: 400, height: 200 };

test('a whole picture shows its middle square', () => {
  assert.deepEqual(squareOf(wholePicture, wide), { left: 100, top: 0, side: 200 });
});

test('whatever is tried, nothing beside the picture is shown', () => {
  let crop = wholePicture;
  const steps = [
    () => moved(crop, [9, 9], wide),
    () => zoomed(crop, 3, [0, 1], wide),
    () => moved(crop, [-9, -9], wide),
    () => zoomed(crop, 0.01, [1, 1], wide),
    () => zoomed(crop, 1_000, [1, 0], wide),
    () => withinPicture({ x: -5, y: 7, zoom: 2 }, wide),
  ];
  for (const step of steps) {
    crop = step();
    const { left, top, side } = squareOf(crop, wide);
    assert.ok(left >= -1e-9 && top >= -1e-9, JSON.stringify(crop));
    assert.ok(left + side <= 400 + 1e-9 && top + side <= 200 + 1e-9, JSON.stringify(crop));
    assert.ok(crop.zoom >= 1 && crop.zoom <= mostZoom);
  }
});

test('enlarging keeps what is under the finger under the finger', () => {
  const point = [0.25, 0.75] as const;
  const before = squareOf(wholePicture, wide);
  const after = squareOf(zoomed(wholePicture, 2, point, wide), wide);
  const at = ({ left, top, side }: typeof before) => [left + point[0] * side, top + point[1] * side];
  assert.deepEqual(at(after), at(before));
});

test('the picture follows the finger', () => {
  assert.deepEqual(squareOf(moved(wholePicture, [0.25, 0], wide), wide), { left: 50, top: 0, side: 200 });
});
