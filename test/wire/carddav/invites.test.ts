import assert from 'node:assert/strict';
import { test } from 'node:test';
import { childOf, elementsOf, textOf } from '../../../src/lib/xml/xmlElement.ts';
import { folder, list } from '../../kit/calls.ts';
import { booksOf, CS, D, dav, document, homeOf, hrefIn, namesIn, propfind } from '../../kit/dav.ts';
import type { DavReply } from '../../kit/dav.ts';
import type { Person } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';

const principal = (person: Person) => `/dav/principals/${person.id}/`;
const csSet = (href: string, access: string) =>
  `<CS:set><D:href>${href}</D:href><CS:summary>Presse</CS:summary><CS:${access}/></CS:set>`;
const csShare = (person: Person, book: string, inner: string) =>
  dav(person, 'POST', book, { body: document('CS:share', inner) });

async function presse(person: Person): Promise<string> {
  return `${homeOf(person)}${await folder(person, 'Presse')}/`;
}

/** The notifications of a person, as documents. */
async function noticesOf(person: Person, type = 'invite-notification'): Promise<{ href: string; reply: DavReply }[]> {
  const url = hrefIn(
    (await propfind(person, principal(person), 0, [CS('notification-URL')])).responses[0],
    CS('notification-URL'),
  )!;
  const listed = await propfind(person, url, 1, [D('resourcetype'), CS('notificationtype'), D('getetag')]);
  assert.ok(namesIn(listed.responses[0], D('resourcetype')).includes(CS('notification')));
  const documents: { href: string; reply: DavReply }[] = [];
  for (const { href, found } of listed.responses.slice(1)) {
    assert.deepEqual(
      elementsOf(found.get(CS('notificationtype'))!).map(({ name }) => name),
      [CS(type)],
    );
    const reply = await dav(person, 'GET', href);
    assert.equal(reply.headers.get('etag'), textOf(found.get(D('getetag'))!));
    documents.push({ href, reply });
  }
  return documents;
}

const inside = (reply: DavReply) => childOf(reply.root!, CS('invite-notification'))!;
const statusIn = (reply: DavReply) =>
  elementsOf(inside(reply))
    .map(({ name }) => name)
    .find((name) => name.includes('invite-'));
const replyTo = (notice: DavReply, answer: string, summary = '') => {
  const host = textOf(childOf(childOf(inside(notice), CS('hosturl'))!, D('href'))!);
  const uid = textOf(childOf(inside(notice), CS('uid'))!);
  return document(
    'CS:invite-reply',
    `<D:href>me</D:href><CS:invite-${answer}/><CS:hosturl><D:href>${host}</D:href></CS:hosturl><CS:in-reply-to>${uid}</CS:in-reply-to>${summary}`,
  );
};

test('a program shares a folder, the other is notified, accepts, and has it', async () => {
  await using app = await createTestApp();
  const book = await presse(app.ada);
  const options = await dav(app.ada, 'OPTIONS', book);
  assert.match(options.headers.get('dav')!, /calendarserver-sharing/u);
  assert.equal((await csShare(app.ada, book, csSet(`mailto:${app.ben.email}`, 'read-write'))).status, 200);
  const invite = async () =>
    (await propfind(app.ada, book, 0, [CS('invite'), D('resourcetype'), D('share-access')])).responses[0];
  assert.ok(namesIn(await invite(), D('resourcetype')).includes(CS('shared-owner')));
  assert.ok(namesIn(await invite(), CS('invite')).includes(CS('invite-noresponse')));
  assert.ok(namesIn(await invite(), CS('invite')).includes(CS('read-write')));
  const [share] = await list(app.ada, 'Share');
  assert.equal(share!['role'], 'manager');
  const [notice, ...more] = await noticesOf(app.ben);
  assert.deepEqual([more.length, statusIn(notice!.reply)], [0, CS('invite-noresponse')]);
  const summary = '<CS:summary>Journaux</CS:summary>';
  const answered = await dav(app.ben, 'POST', homeOf(app.ben), { body: replyTo(notice!.reply, 'accepted', summary) });
  assert.equal(answered.status, 200, answered.text);
  const shared = textOf(childOf(answered.root!, D('href'))!);
  assert.equal((await booksOf(app.ben)).get('Journaux')!.href, shared);
  assert.ok(namesIn(await invite(), CS('invite')).includes(CS('invite-accepted')));
  const url = (await propfind(app.ben, shared, 0, [CS('shared-url'), CS('invite')])).responses[0];
  assert.equal(hrefIn(url, CS('shared-url')), book);
  assert.ok(namesIn(url, CS('invite')).includes(D('href')));
  assert.equal(statusIn((await noticesOf(app.ben))[0]!.reply), CS('invite-accepted'));
});

