import { parseVCard } from '../../format/vcard/parse.ts';
import { isPicture, pictureUri, withPicture } from '../../format/vcard/pictures.ts';
import { serializeVCard } from '../../format/vcard/serialize.ts';
import type { VCard, VCardLine } from '../../format/vcard/types.ts';
import type { World } from '../context.ts';
import { readPicture, writePicture } from './pictureData.ts';
import { mostPictures } from './pictureIds.ts';
import { smallPhoto } from './smallPhoto.ts';

/** What is shorter is no burden. */
const shortPicture = 40_000;

/** The text of a card with its pictures no larger than `side` pixels; every other line keeps its octets. */
export async function shrinkPhotos(world: World, vcard: string, side: number): Promise<string> {
  const card = parseVCard(vcard);
  const lines: VCardLine[] = [];
  let left = mostPictures;
  for (const line of card.lines)
    lines.push(isPicture(line) && left-- > 0 ? await shrink(world, line, card.version, side) : line);
  return lines.every((line, at) => line === card.lines[at]) ? vcard : serializeVCard({ ...card, lines });
}

async function shrink(world: World, line: VCardLine, version: VCard['version'], side: number): Promise<VCardLine> {
  if (line.value.length < shortPicture) return line;
  const uri = pictureUri(line, version);
  const picture = uri === undefined ? undefined : readPicture(uri);
  const bytes = picture && (await smallPhoto(world, picture, side));
  return bytes ? withPicture(line, version, writePicture(bytes, 'image/jpeg')) : line;
}
