import {
  C,
  contactsOf,
  D,
  dav,
  document,
  homeOf,
  plainCard,
  propfind,
  report,
  said,
  sync,
  tokenOf,
} from '../kit/dav.ts';
import type { DavReply } from '../kit/dav.ts';
import type { Answer } from './attempts.ts';
import type { Scene } from './states.ts';

/** What is needed for it; `leave`: to have it without owning it. */
export type DavNeed = 'read' | 'add' | 'write' | 'share' | 'own' | 'deleteSub' | 'leave';

/** Something that a program may try on a folder. */
export type DavOperation = {
  readonly name: string;
  readonly need: DavNeed;
  readonly attempt: (scene: Scene) => Promise<Answer>;
};

const bookOf = ({ who, bookId }: Scene) => `${homeOf(who)}${bookId}/`;
const subOf = ({ who, subBookId }: Scene) => `${homeOf(who)}${subBookId}/`;
const privateOf = ({ who, privateBookId }: Scene) => `${homeOf(who)}${privateBookId}/`;

/** The address of the card that is in the folder, as the owner's programs know it, in the home of who tries. */
async function cardOf(scene: Scene, ofBook: (scene: Scene) => string = bookOf): Promise<string> {
  const listed = await propfind(scene.owner, ofBook({ ...scene, who: scene.owner }), 1, [D('getetag')]);
  const name = listed.responses
    .map(({ href }) => href)
    .find((href) => href.endsWith('.vcf'))!
    .split('/')
    .at(-1)!;
  return `${ofBook(scene)}${name}`;
}

/** All folders of the person as one address book, as macOS has them. */
const oneOf = ({ who }: Scene) => `/dav/one/${who.id}/all/`;

/** The card that is in the folder, under its name in the one book. */
async function oneCardOf(scene: Scene): Promise<string> {
  return `${oneOf(scene)}${scene.bookId}.${(await cardOf(scene)).split('/').at(-1)}`;
}

/** Where the person writes to by default; guests have no such folder, only what is shared with them. */
async function ownBookOf({ who, bookId }: Scene): Promise<string> {
  const none = `${homeOf(who)}none/`;
  const first = await contactsOf(who).catch(() => none);
  return first === `${homeOf(who)}${bookId}/` ? none : first;
}

function answerOf({ status, responses }: DavReply): Answer {
  if (status === 403) return 'forbidden';
  if (status === 404 || status === 409) return 'absent';
  if (status < 200 || status > 299) throw new Error(`Unexpected: ${status}`);
  const refused = responses.flatMap((response) => [response.status, ...response.refused.values()]);
  if (refused.some((each) => each?.includes('403'))) return 'forbidden';
  return refused.some((each) => each?.includes('404')) ? 'absent' : 'yes';
}

const patch = (prop: string) => document('D:propertyupdate', `<D:set><D:prop>${prop}</D:prop></D:set>`);
const chloe = ({ app }: Scene) => `<D:href>/dav/principals/${app.chloe.id}/</D:href>`;

/** Tries something with a card that the person has just added themselves; where that is refused, so is this. */
async function withOwnCard(scene: Scene, attempt: (path: string) => Promise<Answer>): Promise<Answer> {
  const path = `${bookOf(scene)}mine.vcf`;
  const added = answerOf(await dav(scene.who, 'PUT', path, { body: plainCard('mine') }));
  return added === 'yes' ? attempt(path) : added;
}