test('an invitation is declined, and a notification dismissed', async () => {
  await using app = await createTestApp();
  const book = await presse(app.ada);
  await csShare(app.ada, book, csSet(principal(app.ben), 'read'));
  const [notice] = await noticesOf(app.ben);
  assert.equal((await dav(app.ben, 'POST', homeOf(app.ben), { body: replyTo(notice!.reply, 'declined') })).status, 204);
  assert.ok(!(await booksOf(app.ben)).has('Presse'));
  assert.equal((await list(app.ada, 'Share'))[0]!['status'], 'declined');
  assert.equal((await dav(app.ben, 'DELETE', notice!.href)).status, 204);
  assert.deepEqual(await noticesOf(app.ben), []);
  assert.deepEqual(await list(app.ben, 'ShareNotification'), []);
});

test('the owner’s programs are told of each answer, until they dismiss it: C278', async () => {
  await using app = await createTestApp();
  const book = await presse(app.ada);
  await csShare(app.ada, book, csSet(principal(app.ben), 'read') + csSet(principal(app.chloe), 'read'));
  assert.deepEqual(await noticesOf(app.ada), []);
  const [notice] = await noticesOf(app.ben);
  const answer = async (status: string) => {
    app.clock.advance(1000);
    await dav(app.ben, 'POST', homeOf(app.ben), { body: replyTo(notice!.reply, status) });
  };
  await answer('accepted');
  const told = async () => {
    const [first, ...more] = await noticesOf(app.ada, 'invite-reply');
    assert.equal(more.length, 0);
    return first && { ...first, about: childOf(first.reply.root!, CS('invite-reply'))! };
  };
  const first = (await told())!;
  const text = (name: string) => textOf(childOf(first.about, name)!);
  assert.ok(childOf(first.about, CS('invite-accepted')));
  assert.deepEqual(
    [text(D('href')), text(CS('in-reply-to')), text(CS('summary')), text(CS('common-name'))],
    [principal(app.ben), book.split('/').at(-2), 'Presse', 'Ben'],
  );
  assert.equal(textOf(childOf(childOf(first.about, CS('hosturl'))!, D('href'))!), book);
  const headers = { Accept: 'application/davnotification+xml' };
  const draft = await dav(app.ada, 'GET', first.href, { headers });
  assert.ok(childOf(childOf(draft.root!, D('share-reply-notification'))!, D('invite-accepted')));
  // It is news, and no invitation: there is nothing to answer.
  const odd = await dav(app.ada, 'POST', first.href, { body: document('D:invite-reply', '<D:invite-accepted/>') });
  assert.equal(odd.status, 403);
  assert.equal((await dav(app.ada, 'DELETE', first.href)).status, 204);
  assert.equal(await told(), undefined);
  assert.equal((await dav(app.ada, 'DELETE', first.href)).status, 404);
  await answer('declined');
  assert.ok(childOf((await told())!.about, CS('invite-declined')));
  // An ended share is no answer any more; others are told nothing.
  assert.deepEqual(
    await noticesOf(app.chloe, 'invite-reply').catch(() => 'only the invitation'),
    'only the invitation',
  );
  await csShare(app.ada, book, `<CS:remove><D:href>${principal(app.ben)}</D:href></CS:remove>`);
  assert.equal(await told(), undefined);
});

test('access is changed and taken away, and the others keep theirs', async () => {
  await using app = await createTestApp();
  const book = await presse(app.ada);
  await csShare(app.ada, book, csSet(principal(app.ben), 'read') + csSet(principal(app.chloe), 'read'));
  assert.equal((await csShare(app.ada, book, csSet(`${app.url}${principal(app.ben)}`, 'read-write'))).status, 200);
  const roles = async () => (await list(app.ada, 'Share')).map((share) => [share['name'], share['role']]).toSorted();
  assert.deepEqual(await roles(), [
    ['Ben', 'manager'],
    ['Chloé', 'viewer'],
  ]);
  assert.equal(
    (await csShare(app.ada, book, `<CS:remove><D:href>urn:x-uid:${app.ben.id}</D:href></CS:remove>`)).status,
    200,
  );
  assert.deepEqual(await roles(), [['Chloé', 'viewer']]);
  assert.equal(statusIn((await noticesOf(app.ben))[0]!.reply), CS('invite-deleted'));
});

