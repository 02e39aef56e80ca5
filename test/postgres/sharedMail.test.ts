/** Several programs with one database send what is in its outbox. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folder } from '../kit/calls.ts';
import { openReceiver } from '../kit/mail/receiver.ts';
import { openNodes, until } from '../kit/nodes.ts';
import type { Nodes } from '../kit/nodes.ts';
import type { Person } from '../kit/person.ts';

const sharedAtOnce = 20;
const settings = { COTERIE_GUEST_MAILS_PER_DAY: '1000' };

/** Shares a folder with so many people outside, each of whom gets a mail. */
async function inviteGuests(person: Person, addressBookId: string, names: readonly string[]): Promise<void> {
  for (let start = 0; start < names.length; start += sharedAtOnce) {
    const some = names.slice(start, start + sharedAtOnce);
    const share = (name: string) => ({
      addressBookId,
      type: 'guest',
      email: `${name}@outside.example`,
      role: 'viewer',
    });
    const result = await person.call('Share/set', {
      create: Object.fromEntries(some.map((name) => [name, share(name)])),
    });
    assert.equal(Object.keys(result['created']!).length, some.length, JSON.stringify(result));
  }
}

const waiting = async ({ app: { world } }: Nodes) =>
  (await world.db.all(world.db.build.selectFrom('outbox').select('id'))).length;

const numbered = (name: string, count: number) => Array.from({ length: count }, (_, index) => `${name}${index}`);

test('200 mails that two programs queue at the same time arrive once each', async () => {
  await using nodes = await openNodes();
  await using receiver = await openReceiver();
  const mail = { ...settings, COTERIE_SMTP_URL: receiver.url };
  const programs = await Promise.all([nodes.start(mail), nodes.start(mail)]);
  const people = await Promise.all([programs[0].enter(nodes.app.ada), programs[1].enter(nodes.app.ben)]);
  await Promise.all(
    people.map(async (person, index) =>
      inviteGuests(person, await folder(person, 'Presse'), numbered(`g${index}-`, 100)),
    ),
  );
  await until(async () => (await waiting(nodes)) === 0);
  assert.equal(receiver.received.length, 200);
  assert.equal(new Set(receiver.received.map(({ to }) => to)).size, 200);
});

test('what a program was sending when it was killed another one sends, under the same Message-ID, and not before', async () => {
  await using nodes = await openNodes();
  await using hesitant = await openReceiver({ hesitates: true });
  await using receiver = await openReceiver();
  const first = await nodes.start({ ...settings, COTERIE_SMTP_URL: hesitant.url });
  const ada = await first.enter(nodes.app.ada);
  const bookId = await folder(ada, 'Presse');
  await inviteGuests(ada, bookId, ['anna', 'bela', 'cleo', 'dana']);
  await until(() => hesitant.received.length === 4);
  const second = await nodes.start({ ...settings, COTERIE_SMTP_URL: receiver.url });
  const ben = await second.enter(nodes.app.ben);
  await inviteGuests(ben, await folder(ben, 'Amis'), ['eric']);
  await until(() => receiver.received.length > 0);
  assert.deepEqual(
    receiver.received.map(({ to }) => to),
    ['eric@outside.example'],
  );
  await first.kill();
  await until(async () => (await waiting(nodes)) === 0);
  const inOrder = (list: typeof receiver.received) => list.map((mail) => `${mail.to} ${mail.messageId}`).sort();
  assert.deepEqual(inOrder(receiver.received.slice(1)), inOrder(hesitant.received));
});
