import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { checkDatabase } from '../../../src/core/check/checkDatabase.ts';
import type { Finding } from '../../../src/core/check/finding.ts';
import { openBackupPlaces } from '../../kit/backupPlaces.ts';
import { answer, create, destroy, shareAccepted, update } from '../../kit/calls.ts';
import { isPostgres } from '../../kit/testDatabase.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

/** A pixel. */
const photo = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

/** Contacts, folders, shares and a photo; some of it changed, moved and deleted. */
async function live(app: TestApp): Promise<void> {
  const { ada, ben, chloe } = app;
  const above = await create(ada, 'AddressBook', { name: 'Above' });
  const below = await create(ada, 'AddressBook', { name: 'Below', parentId: above });
  const gone = await create(ada, 'AddressBook', { name: 'Gone' });
  const card = (name: string, bookId: string, more: object = {}) =>
    create(ada, 'ContactCard', { name: { full: name }, addressBookIds: { [bookId]: true }, ...more });
  const one = await card('Jean', above, {
    emails: { e: { address: 'jean@demo.example' } },
    keywords: { friend: true },
    media: { m: { '@type': 'Media', kind: 'photo', uri: photo } },
  });
  await card('Marie Curie', below, { phones: { p: { number: '+33 6 12 34 56 78' } } });
  await card('In the trash with its folder', gone);
  await destroy(ada, 'ContactCard', await card('Deleted', above));
  // Whose uid was given away while it was deleted comes back as another.
  const twin = await card('Twin', above, { uid: 'twin' });
  await destroy(ada, 'ContactCard', twin);
  await card('Other twin', above, { uid: 'twin' });
  await ada.call('TrashItem/restore', { ids: [twin] });
  await update(ada, 'ContactCard', one, { 'name/full': 'Jean Martin' });
  await update(ada, 'ContactCard', one, { addressBookIds: { [below]: true } });
  await destroy(ada, 'AddressBook', gone, { onDestroyRemoveContents: true });
  await shareAccepted(ada, above, ben);
  await shareAccepted(ada, below, chloe);
  await answer(chloe, below, 'declined');
}

/** What is done to the data, and what is then said of it first. */
const damages: readonly (readonly [damage: string, holds: RegExp, first: RegExp])[] = [
  [`UPDATE address_book SET card_count = card_count + 1 WHERE name = 'Below'`, /a folder counts/u, /address_book f/u],
  [
    `UPDATE address_book SET account_id = (SELECT id FROM account WHERE id <> account_id LIMIT 1) WHERE name = 'Above'`,
    /in one of the same account/u,
    /address_book f/u,
  ],
  [`UPDATE address_book SET parent_id = id WHERE name = 'Above'`, /no folder is in itself/u, /address_book f/u],
  [`UPDATE address_book SET deleted_at = NULL WHERE name = 'Gone'`, /a deleted folder was/u, /address_book f/u],
  [
    `UPDATE card SET trash_id = NULL, deleted_at = NULL WHERE file_as LIKE 'In the trash%'`,
    /a contact is in a folder of its account/u,
    /card c/u,
  ],
  [`UPDATE card SET trash_id = 'nothing' WHERE trash_id = id`, /a deleted contact was/u, /card c/u],
  [
    `INSERT INTO card_text (book_id, card_id, text) VALUES ('f', 'stray', '')`,
    /each row of card_text/u,
    /card_text stray/u,
  ],
  [
    `INSERT INTO card_brief (book_id, card_id, text) VALUES ('f', 'stray', '')`,
    /each row of card_brief/u,
    /card_brief stray/u,
  ],
  [
    `INSERT INTO card_match (book_id, card_id, keys) VALUES ('f', 'stray', '1')`,
    /each row of card_match/u,
    /card_match stray/u,
  ],
  [`UPDATE card_record SET account_id = 'x'`, /each row of card_record/u, /card_record c/u],
  [`UPDATE card_words SET account_id = 'x'`, /each row of card_words/u, /card_words c/u],
  [`UPDATE card_blob SET account_id = 'x'`, /each row of card_blob/u, /card_blob c/u],
  [`UPDATE version_blob SET account_id = 'x'`, /each row of version_blob/u, /version_blob \d+/u],
  [`UPDATE card_keyword SET account_id = 'x'`, /each row of card_keyword/u, /card_keyword c/u],
  [`UPDATE card_email SET account_id = 'x'`, /each row of card_email/u, /card_email c/u],
  [`UPDATE account SET seq = seq - 1`, /the account has counted/u, /change p/u],
  [`UPDATE address_book SET seq = 0 WHERE name = 'Above'`, /a folder knows its newest change/u, /address_book f/u],
  [`UPDATE address_book SET cards_seq = 0 WHERE name = 'Below'`, /newest change of the contacts/u, /address_book f/u],
  [
    `DELETE FROM change WHERE type = 'ContactCard' AND kind = 'destroyed'`,
    /of a contact that is gone from a folder/u,
    /change p\w+ \d+/u,
  ],
  [
    `DELETE FROM change WHERE type = 'AddressBook' AND kind = 'destroyed'`,
    /of a folder that is gone/u,
    /change p\w+ \d+/u,
  ],
  [`DELETE FROM change WHERE type = 'ContactCard'`, /of a contact that is there/u, /card c/u],
  [`UPDATE share SET account_id = principal_id WHERE type = 'principal'`, /a share is of a folder/u, /share \w+/u],
  [`UPDATE share SET principal_id = NULL`, /a share is with somebody/u, /share \w+/u],
  [`UPDATE subscription SET account_id = principal_id`, /an answer is about/u, /subscription p/u],
  [
    `INSERT INTO principal_member SELECT min(id), max(id) FROM principal`,
    /who has members is a group/u,
    /principal_member p/u,
  ],
  [`DELETE FROM principal_beginning`, /people are found by the beginnings/u, /principal_beginning p/u],
  [
    `INSERT INTO private_note SELECT min(id), 'other', NULL, max(id), 'text', '', '2026' FROM principal`,
    /a private note is about one/u,
    /private_note p/u,
  ],
  [
    `DELETE FROM card_record WHERE card_id IN (SELECT min(card_id) FROM card_record)`,
    /a contact is shown/u,
    /no record/u,
  ],
  [`UPDATE card SET data = '{}' WHERE file_as = 'Jean Martin'`, /a contact is shown/u, /the projection differs/u],
  [`UPDATE card SET uid = 'other' WHERE file_as = 'Jean Martin'`, /a contact is shown/u, /its uid or its kind/u],
  [`UPDATE card SET etag = 'other' WHERE file_as = 'Jean Martin'`, /a contact is shown/u, /its etag or its size/u],
  [`UPDATE card_text SET text = 'other'`, /a contact is shown/u, /the texts in which/u],
  [`DELETE FROM card_keyword`, /a contact is shown/u, /its tags/u],
  [`UPDATE card_email SET address = 'other'`, /a contact is shown/u, /its addresses/u],
  [`DELETE FROM card_match`, /a contact is shown/u, /by which its duplicates/u],
  [`DELETE FROM card_blob`, /a contact is shown/u, /pictures and sounds/u],
  [`UPDATE card_words SET words = ' '`, /a contact is shown/u, /its words are not those/u],
  [`UPDATE blob SET size = size + 1`, /binary data/u, /blob B\S+: it has \d+ octets/u],
  [`UPDATE blob SET data = ${isPostgres ? `'\\x00'` : `x'00'`}, size = 1`, /binary data/u, /its content is another/u],
  [`UPDATE audit_record SET kind = 'other' WHERE seq = 2`, /the audit log is whole/u, /audit_record 2 was changed/u],
  [`DELETE FROM principal WHERE id IN (SELECT principal_id FROM credential)`, /a row that refers/u, /\w+\.\w+/u],
  [
    isPostgres
      ? `SELECT setval(pg_get_serial_sequence('card_version', 'id'), 1)`
      : `UPDATE sqlite_sequence SET seq = 1 WHERE name = 'card_version'`,
    /a number that was given/u,
    /card_version/u,
  ],
];

