import assert from 'node:assert/strict';
import { test } from 'node:test';
import { create, destroy, list, refusal, update } from '../../kit/calls.ts';
import type { Person, Result } from '../../kit/person.ts';
import { systemFolders } from '../../kit/zimbra/account.ts';
import type { Mailbox } from '../../kit/zimbra/account.ts';
import { mailbox, openMoving, withGrants } from '../../kit/zimbra/moving.ts';
import { startZimbra } from '../../kit/zimbra/server.ts';

test('an undo takes back contacts, folders and shares, but what somebody has changed since', async () => {
  const shared = withGrants([{ type: 'usr', granteeId: 'z1', email: 'ben@demo.example', rights: 'r' }]);
  await using zimbra = await startZimbra({ ada: { password: 'secret', mailbox: shared } });
  await using live = await openMoving({ COTERIE_ZIMBRA_URL: zimbra.url });
  const fetched = await live.ada.call('ContactImport/fetchZimbra', { username: 'ada', password: 'secret' });
  const id = await create(live.ada, 'ContactImport', { kind: 'zimbra', blobId: fetched['blobId'], shares: 'quiet' });
  const run = await live.end(id);
  assert.equal((await list(live.ada, 'Share')).length, 1);
  await update(live.ada, 'ContactCard', String((await live.card('Tom Roux'))['id']), { 'name/full': 'Tom R.' });
  await update(live.ada, 'ContactImport', String(run['id']), { state: 'undoing' });
  const undone = await live.end(id);
  assert.deepEqual([undone['state'], undone['undone'], undone['kept']].map(String), ['undone', '3', '1']);
  assert.deepEqual(await live.contacts(), { Presse: ['Tom R.'] });
  assert.deepEqual(await live.folders(), [
    'Contacts green',
    'Partenaires red',
    'Personnes contactées par mail –',
    'Presse ‹ Partenaires #123456',
  ]);
  assert.equal((await list(live.ada, 'Share')).length, 0);
});

test('a live Zimbra is read by SOAP and REST; the preview tells shares truthfully, and nobody gets a mail', async () => {
  const shared = withGrants([
    { type: 'usr', granteeId: 'z1', email: 'ben@demo.example', rights: 'rwidx' },
    { type: 'usr', granteeId: 'z2', email: 'chloe@demo.example', rights: 'rw' },
    { type: 'usr', granteeId: 'z3', email: 'gone@demo.example', rights: 'r' },
    { type: 'guest', granteeId: 'Out@Elsewhere.example', rights: 'r' },
    { type: 'all', granteeId: '0', rights: 'r' },
    { type: 'usr', granteeId: 'z4', email: 'ada@demo.example', rights: 'r' },
    { type: 'usr', granteeId: 'z5', email: 'ben@demo.example', rights: '' },
  ]);
  await using zimbra = await startZimbra({ 'ada@demo.example': { password: 'secret', mailbox: shared } });
  await using moving = await openMoving({ COTERIE_ZIMBRA_URL: zimbra.url });
  const { ada, app } = moving;
  const session = (await (await ada.get('/jmap/session')).json()) as { capabilities: Record<string, Result> };
  assert.equal(session.capabilities['https://coterie.example/jmap/contacts']!['zimbraUrl'], zimbra.url);
  const access = { username: 'ada@demo.example', password: 'secret' };
  const { blobId, problem } = await ada.call('ContactImport/fetchZimbra', access);
  assert.equal(problem, null);
  assert.equal(zimbra.asked.at(-1), 'EndSessionRequest');
  const preview = await ada.call('ContactImport/previewZimbra', { blobId, shares: 'mail' });
  const folders = [...preview['folders']!];
  assert.deepEqual(
    folders.map((folder) => [folder['name'], folder['color'], folder['state'], folder['count']].join(' ')),
    [
      'Contacts green there 1',
      'Personnes contactées par mail  there 1',
      'Partenaires red new 1',
      'Presse #123456 new 1',
    ],
  );
  const shares = (given: Result[]) =>
    given.map((share) => [share['name'], share['role'], share['state'], share['isExact']].join(' '));
  assert.deepEqual(shares([...folders[2]!['shares']!]), [
    'Ben manager new true',
    'Chloé viewer new false',
    'gone@demo.example viewer unknown true',
    'Out@Elsewhere.example viewer new true',
    '0 viewer kind true',
    'Ada viewer self true',
    'Ben none nothing true',
  ]);
  assert.deepEqual(
    [preview['contacts'], preview['groups'], preview['photos'], preview['tags']].map(Number),
    [3, 1, 1, 1],
  );
  assert.deepEqual(await moving.contacts(), {});
  assert.deepEqual(await app.mails(), []);
  const quiet = await moving.end(await create(ada, 'ContactImport', { kind: 'zimbra', blobId, shares: 'quiet' }));
  assert.deepEqual(await app.mails(), []);
  assert.deepEqual(
    (await moving.report(String(quiet['id']))).filter((line) => line.startsWith('share')),
    [
      'share | Partenaires → chloe@demo.example | less',
      'share | Partenaires → gone@demo.example | unknown',
      'share | Partenaires → Out@Elsewhere.example | outside',
      'share | Partenaires → 0 | kind',
      'share | Partenaires → ben@demo.example | nothing',
    ],
  );
  const made = await list(ada, 'Share');
  assert.deepEqual(made.map((share) => `${share['name']} ${share['role']}`).sort(), ['Ben manager', 'Chloé viewer']);
  // With mails who is outside is invited, and nobody again who has it already.
  await moving.end(await create(ada, 'ContactImport', { kind: 'zimbra', blobId, shares: 'mail' }));
  assert.deepEqual(
    (await app.mails()).map(({ to }) => to.address),
    ['out@elsewhere.example'],
  );
  // A share that was ended here is not made again.
  await destroy(ada, 'Share', String(made[0]!['id']));
  await moving.end(await create(ada, 'ContactImport', { kind: 'zimbra', blobId, shares: 'quiet' }));
  assert.equal((await list(ada, 'Share')).length, 2);
});

