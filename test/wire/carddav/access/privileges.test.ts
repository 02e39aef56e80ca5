import assert from 'node:assert/strict';
import { test } from 'node:test';
import { childOf, childrenOf, elementsOf } from '../../../../src/lib/xml/xmlElement.ts';
import type { XmlElement } from '../../../../src/lib/xml/xmlElement.ts';
import { folder, shareAccepted, update } from '../../../kit/calls.ts';
import { contactsOf, D, dav, document, homeOf, namesIn, propfind } from '../../../kit/dav.ts';
import type { Person } from '../../../kit/person.ts';
import { createTestApp } from '../../../kit/world.ts';

/** Each privilege with those that it contains. */
type Tree = { readonly [name: string]: Tree };

function treeOf(supported: readonly XmlElement[]): Tree {
  return Object.fromEntries(
    supported.map((one) => {
      const [named] = elementsOf(childOf(one, D('privilege'))!);
      return [named!.name, treeOf(childrenOf(one, D('supported-privilege')))];
    }),
  );
}

const named = (names: readonly string[]): Tree => Object.fromEntries(names.map((name) => [D(name), {}]));

async function privilegesAt(person: Person, path: string): Promise<string[]> {
  const { responses } = await propfind(person, path, 0, [D('current-user-privilege-set')]);
  return namesIn(responses[0], D('current-user-privilege-set')).map((name) => name.replace('{DAV:}', ''));
}

const writing = ['write', 'write-properties', 'write-content', 'bind', 'unbind'];

test('the tree of privileges has in write what RFC 3744 §3.12 wants in it: C249', async () => {
  await using app = await createTestApp();
  for (const path of ['/dav/', homeOf(app.ada), await contactsOf(app.ada)]) {
    const [told] = (await propfind(app.ada, path, 0, [D('supported-privilege-set')])).responses;
    const tree = treeOf(childrenOf(told!.found.get(D('supported-privilege-set'))!, D('supported-privilege')));
    assert.deepEqual(tree, {
      [D('all')]: {
        ...named(['read', 'read-current-user-privilege-set', 'share', 'read-acl', 'write-acl']),
        [D('write')]: named(writing.slice(1)),
      },
    });
  }
});

test('whoever has write has all that is in it, and a Viewer nothing of it: C249', async () => {
  await using app = await createTestApp();
  const bookId = await folder(app.ada, 'Presse');
  const shareId = await shareAccepted(app.ada, bookId, app.ben, 'manager');
  const book = `${homeOf(app.ben)}${bookId}/`;
  const held = async (person: Person, path: string) => {
    const all = await privilegesAt(person, path);
    return writing.filter((name) => all.includes(name));
  };
  assert.deepEqual(await held(app.ben, book), writing);
  const name = '<D:set><D:prop><D:displayname>Mienne</D:displayname></D:prop></D:set>';
  assert.match((await dav(app.ben, 'PROPPATCH', book, { body: document('D:propertyupdate', name) })).text, /200 OK/u);
  for (const path of [homeOf(app.ada), `${homeOf(app.ada)}${bookId}/`])
    assert.deepEqual(await held(app.ada, path), writing);
  await update(app.ada, 'Share', shareId, { role: 'admin' });
  assert.deepEqual(await held(app.ben, book), writing);
  await update(app.ada, 'Share', shareId, { role: 'contributor' });
  assert.deepEqual(await held(app.ben, book), ['bind']);
  await update(app.ada, 'Share', shareId, { role: 'viewer' });
  assert.deepEqual(await held(app.ben, book), []);
});

test('who shares a folder in which they write nothing has no privilege of writing that programs would go by', async () => {
  await using app = await createTestApp();
  const bookId = await folder(app.ada, 'Presse');
  const rights = { mayRead: true, mayWrite: false, mayShare: true, mayDelete: false };
  await update(app.ada, 'AddressBook', bookId, { shareWith: { [app.ben.id]: rights } });
  await update(app.ben, 'ShareInvitation', bookId, { status: 'accepted' });
  assert.deepEqual(await privilegesAt(app.ben, `${homeOf(app.ben)}${bookId}/`), [
    'read',
    'read-current-user-privilege-set',
    'share',
    'read-acl',
    'write-acl',
  ]);
});

test('lists of access only grant, and no other list takes away what they grant: C249', async () => {
  await using app = await createTestApp();
  for (const path of [homeOf(app.ada), await contactsOf(app.ada)]) {
    const [told] = (await propfind(app.ada, path, 0, [D('acl-restrictions'), D('inherited-acl-set')])).responses;
    assert.deepEqual(namesIn(told, D('acl-restrictions')), [D('grant-only'), D('no-invert')]);
    // §5.7 is of lists that must grant as well; what comes from folders above stands in the list itself (§5.5.4).
    assert.deepEqual(elementsOf(told!.found.get(D('inherited-acl-set'))!), []);
  }
});
