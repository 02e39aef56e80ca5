import assert from 'node:assert/strict';
import { dav, document, homeOf, plainCard, propfind } from '../../../kit/dav.ts';
import type { DavReply } from '../../../kit/dav.ts';
import type { Person } from '../../../kit/person.ts';
import type { Play } from '../../jmap/model/play.ts';
import type { createCopy } from './copy.ts';

/** One step of somebody's program: what is refused is no harm, what is a fault is one. */
export async function davStep(
  { next, pick }: Play,
  person: Person,
  copy: ReturnType<typeof createCopy>,
): Promise<void> {
  const books = await copy.books();
  const [book, other] = [pick(books)!, pick(books)!];
  const cards = (await propfind(person, book, 1, [])).responses.slice(1).map(({ href }) => href);
  const card = pick(cards) ?? `${book}none.vcf`;
  const name = `d${next(40)}`;
  const Destination = `${other}${next(2) === 0 ? name : card.split('/').at(-1)!.replace('.vcf', '')}.vcf`;
  const prop = `<D:set><D:prop><D:displayname>${name}</D:displayname></D:prop></D:set>`;
  const moves: readonly (() => Promise<DavReply>)[] = [
    () => dav(person, 'PUT', `${book}${name}.vcf`, { body: plainCard(`u${next(40)}`, `NOTE:${next(1000)}`) }),
    () => dav(person, 'PUT', `${book}${name}.vcf`, { body: plainCard(name, `NOTE:${next(1000)}`) }),
    async () => {
      const { text } = await dav(person, 'GET', card);
      return dav(person, 'PUT', card, { body: text.replace('END:VCARD', `NOTE:${next(1000)}\r\nEND:VCARD`) });
    },
    // A card of 4.0, edited by whoever asks for 3.0.
    () => dav(person, 'PUT', `${book}${name}.vcf`, { body: plainCard(name, 'TEL;PREF=2:1').replace('3.0', '4.0') }),
    async () => {
      const { text } = await dav(person, 'GET', card, { headers: { Accept: 'text/vcard; version=3.0' } });
      return dav(person, 'PUT', card, { body: text.replace('END:VCARD', `TEL:${next(1000)}\r\nEND:VCARD`) });
    },
    () => dav(person, 'DELETE', card),
    () => dav(person, 'POST', book, { body: plainCard(`p${next(100_000)}`) }),
    () => dav(person, 'MOVE', card, { headers: { Destination } }),
    () => dav(person, 'COPY', card, { headers: { Destination, Overwrite: next(2) === 0 ? 'T' : 'F' } }),
    () => dav(person, 'MKCOL', `${homeOf(person)}${name}/`),
    () => dav(person, 'PROPPATCH', book, { body: document('D:propertyupdate', prop) }),
    () => (next(3) === 0 ? dav(person, 'DELETE', book) : dav(person, 'DELETE', card)),
    () => dav(person, 'MOVE', book, { headers: { Destination: `${homeOf(person)}m${next(20)}/` } }),
  ];
  const reply = await pick(moves)!();
  assert.ok(reply.status < 500, `${reply.status} ${reply.text}`);
}
