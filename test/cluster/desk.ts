import { textOf } from '../../src/lib/xml/xmlElement.ts';
import { folder } from '../kit/calls.ts';
import { D, propfind } from '../kit/dav.ts';
import type { Person } from '../kit/person.ts';

/** A person's folders: their devices write into one, the web app into the other. */
export type Desk = {
  readonly person: Person;
  readonly davBook: string;
  readonly davBookId: string;
  readonly bookId: string;
};

/** Makes somebody's two folders. */
export async function openDesk(person: Person): Promise<Desk> {
  const [davBookId, bookId] = [await folder(person, 'Device'), await folder(person, 'Web')];
  const path = `/dav/addressbooks/${person.id}/`;
  const { responses } = await propfind(person, path, 1, [D('displayname')]);
  const isDevice = (name = D('displayname')) => responses.find(({ found }) => textIn(found.get(name)) === 'Device')!;
  return { person, davBook: isDevice().href, davBookId, bookId };
}

const textIn = (element: Parameters<typeof textOf>[0] | undefined) => element && textOf(element);