test('everything holds after people have worked, and each damage is found and named', async () => {
  await using places = await openBackupPlaces();
  await using app = await createTestApp({ folder: places.folder });
  await live(app);
  const { world } = app;
  const findings = async () => {
    const found: Finding[] = [];
    for await (const finding of checkDatabase(world)) found.push(finding);
    return found;
  };
  assert.deepEqual(
    (await findings()).filter(({ faults }) => faults > 0),
    [],
  );
  for (const [damage, holds, first] of damages) {
    const found: Finding[] = [];
    await world.db
      .transaction(async (tx) => {
        // References are damaged, too: nothing but this test could.
        const loose = isPostgres
          ? sql`SET LOCAL session_replication_role = replica`
          : sql`PRAGMA defer_foreign_keys = ON`;
        await tx.run(loose.compile(tx.build));
        await tx.run(sql.raw(damage).compile(tx.build));
        for await (const finding of checkDatabase({ ...world, db: tx })) found.push(finding);
        throw new Error('undone');
      })
      .catch((error: Error) => assert.equal(error.message, 'undone', `${damage}: ${error.message}`));
    const named = found.find((finding) => holds.test(finding.holds));
    assert.ok(named && named.faults > 0, `${damage}: ${JSON.stringify(found.filter(({ faults }) => faults > 0))}`);
    assert.match(named.first ?? '', first, damage);
  }
});

test('« db check » prints what holds, and ends with 1 when something does not', async () => {
  await using places = await openBackupPlaces();
  {
    await using app = await createTestApp({ folder: places.folder });
    await create(app.ada, 'ContactCard', { name: { full: 'Jean Martin' } });
    // Its audit log has another key.
    await app.world.db.transaction(async (tx) => {
      await tx.run(sql`DELETE FROM audit_record`.compile(tx.build));
      await tx.run(sql`UPDATE audit_head SET purged_seq = seq, purged_hash = hash`.compile(tx.build));
    });
  }
  const check = () => places.start(['src/commands.ts', 'db', 'check', '--from', places.source]).ended;
  const whole = await check();
  assert.equal(whole.code, 0, whole.said);
  assert.match(whole.said, /^ok {5}a contact is shown and found as its record says \(1\)$/mu);
  assert.match(whole.said, /Everything holds\.$/mu);
  const db = await places.open(places.source);
  await db.transaction((tx) => tx.run(sql`UPDATE card SET data = '{}'`.compile(tx.build)));
  await db.close();
  const broken = await check();
  assert.equal(broken.code, 1);
  assert.match(
    broken.said,
    /^FAULT {2}a contact is shown .*: not so \d times of 1; the first: card c\w+: the projection/mu,
  );
});