/** Every column of the matrix. */
export const davOperations: readonly DavOperation[] = [
  {
    name: 'finds the folder in the home',
    need: 'read',
    async attempt(scene) {
      const listed = await propfind(scene.who, homeOf(scene.who), 1, [D('resourcetype')]);
      return listed.responses.some(({ href }) => href === bookOf(scene)) ? 'yes' : 'absent';
    },
  },
  {
    name: 'lists the cards',
    need: 'read',
    attempt: async (scene) => answerOf(await propfind(scene.who, bookOf(scene), 1, [D('resourcetype')])),
  },
  {
    name: 'reads a card',
    need: 'read',
    attempt: async (scene) => answerOf(await dav(scene.who, 'GET', await cardOf(scene))),
  },
  {
    name: 'reads a card by multiget',
    need: 'read',
    attempt: async (scene) =>
      answerOf(
        await report(
          scene.who,
          bookOf(scene),
          'C:addressbook-multiget',
          `<D:prop><C:address-data/></D:prop><D:href>${await cardOf(scene)}</D:href>`,
        ),
      ),
  },
  {
    name: 'finds a card',
    need: 'read',
    async attempt(scene) {
      const reply = await report(scene.who, bookOf(scene), 'C:addressbook-query', '<D:prop><C:address-data/></D:prop>');
      if (reply.status === 207)
        return reply.responses.some(({ found }) => found.has(C('address-data'))) ? 'yes' : 'absent';
      return answerOf(reply);
    },
  },
  {
    name: 'finds a card in the one book',
    need: 'read',
    async attempt(scene) {
      const listed = await propfind(scene.who, oneOf(scene), 1, [D('getetag')]);
      const path = await oneCardOf(scene);
      return listed.responses.some(({ href }) => href === path) ? 'yes' : 'absent';
    },
  },
  {
    name: 'reads a card in the one book',
    need: 'read',
    attempt: async (scene) => answerOf(await dav(scene.who, 'GET', await oneCardOf(scene))),
  },
  {
    name: 'is told of changes',
    need: 'read',
    async attempt(scene) {
      const before = await sync(scene.who, bookOf(scene), '');
      if (before.status !== 207) return answerOf(before);
      await scene.owner.call('ContactCard/set', {
        update: { [scene.cardId]: { keywords: { [`k${Math.random()}`]: true } } },
      });
      return Object.keys(said(await sync(scene.who, bookOf(scene), tokenOf(before)))).length === 1 ? 'yes' : 'absent';
    },
  },
  {
    name: 'downloads the folder',
    need: 'read',
    attempt: async (scene) => answerOf(await dav(scene.who, 'GET', bookOf(scene))),
  },
  {
    name: 'lists a sub-folder',
    need: 'read',
    attempt: async (scene) => answerOf(await propfind(scene.who, subOf(scene), 0, [D('resourcetype')])),
  },
  {
    name: 'lists another folder of the owner',
    need: 'own',
    attempt: async (scene) => answerOf(await propfind(scene.who, privateOf(scene), 0, [D('resourcetype')])),
  },
  {
    name: 'reads a card in another folder of the owner',
    need: 'own',
    attempt: async (scene) => answerOf(await dav(scene.who, 'GET', await cardOf(scene, privateOf))),
  },
  {
    name: 'reads a card in the owner’s home',
    need: 'own',
    attempt: async (scene) => answerOf(await dav(scene.who, 'GET', await cardOf({ ...scene, who: scene.owner }))),
  },
  {
    name: 'adds a card',
    need: 'add',
    attempt: async (scene) =>
      answerOf(await dav(scene.who, 'PUT', `${bookOf(scene)}new.vcf`, { body: plainCard('new') })),
  },
  {
    name: 'adds a card by POST',
    need: 'add',
    attempt: async (scene) => answerOf(await dav(scene.who, 'POST', bookOf(scene), { body: plainCard('posted') })),
  },
  {
    name: 'changes a card that they added',
    need: 'add',
    attempt: (scene) =>
      withOwnCard(scene, async (path) =>
        answerOf(await dav(scene.who, 'PUT', path, { body: plainCard('mine', 'NOTE:deux') })),
      ),
  },
  {
    name: 'renames and deletes a card that they added',
    need: 'add',
    attempt: (scene) =>
      withOwnCard(scene, async (path) => {
        const headers = { Destination: `${bookOf(scene)}renamed.vcf` };
        const moved = answerOf(await dav(scene.who, 'MOVE', path, { headers }));
        return moved === 'yes' ? answerOf(await dav(scene.who, 'DELETE', headers.Destination)) : moved;
      }),
  },
  {
    name: 'moves a card that they added over another',
    need: 'write',
    attempt: async (scene) => {
      const Destination = await cardOf(scene);
      const moved = await withOwnCard(scene, async (path) =>
        answerOf(await dav(scene.who, 'MOVE', path, { headers: { Destination } })),
      );
      return moved;
    },
  },
  {
    name: 'changes a card',
    need: 'write',
    async attempt(scene) {
      const path = await cardOf(scene);
      const [name] = path.split('/').slice(-1);
      const text = (await dav(scene.owner, 'GET', `${bookOf({ ...scene, who: scene.owner })}${name}`)).text;
      const body = text.replace('END:VCARD', 'NOTE:changed\r\nEND:VCARD');
      return answerOf(await dav(scene.who, 'PUT', path, { body }));
    },
  },
  {
    name: 'deletes a card',
    need: 'write',
    attempt: async (scene) => answerOf(await dav(scene.who, 'DELETE', await cardOf(scene))),
  },
  {
    name: 'adds a card to the folder in the one book',
    need: 'add',
    attempt: async (scene) =>
      answerOf(await dav(scene.who, 'PUT', `${oneOf(scene)}${scene.bookId}.new.vcf`, { body: plainCard('new') })),
  },
  {
    name: 'deletes a card in the one book',
    need: 'write',
    attempt: async (scene) => answerOf(await dav(scene.who, 'DELETE', await oneCardOf(scene))),
  },
  {
    name: 'renames a card in the one book',
    need: 'write',
    async attempt(scene) {
      const Destination = `${oneOf(scene)}${scene.bookId}.renamed.vcf`;
      return answerOf(await dav(scene.who, 'MOVE', await oneCardOf(scene), { headers: { Destination } }));
    },
  },
  {
    name: 'moves a card to a sub-folder',
    need: 'write',
    attempt: async (scene) =>
      answerOf(
        await dav(scene.who, 'MOVE', await cardOf(scene), { headers: { Destination: `${subOf(scene)}moved.vcf` } }),
      ),
  },
  {
    name: 'moves a card to their own address book',
    need: 'write',
    async attempt(scene) {
      const to = `${await ownBookOf(scene)}moved.vcf`;
      return answerOf(await dav(scene.who, 'MOVE', await cardOf(scene), { headers: { Destination: to } }));
    },
  },
  {
    name: 'moves a card of their own into the folder',
    need: 'add',
    async attempt(scene) {
      const from = `${await ownBookOf(scene)}mine.vcf`;
      await dav(scene.who, 'PUT', from, { body: plainCard('mine') });
      return answerOf(await dav(scene.who, 'MOVE', from, { headers: { Destination: `${bookOf(scene)}mine.vcf` } }));
    },
  },
  {
    name: 'copies a card to their own address book',
    need: 'read',
    async attempt(scene) {
      if (scene.who === scene.owner) return 'yes';
      const to = `${await ownBookOf(scene)}copy.vcf`;
      return answerOf(await dav(scene.who, 'COPY', await cardOf(scene), { headers: { Destination: to } }));
    },
  },
  {
    name: 'calls the folder as they like',
    need: 'read',
    attempt: async (scene) =>
      answerOf(
        await dav(scene.who, 'PROPPATCH', bookOf(scene), { body: patch('<D:displayname>Autre</D:displayname>') }),
      ),
  },
  {
    name: 'renames a sub-folder for all',
    need: 'write',
    attempt: async (scene) =>
      answerOf(
        await dav(scene.who, 'PROPPATCH', subOf(scene), { body: patch('<D:displayname>Autre</D:displayname>') }),
      ),
  },
  {
    name: 'sees the list of access',
    need: 'share',
    attempt: async (scene) => answerOf(await propfind(scene.who, bookOf(scene), 0, [D('acl')])),
  },
  {
    name: 'shares the folder as Apple’s programs do',
    need: 'share',
    attempt: async (scene) =>
      answerOf(
        await dav(scene.who, 'POST', bookOf(scene), {
          body: document('CS:share', `<CS:set>${chloe(scene)}<CS:read/></CS:set>`),
        }),
      ),
  },
  {
    name: 'shares the folder in the words of the draft',
    need: 'share',
    attempt: async (scene) =>
      answerOf(
        await dav(scene.who, 'POST', bookOf(scene), {
          body: document(
            'D:share-resource',
            `<D:sharee>${chloe(scene)}<D:share-access><D:read/></D:share-access></D:sharee>`,
          ),
        }),
      ),
  },
  {
    name: 'sets the list of access',
    need: 'share',
    async attempt(scene) {
      const grant = '<D:grant><D:privilege><D:read/></D:privilege></D:grant>';
      const people = [scene.app.ben, scene.app.chloe].map(({ id }) => `<D:href>/dav/principals/${id}/</D:href>`);
      const aces = people.map((href) => `<D:ace><D:principal>${href}</D:principal>${grant}</D:ace>`).join('');
      return answerOf(await dav(scene.who, 'ACL', bookOf(scene), { body: document('D:acl', aces) }));
    },
  },
  {
    name: 'deletes a sub-folder',
    need: 'deleteSub',
    attempt: async (scene) => answerOf(await dav(scene.who, 'DELETE', subOf(scene))),
  },
  {
    name: 'leaves the folder',
    need: 'leave',
    attempt: async (scene) => answerOf(await dav(scene.who, 'DELETE', bookOf(scene))),
  },
];
