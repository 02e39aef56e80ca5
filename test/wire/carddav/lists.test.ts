import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contactsOf, D, dav, propfind } from '../../kit/dav.ts';
import { createTestApp } from '../../kit/world.ts';

const vcard = (uid: string) => `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:${uid}\r\nFN:${uid}\r\nN:${uid};;;;\r\nEND:VCARD\r\n`;
const names = ['a.vcf', 'plain-name_1.vcf', 'é & <b>.vcf', 'a@b:c.vcf', '100%.vcf', "it's.vcf"];
const propname = '<?xml version="1.0"?><D:propfind xmlns:D="DAV:"><D:propname/></D:propfind>';

test('a list says of each card what the card says of itself, whatever is asked', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  for (const [index, name] of names.entries())
    await dav(app.ada, 'PUT', `${book}${encodeURIComponent(name)}`, { body: vcard(`card ${'x'.repeat(index)}`) });
  const paths = names.map((name) => `${book}${encodeURIComponent(name)}`);
  const known = await dav(app.ada, 'PROPFIND', paths[0]!, { body: propname, headers: { Depth: '0' } });
  const all = [...known.responses[0]!.found.keys(), '{urn:nothing}here', D('acl')];
  assert.ok(all.length > 10);
  const questions: { body?: string; names?: readonly string[]; headers?: Record<string, string> }[] = [
    { names: all },
    { names: all.toReversed() },
    { names: ['{urn:nothing}here'] },
    { names: ['{urn:nothing}here'], headers: { Prefer: 'return=minimal' } },
    ...all.map((name) => ({ names: [name] })),
    {},
    { body: propname },
  ];
  for (const { body, names: wanted, headers = {} } of questions) {
    const ask = (path: string, depth: 0 | 1) =>
      body === undefined
        ? propfind(app.ada, path, depth, wanted ?? [], headers)
        : dav(app.ada, 'PROPFIND', path, { body, headers: { Depth: String(depth) } });
    const responses = (text: string) => text.match(/<D:response>.*?<\/D:response>\n/gsu) ?? [];
    const list = await ask(book, 1);
    assert.equal(list.status, 207, list.text);
    const listed = responses(list.text).slice(1);
    const alone = await Promise.all(paths.map(async (path) => responses((await ask(path, 0)).text)[0]!));
    assert.deepEqual(listed.toSorted(), alone.toSorted());
  }
});
