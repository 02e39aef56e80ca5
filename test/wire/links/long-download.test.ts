import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exportFolder, exportLinkedFolder } from '../../../src/core/export/exportFolder.ts';
import { endShare } from '../../../src/core/share/changeShare.ts';
import { noMail } from '../../../src/core/share/types.ts';
import { linkToken } from '../../../src/core/sharing/links.ts';
import { seedContacts } from '../../../src/demo/seedContacts.ts';
import { createTestApp } from '../../kit/world.ts';
import { contextOf, makeFolder, shareWith } from './folderFiles.ts';

test('whose share is revoked during a download gets no further page', async () => {
  await using app = await createTestApp();
  const id = await makeFolder(app, app.ada, 'Grand');
  await seedContacts(app.world, app.ada.id, id, 120);
  const internal = await shareWith(app, app.ada, id, { type: 'principal', email: app.ben.email });
  const link = await shareWith(app, app.ada, id, { type: 'public' });
  const downloads = [
    exportFolder(contextOf(app, app.ben), id, { format: 'vcard' }),
    exportLinkedFolder(app.world, { token: linkToken(app.world, link), address: '127.0.0.1' }, { format: 'vcard' }),
  ];
  for (const download of downloads) assert.equal((await download.next()).value?.match(/BEGIN:VCARD/gu)?.length, 50);
  for (const share of [internal, link]) await endShare(contextOf(app, app.ada), share, noMail);
  for (const download of downloads) await assert.rejects(download.next(), { kind: 'notFound' });
});