test('an admin whose access is written again as read-write stays an admin', async () => {
  await using app = await createTestApp();
  const book = await presse(app.ada);
  await app.ada.call('Share/set', {
    create: { s: { addressBookId: book.split('/').at(-2), principalId: app.ben.id, role: 'admin' } },
  });
  await csShare(app.ada, book, csSet(principal(app.ben), 'read-write'));
  assert.equal((await list(app.ada, 'Share'))[0]!['role'], 'admin');
});

test('one who is not known keeps all from being done, and is told', async () => {
  await using app = await createTestApp();
  const book = await presse(app.ada);
  const reply = await csShare(
    app.ada,
    book,
    csSet(principal(app.ben), 'read') + csSet('mailto:nobody@demo.example', 'read'),
  );
  assert.equal(reply.status, 207);
  assert.deepEqual(
    reply.responses.map(({ href, status }) => [href, status?.slice(9, 12)]),
    [
      [principal(app.ben), '424'],
      ['mailto:nobody@demo.example', '403'],
    ],
  );
  assert.deepEqual(await list(app.ada, 'Share'), []);
});

test('questions that say nothing, and replies to nothing, are refused by their condition', async () => {
  await using app = await createTestApp();
  const book = await presse(app.ada);
  const conditions = (reply: DavReply) => [reply.status, ...elementsOf(reply.root!).map(({ name }) => name)];
  assert.deepEqual(conditions(await csShare(app.ada, book, '')), [403, CS('valid-request')]);
  assert.deepEqual(conditions(await csShare(app.ada, book, '<CS:set/>')), [403, CS('valid-request')]);
  await csShare(app.ada, book, csSet(principal(app.ben), 'read'));
  const [notice] = await noticesOf(app.ben);
  const body = replyTo(notice!.reply, 'accepted');
  assert.deepEqual(conditions(await dav(app.chloe, 'POST', homeOf(app.chloe), { body })), [403, CS('invalid-share')]);
  const elsewhere = body.replace(book, '/dav/addressbooks/x/y/');
  assert.deepEqual(conditions(await dav(app.ben, 'POST', homeOf(app.ben), { body: elsewhere })), [
    403,
    CS('invalid-share'),
  ]);
  assert.equal((await dav(app.ben, 'GET', notice!.href.replace('.xml', 'x.xml'))).status, 404);
  assert.equal((await dav(app.chloe, 'GET', notice!.href)).status, 404);
});

test('the same can be said in the words of the resource-sharing draft', async () => {
  await using app = await createTestApp();
  const book = await presse(app.ada);
  const sharee = (href: string, access: string) =>
    `<D:sharee><D:href>${href}</D:href><D:share-access><D:${access}/></D:share-access></D:sharee>`;
  const say = (inner: string) =>
    dav(app.ada, 'POST', book, {
      body: document('D:share-resource', inner),
      headers: { 'Content-Type': 'application/davsharing+xml' },
    });
  assert.equal((await say(sharee(`mailto:${app.ben.email}`, 'read'))).status, 200);
  const [told] = (await propfind(app.ada, book, 0, [D('invite'), D('share-access')])).responses;
  assert.ok(namesIn(told, D('share-access')).includes(D('shared-owner')));
  for (const name of ['invite-noresponse', 'read']) assert.ok(namesIn(told, D('invite')).includes(D(name)), name);
  const [notice] = await noticesOf(app.ben);
  const draft = await dav(app.ben, 'GET', notice!.href, { headers: { Accept: 'application/davnotification+xml' } });
  assert.ok(childOf(draft.root!, D('share-invite-notification')));
  const answered = await dav(app.ben, 'POST', notice!.href, {
    body: document('D:invite-reply', '<D:invite-accepted/>'),
  });
  assert.equal(answered.status, 200);
  const [mine] = (
    await propfind(app.ben, `${homeOf(app.ben)}${book.split('/').at(-2)}/`, 0, [
      D('share-access'),
      D('share-resource-uri'),
    ])
  ).responses;
  assert.ok(namesIn(mine, D('share-access')).includes(D('read')));
  assert.equal(hrefIn(mine, D('share-resource-uri')), book);
  assert.equal((await say(sharee(principal(app.ben), 'no-access'))).status, 200);
  assert.deepEqual(await list(app.ada, 'Share'), []);
});
