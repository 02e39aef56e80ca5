import assert from 'node:assert/strict';
import { card, changes, destroy, folder, list, session, shareAccepted, stateOf, update } from '../calls.ts';
import { CS, D, dav, homeOf, plainCard, propfind, put, report, sync, tokenOf } from '../dav.ts';
import { openStream } from './openStream.ts';
import type { Recorder, Said } from './recorder.ts';
import type { Person } from '../person.ts';
import type { TestApp } from '../world.ts';

/** Who asks, and the folder and cards that they ask for. */
type Scene = {
  readonly asks: Person;
  readonly owner: Person;
  readonly bookId: string;
  /** A folder of who asks, with many cards. */
  readonly largeBookId: string;
  /** The ids of cards in the first. */
  readonly cards: readonly string[];
  /** The token and the state of a moment ago, before one card was changed. */
  readonly before: { readonly token: string; readonly state: string };
};

/** Something that programs and windows do all day. */
type HotPath = { readonly name: string; readonly run: (scene: Scene) => Promise<unknown> };

const bookOf = ({ asks, bookId }: Scene) => `${homeOf(asks)}${bookId}/`;
const accountOf = ({ owner }: Scene) => ({ accountId: owner.id });
const shown = [D('resourcetype'), D('displayname'), D('sync-token'), CS('getctag'), D('current-user-privilege-set')];

async function answered(reply: Promise<{ readonly status: number }>, ...statuses: readonly number[]): Promise<void> {
  const { status } = await reply;
  assert.ok(statuses.includes(status), String(status));
}

const query = (scene: Scene, filter: object, more: object = {}) =>
  scene.asks.call('ContactCard/query', { ...accountOf(scene), filter, limit: 20, ...more });

/** All that is hot, in the order in which it is done. */
const hotPaths: readonly HotPath[] = [
  {
    name: 'CardDAV: the address books of a home',
    run: ({ asks }) => answered(propfind(asks, homeOf(asks), 1, shown), 207),
  },
  {
    name: 'CardDAV: what an address book is like',
    run: (scene) => answered(propfind(scene.asks, bookOf(scene), 0, shown), 207),
  },
  {
    name: 'CardDAV: the cards of an address book and their etags',
    run: (scene) => answered(propfind(scene.asks, bookOf(scene), 1, [D('getetag')]), 207),
  },
  { name: 'CardDAV: GET of a card', run: (scene) => answered(dav(scene.asks, 'GET', `${bookOf(scene)}one.vcf`), 200) },
  {
    name: 'CardDAV: PUT of a new card',
    run: (scene) =>
      put(scene.asks, `${bookOf(scene)}new.vcf`, plainCard(`new-${scene.asks.id}`, 'EMAIL:new@demo.example')),
  },
  {
    name: 'CardDAV: PUT of a card that is there',
    run: (scene) =>
      put(
        scene.asks,
        `${bookOf(scene)}new.vcf`,
        plainCard(`new-${scene.asks.id}`, 'EMAIL:newer@demo.example', 'CATEGORIES:presse'),
      ),
  },
  {
    name: 'CardDAV: DELETE of a card',
    run: (scene) => answered(dav(scene.asks, 'DELETE', `${bookOf(scene)}new.vcf`), 204),
  },
  {
    name: 'CardDAV: addressbook-multiget',
    run: (scene) => {
      const hrefs = ['one', 'two', 'three'].map((name) => `<D:href>${bookOf(scene)}${name}.vcf</D:href>`).join('');
      const asked = `<D:prop><D:getetag/><C:address-data/></D:prop>${hrefs}`;
      return answered(report(scene.asks, bookOf(scene), 'C:addressbook-multiget', asked), 207);
    },
  },
  {
    name: 'CardDAV: sync-collection from the beginning',
    run: (scene) => answered(sync(scene.asks, bookOf(scene), ''), 207),
  },
  {
    name: 'CardDAV: sync-collection after a change',
    run: async (scene) => {
      const { before } = scene;
      const reply = await sync(scene.asks, bookOf(scene), before.token, { prop: '<D:getetag/><C:address-data/>' });
      assert.equal(reply.status, 207);
      assert.ok(reply.responses.length > 0);
    },
  },
  {
    name: 'CardDAV: sync-collection when nothing has changed',
    run: async (scene) => {
      const token = tokenOf(await sync(scene.asks, bookOf(scene), scene.before.token));
      await answered(sync(scene.asks, bookOf(scene), token), 207);
    },
  },
  {
    name: 'CardDAV: addressbook-query by a name',
    run: (scene) => {
      const match = '<C:filter><C:prop-filter name="FN"><C:text-match>tw</C:text-match></C:prop-filter></C:filter>';
      return answered(
        report(scene.asks, bookOf(scene), 'C:addressbook-query', `<D:prop><D:getetag/></D:prop>${match}`),
        207,
      );
    },
  },
  {
    name: 'CardDAV: addressbook-query by an address',
    run: (scene) => {
      const match =
        '<C:filter><C:prop-filter name="EMAIL"><C:text-match>demo</C:text-match></C:prop-filter></C:filter>';
      return answered(
        report(scene.asks, bookOf(scene), 'C:addressbook-query', `<D:prop><C:address-data/></D:prop>${match}`),
        207,
      );
    },
  },
  {
    name: 'CardDAV: addressbook-query by a name in a large address book, and again after a change',
    run: async (scene) => {
      const book = `${homeOf(scene.asks)}${scene.largeBookId}/`;
      const match = '<C:filter><C:prop-filter name="FN"><C:text-match>many-7</C:text-match></C:prop-filter></C:filter>';
      const ask = () => report(scene.asks, book, 'C:addressbook-query', `<D:prop><D:getetag/></D:prop>${match}`);
      await answered(ask(), 207);
      await put(scene.asks, `${book}many.vcf`, plainCard('many', `EMAIL:${scene.asks.id}@demo.example`));
      await answered(ask(), 207);
    },
  },
  { name: 'JMAP: the session', run: ({ asks }) => session(asks) },
  { name: 'JMAP: AddressBook/get', run: (scene) => list(scene.asks, 'AddressBook', accountOf(scene)) },
  {
    name: 'JMAP: ContactCard/get of three',
    run: (scene) => list(scene.asks, 'ContactCard', { ...accountOf(scene), ids: scene.cards }),
  },
  { name: 'JMAP: ContactCard/query, the first page of the list', run: (scene) => query(scene, {}) },
  {
    name: 'JMAP: ContactCard/query, a page of a folder with total',
    run: (scene) => query(scene, { inAddressBook: scene.bookId }, { calculateTotal: true }),
  },
  { name: 'JMAP: ContactCard/query by the beginning of a word', run: (scene) => query(scene, { text: 'tw' }) },
  {
    name: 'JMAP: ContactCard/query by two words, with total',
    run: (scene) => query(scene, { text: 'demo exa' }, { calculateTotal: true }),
  },
  {
    name: 'JMAP: ContactCard/query, last edited first',
    run: (scene) => query(scene, {}, { sort: [{ property: 'updated', isAscending: false }] }),
  },
  {
    name: 'JMAP: ContactCard/changes',
    run: (scene) => changes(scene.asks, 'ContactCard', scene.before.state, scene.owner.id),
  },
  {
    name: 'JMAP: AddressBook/changes',
    run: (scene) => changes(scene.asks, 'AddressBook', scene.before.state, scene.owner.id),
  },
  {
    name: 'JMAP: ContactCard/set, a new card',
    run: (scene) => card(scene.asks, scene.bookId, 'Created', accountOf(scene)),
  },
  {
    name: 'JMAP: ContactCard/set, an edit',
    run: (scene) =>
      update(
        scene.asks,
        'ContactCard',
        scene.cards[0]!,
        { 'name/full': `Edited by ${scene.asks.id}` },
        accountOf(scene),
      ),
  },
  {
    name: 'JMAP: ContactCard/set, deleting',
    run: async (scene) => {
      const id = await card(scene.asks, scene.bookId, 'Deleted', accountOf(scene));
      await destroy(scene.asks, 'ContactCard', id, accountOf(scene));
    },
  },
  {
    name: 'Push: a window opens, and is told of a change',
    run: async (scene) => {
      await using stream = await openStream(scene.asks);
      await card(scene.owner, scene.bookId, `Told to ${scene.asks.id}`);
      await stream.change();
    },
  },
];

