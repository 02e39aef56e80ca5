import assert from 'node:assert/strict';
import { on } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, test } from 'node:test';
import { collectRecipients } from '../../../src/core/collected/collectRecipients.ts';
import { createGroup } from '../../../src/core/principal/createGroup.ts';
import { create, folder, items, list, share, shareAccepted, update } from '../../kit/calls.ts';
import { collected, message, openLmtp } from '../../kit/lmtp.ts';
import type { MailServer } from '../../kit/lmtp.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

let app: TestApp;
let mail: MailServer;
const ada = 'ada@demo.example';

beforeEach(async () => {
  app = await createTestApp();
  mail = await openLmtp(app);
});
afterEach(async () => {
  await mail[Symbol.asyncDispose]();
  await app.close();
});

async function emailed(person: TestApp['ada'], bookId: string, address: string): Promise<string> {
  return create(person, 'ContactCard', {
    name: { full: 'X' },
    emails: { e: { address } },
    addressBookIds: { [bookId]: true },
  });
}

test('those in To and Cc, and those of the envelope alone, are in the folder of the sender afterwards', async () => {
  const reply = await mail.deliver(
    'Ada@Demo.example',
    message(
      'From: Ada <ada@demo.example>',
      'To: Marie Dupont <marie@partner.example>, "Martin, Paul" <paul@partner.example>',
      'Cc: =?iso-8859-1?Q?Fran=E7ois_No=EBl?= <francois@partner.example>',
      'Message-ID: <1@demo.example>',
    ),
    ['collect@coterie.invalid', 'collect+blind=partner.example@coterie.invalid'],
  );
  assert.match(reply, /^250/u);
  assert.deepEqual(await collected(app.ada), [
    '<blind@partner.example>',
    'François Noël <francois@partner.example>',
    'Marie Dupont <marie@partner.example>',
    'Paul Martin <paul@partner.example>',
  ]);
  assert.deepEqual(await collected(app.ben), []);
});

test('nothing is collected twice, however the address is written', async () => {
  for (const [index, address] of ['Marie@Partner.example', 'marie@partner.example', 'MARIE@PARTNER.EXAMPLE'].entries())
    await mail.deliver(ada, message(`To: ${address}, marie@partner.example`, `Message-ID: <${index}@demo.example>`));
  await mail.deliver(ada, message('To: élise@démo.example'));
  await mail.deliver(ada, message('To: élise@xn--dmo-bma.example'));
  assert.deepEqual(await collected(app.ada), ['<Marie@partner.example>', '<élise@démo.example>']);
});

test('what a folder of one’s own, or one accepted from somebody, has already stays out; what is only offered does not count', async () => {
  const own = await folder(app.ada, 'Presse');
  await emailed(app.ada, own, 'Known@partner.example');
  const accepted = await folder(app.ben, 'Accepté');
  await emailed(app.ben, accepted, 'shared@partner.example');
  await shareAccepted(app.ben, accepted, app.ada, 'viewer');
  const offered = await folder(app.chloe, 'Proposé');
  await emailed(app.chloe, offered, 'offered@partner.example');
  await share(app.chloe, offered, app.ada, 'viewer');
  await mail.deliver(ada, message('To: known@partner.example, shared@partner.example, offered@partner.example'));
  assert.deepEqual(await collected(app.ada), ['<offered@partner.example>']);
});

test('one’s own addresses, groups, lists and addresses that nobody answers from stay out; colleagues do not', async () => {
  await createGroup(app.world, { name: 'Équipe', email: 'equipe@demo.example' });
  await mail.deliver(
    ada,
    message(
      'To: ada@demo.example, equipe@demo.example, Ben <ben@demo.example>, no-reply@partner.example, liste-owner@partner.example',
      'Cc: ecole@groupes.renater.fr, x@lists.partner.example, root@localhost, printer@office.invalid, "a b"@partner.example',
    ),
  );
  assert.deepEqual(await collected(app.ada), ['Ben <ben@demo.example>']);
});

test('automatic mail, mail through a list, mail in the name of somebody else and circulars collect nothing', async () => {
  const to = 'To: marie@partner.example';
  const many = Array.from({ length: 51 }, (_, index) => `p${index}@partner.example`).join(',\r\n ');
  for (const header of [
    [to, 'Auto-Submitted: auto-replied'],
    [to, 'List-Id: <x.partner.example>'],
    [to, 'Precedence: bulk'],
    [to, 'From: Ben <ben@demo.example>'],
    [`To: ${many}`],
  ])
    assert.match(await mail.deliver(ada, message(...header)), /^250/u);
  assert.deepEqual(await collected(app.ada), []);
  await mail.deliver(ada, message(to, 'Auto-Submitted: no'));
  assert.equal((await collected(app.ada)).length, 1);
});