test('what somebody had accepted there is accepted here, once its owner has moved in, too', async () => {
  const links = [{ id: 400, name: 'Chez Ada', owner: 'ada@demo.example', folderId: 257 }];
  const grants = [{ type: 'usr', granteeId: 'z1', email: 'ben@demo.example', rights: 'r' }] as const;
  const ben: Mailbox = { folders: systemFolders, contacts: [], links };
  await using zimbra = await startZimbra({
    'ada@demo.example': { password: 'a', mailbox: withGrants(grants) },
    'ben@demo.example': { password: 'b', mailbox: ben },
  });
  await using moving = await openMoving({ COTERIE_ZIMBRA_URL: zimbra.url });
  const take = async (person: Person, password: string) => {
    const { blobId } = await person.call('ContactImport/fetchZimbra', { username: person.email, password });
    return moving.end(await create(person, 'ContactImport', { kind: 'zimbra', blobId, shares: 'quiet' }), person);
  };
  const { ada } = moving;
  const early = await take(moving.app.ben, 'b');
  const report = await moving.app.ben.call('ContactImport/report', { id: early['id'] });
  assert.deepEqual(
    [...report['list']!].map((row) => [row['reason'], row['text'], row['detail']].join(' ')),
    ['link Chez Ada ada@demo.example'],
  );
  await take(ada, 'a');
  await take(moving.app.ben, 'b');
  const [share] = await list(ada, 'Share');
  assert.equal(share!['status'], 'accepted');
  const books = await list(moving.app.ben, 'AddressBook', { accountId: ada.id });
  assert.deepEqual(
    books.filter((book) => book['isSubscribed']).map((book) => `${book['name']} ${book['color']}`),
    ['Chez Ada red', 'Presse #123456'],
  );
});

test('who cannot sign in there is told why; whoever guesses has to wait', async () => {
  await using zimbra = await startZimbra({
    ada: { password: 'secret', mailbox },
    ben: { password: 'secret', mailbox, code: '123456' },
  });
  await using moving = await openMoving({ COTERIE_ZIMBRA_URL: zimbra.url });
  const { ada, app } = moving;
  const fetchAs = async (person: Person, access: object) =>
    String((await person.call('ContactImport/fetchZimbra', access))['problem']);
  assert.equal(await fetchAs(app.ben, { username: 'ben', password: 'secret' }), 'twoFactor');
  assert.equal(await fetchAs(app.ben, { username: 'ben', password: 'secret', code: '000000' }), 'twoFactor');
  assert.equal(await fetchAs(app.ben, { username: 'ben', password: 'secret', code: '123456' }), 'null');
  zimbra.override = (_request, response) => response.writeHead(302, { Location: 'http://127.0.0.1:1/' }).end();
  assert.equal(await fetchAs(ada, { username: 'ada', password: 'secret' }), 'notZimbra');
  zimbra.override = (_request, response) => response.end('<html>');
  assert.equal(await fetchAs(ada, { username: 'ada', password: 'secret' }), 'notZimbra');
  zimbra.override = undefined;
  for (let tries = 0; tries < 4; tries += 1)
    assert.equal(await fetchAs(ada, { username: 'ada', password: 'wrong' }), 'loginRefused');
  assert.equal(await fetchAs(ada, { username: 'ada', password: 'secret' }), 'tooManyTries');
  assert.equal(await fetchAs(ada, { username: 'ben', password: 'secret' }), 'tooManyTries');
  assert.doesNotMatch(app.faults.join('\n'), /secret/u);
});

test('without the administrator naming a Zimbra nothing is called', async () => {
  await using moving = await openMoving();
  const refused = await refusal(moving.ada, 'ContactImport/fetchZimbra', { username: 'ada', password: 'x' });
  assert.equal(refused['type'], 'serverUnavailable');
});