/** A folder with so many cards that their texts are kept. */
async function openLargeFolder(owner: Person): Promise<string> {
  const bookId = await folder(owner, 'Partners');
  const names = Array.from({ length: 201 }, (_, number) => `many-${number}`);
  const cards = names.map((full) => [full, { addressBookIds: { [bookId]: true }, name: { full } }]);
  await owner.call('ContactCard/set', { create: Object.fromEntries(cards) });
  return bookId;
}

/** A folder with three cards, shared with somebody who may write. */
async function openScene(app: TestApp): Promise<{ readonly own: Scene; readonly shared: Scene }> {
  const { ada, ben } = app;
  const bookId = await folder(ada, 'Presse');
  await shareAccepted(ada, bookId, ben);
  const book = `${homeOf(ada)}${bookId}/`;
  for (const name of ['one', 'two', 'three'])
    await put(
      ada,
      `${book}${name}.vcf`,
      plainCard(name, `EMAIL:${name}@demo.example`, `TEL:+33 1 23 45 67 8${name.length}`),
    );
  const sceneOf = async (asks: Person): Promise<Scene> => {
    const token = tokenOf(await sync(asks, `${homeOf(asks)}${bookId}/`, ''));
    const state = await stateOf(asks, 'ContactCard', ada.id);
    const found = await asks.call('ContactCard/query', { accountId: ada.id, filter: { inAddressBook: bookId } });
    return {
      asks,
      owner: ada,
      bookId,
      largeBookId: await openLargeFolder(asks),
      cards: [...found['ids']!].map(String).sort(),
      before: { token, state },
    };
  };
  const scenes = { own: await sceneOf(ada), shared: await sceneOf(ben) };
  await put(ada, `${book}two.vcf`, plainCard('two', 'EMAIL:twice@demo.example'));
  return scenes;
}

const day = 86_400_000;

/** Does all that is hot, as the owner of a folder and as a colleague with whom it is shared: what was said on each path. */
export async function sayAll(app: TestApp, recorder: Recorder): Promise<Map<string, readonly Said[]>> {
  // What is recorded at the first request of a day belongs to no path: the day does not end before the last of them.
  app.clock.advance(day - (app.world.now().getTime() % day));
  const said = new Map<string, readonly Said[]>();
  const { own, shared } = await openScene(app);
  for (const [who, scene] of [['the owner', own] as const, ['a colleague', shared] as const])
    for (const { name, run } of hotPaths) {
      // An edit of another second writes another column, and nobody is remembered for so long.
      app.clock.advance(15_000);
      said.set(`${name} (${who})`, await recorder.during(() => run(scene)));
    }
  return said;
}