test('a sender whom nobody knows, who has left, or who is a bounce gets no error and collects nothing', async () => {
  for (const sender of ['nobody@partner.example', ''])
    assert.match(await mail.deliver(sender, message('To: marie@partner.example', `From: ${ada}`)), /^250/u);
  for (const person of [app.ada, app.ben, app.chloe]) assert.deepEqual(await collected(person), []);
});

test('copies of one message count once, and each use is counted for the order of suggestions', async () => {
  const one = message('To: Zoé <zoe@partner.example>', 'Message-ID: <same@demo.example>');
  await mail.deliver(ada, one);
  await mail.deliver(ada, one);
  await mail.deliver(ada, message('To: zoe@partner.example', 'Message-ID: <next@demo.example>'));
  const rows = await app.world.db.all(app.world.db.build.selectFrom('contacted').select(['address_key', 'uses']));
  assert.deepEqual(rows, [{ address_key: 'zoe@partner.example', uses: 2 }]);
});

test('a person who does not want it collects nothing', async () => {
  await update(app.ada, 'Preferences', 'singleton', { collects: false });
  await mail.deliver(ada, message('To: marie@partner.example'));
  assert.deepEqual(await collected(app.ada), []);
});

test('a forgotten address goes to the trash and stays forgotten until it is remembered', async () => {
  await mail.deliver(ada, message('To: marie@partner.example, paul@partner.example'));
  await update(app.ada, 'Preferences', 'singleton', { 'forgottenAddresses/Marie@partner.example': true });
  assert.deepEqual(await collected(app.ada), ['<paul@partner.example>']);
  const [preferences] = await list(app.ada, 'Preferences');
  assert.deepEqual(preferences!['forgottenAddresses'], { 'marie@partner.example': true });
  await app.ada.call('TrashItem/empty');
  await mail.deliver(ada, message('To: marie@partner.example'));
  assert.deepEqual(await collected(app.ada), ['<paul@partner.example>']);
  await update(app.ada, 'Preferences', 'singleton', { 'forgottenAddresses/marie@partner.example': null });
  await mail.deliver(ada, message('To: marie@partner.example'));
  assert.equal((await collected(app.ada)).length, 2);
});

test('a full account leaves out what has no room, and the mail goes through', async () => {
  await using full = await createTestApp({ environment: { COTERIE_MAX_CARDS_PER_ACCOUNT: '2' } });
  await using door = await openLmtp(full);
  assert.match(
    await door.deliver(ada, message('To: a@partner.example, b@partner.example, c@partner.example')),
    /^250/u,
  );
  assert.equal((await collected(full.ada)).length, 2);
});

test('when the database cannot be written the mail server keeps the copy, and nothing is lost or counted twice', async () => {
  const broken = { ...app.world, db: { ...app.world.db, transaction: () => Promise.reject(new Error('disk full')) } };
  const faults: unknown[] = [];
  await using door = await openLmtp({ world: broken }, { report: (error) => faults.push(error) });
  const one = message('To: marie@partner.example', 'Message-ID: <1@demo.example>');
  await assert.rejects(door.deliver(ada, one), { responseCode: 451 });
  assert.equal(faults.length, 1);
  await mail.deliver(ada, one);
  assert.equal((await collected(app.ada)).length, 1);
});

test('a machine that is not among the peers is sent away', async () => {
  await using door = await openLmtp(app, { peers: ['192.0.2.0/24'] });
  await assert.rejects(door.deliver(ada, message('To: marie@partner.example')));
});

test('ten megabytes pass through; ten thousand fields, a header without end and broken MIME are taken', async () => {
  const body = 'x'.repeat(998).concat('\r\n').repeat(10_000);
  assert.match(await mail.deliver(ada, `${message('To: big@partner.example')}${body}`), /^250/u);
  const fields = Array.from({ length: 10_000 }, (_, index) => `X-${index}: y`);
  assert.match(await mail.deliver(ada, message('To: many@partner.example', ...fields)), /^250/u);
  assert.match(await mail.deliver(ada, `To: endless@partner.example\r\n${'X: y\r\n'.repeat(100_000)}`), /^250/u);
  const broken = 'To: broken@partner.example\r\nContent-Type: multipart/mixed; boundary="\r\n\r\n--\r\n--\u0000';
  assert.match(await mail.deliver(ada, broken), /^250/u);
  const addresses = ['big', 'broken', 'endless', 'many'].map((name) => `<${name}@partner.example>`);
  assert.deepEqual(await collected(app.ada), addresses);
});

test('raw Latin-1, raw UTF-8, groups, comments and hostile names come out clean', async () => {
  const latin = Buffer.from('To: "Fran\xe7ois No\xebl" <francois@partner.example>\r\n\r\n', 'latin1');
  await mail.deliver(ada, latin);
  await mail.deliver(ada, message('To: équipe: Élodie Démo <elodie@partner.example>, (note) b@partner.example;, :;'));
  await mail.deliver(ada, message('To: "Évil\u202e\u0007 <b>Name</b>" <evil@partner.example>'));
  await mail.deliver(ada, message("To: 'quoted@partner.example' <quoted@partner.example>"));
  await mail.deliver(ada, message('To: =?utf-8?Q?Z=C3=A9_=0D=0ABcc=3A_x=40y.example?= <ze@partner.example>'));
  assert.deepEqual(
    await collected(app.ada),
    [
      'note <b@partner.example>',
      '<quoted@partner.example>',
      'Élodie Démo <elodie@partner.example>',
      'Évil Name <evil@partner.example>',
      'François Noël <francois@partner.example>',
      '<ze@partner.example>',
    ].sort(),
  );
});

test('a connection that breaks in the middle of a message leaves nothing behind', async () => {
  const socket = connect(mail.port, '127.0.0.1').setEncoding('utf8');
  const answers = on(socket, 'data')[Symbol.asyncIterator]();
  for (const line of [
    'LHLO x',
    `MAIL FROM:<${ada}>`,
    'RCPT TO:<collect@coterie.invalid>',
    'DATA',
    'To: half@partner.example',
  ]) {
    await answers.next();
    socket.write(`${line}\r\n`);
  }
  socket.destroy();
  await mail.deliver(ada, message('To: whole@partner.example'));
  assert.deepEqual(await collected(app.ada), ['<whole@partner.example>']);
});

test('the report of a journal is read where it is believed, with the envelope that it tells', async () => {
  const report = [
    'From: Journal <journal@partner.example>',
    'To: collect@coterie.invalid',
    'X-MS-Journal-Report:',
    'Content-Type: multipart/mixed; boundary="b1"',
    '',
    '--b1',
    'Content-Type: text/plain; charset="us-ascii"',
    '',
    `Sender: ${ada}`,
    'Subject: x',
    'Message-Id: <j1@demo.example>',
    'To: marie@partner.example',
    'Bcc: blind@partner.example, Expanded: group@demo.example',
    '',
    '--b1',
    'Content-Type: message/rfc822',
    '',
    'From: Ada <ada@demo.example>',
    'To: =?utf-8?Q?Marie_Dupont?= <marie@partner.example>',
    'Message-ID: <j1@demo.example>',
    '',
    'body',
    '--b1--',
    '',
  ].join('\r\n');
  await mail.deliver('', report);
  assert.deepEqual(await collected(app.ada), []);
  await using journal = await openLmtp(app, { journal: true });
  await journal.deliver('', report);
  assert.deepEqual(await collected(app.ada), ['<blind@partner.example>', 'Marie Dupont <marie@partner.example>']);
});

test('the folder of somebody who never signed in is made with the first message', async () => {
  const dora = await app.person('Dora');
  await collectRecipients(app.world, {
    sender: dora.email,
    author: null,
    recipients: [{ name: 'Marie Dupont', address: 'marie@partner.example' }],
    messageId: null,
    sentAt: app.world.now(),
  });
  assert.deepEqual(await collected(dora), ['Marie Dupont <marie@partner.example>']);
});

test('whom one writes to and shares with most is suggested first, and the use of long ago fades', async () => {
  for (const name of ['Paul Alpha', 'Paul Beta', 'Paul Gamma']) await app.person(name);
  const suggested = async () =>
    items((await app.ada.call('Suggestion/query', { text: 'pau' }))['list']).map((one) => one['email'] as string);
  assert.equal((await suggested())[0], 'paulalpha@demo.example');
  await mail.deliver(ada, message('To: paulgamma@demo.example, Paul Zeta <zeta@partner.example>'));
  await mail.deliver(ada, message('To: zeta@partner.example'));
  assert.deepEqual((await suggested()).slice(0, 2), ['zeta@partner.example', 'paulgamma@demo.example']);
  app.clock.advance(90 * 24 * 3600 * 1000);
  await app.ada.signIn();
  const book = await folder(app.ada, 'Presse');
  const [beta] = items((await app.ada.call('Suggestion/query', { text: 'beta' }))['list']);
  await create(app.ada, 'Share', { addressBookId: book, principalId: beta!['principalId'], role: 'viewer' });
  const expected = [
    'paulbeta@demo.example',
    'zeta@partner.example',
    'paulgamma@demo.example',
    'paulalpha@demo.example',
  ];
  assert.deepEqual(await suggested(), expected);
});
