import assert from 'node:assert/strict';
import { test } from 'node:test';
import { processorSeconds } from '../../../test/kit/cost.ts';
import { fileEntries, openFile } from './readFile.ts';

const length = 200_000;
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** A table of Google's in which each cell is this. */
function googleTable(cell: string): string {
  const kinds = ['Phone', 'Website', 'Event', 'Custom Field', 'Address'];
  const pairs = kinds.flatMap((kind) => [
    `${kind} 1 - Type`,
    `${kind} 1 - ${kind === 'Address' ? 'Formatted' : 'Value'}`,
  ]);
  const headings = ['Name', 'E-mail 1 - Value', 'Birthday', ...pairs];
  return `${headings.join(',')}\n${headings.map(() => quoted(cell)).join(',')}\n`;
}

/** What an expression that looks for an end begins to look for at each character. */
for (const [what, file] of [
  ['headings of stars', `${'*'.repeat(length)}x,Name\n1,2\n`],
  ['a first line of points', `a@b${'.a'.repeat(length / 2)}@,Name\n1,2\n`],
  ['cells of blanks', googleTable(`a${' '.repeat(length)}b`)],
  ['cells of times', googleTable(`${' 0:00'.repeat(length / 5)}\nx`)],
  ['cells of points', googleTable(`${'a.'.repeat(length / 2)} x`)],
  ['cells of colons', googleTable(`${':::'.repeat(length / 3)}x`)],
  ['quotes that never close', `Name,Note\n${`a,"b\n`.repeat(length / 5)}`],
  ['quotes within a cell', `Name,Note\n"${'"x'.repeat(length)}`],
  ['empty lines', `x${'\r'.repeat(length)}\n`],
] as const)
  test(`a table with ${what} costs no more to read than its length`, async () => {
    let count = 0;
    const seconds = await processorSeconds(() => {
      const opened = openFile(Buffer.from(file));
      assert.ok('text' in opened);
      for (const _entry of fileEntries(opened, () => 'urn:uuid:x')) count += 1;
    });
    assert.ok(seconds < 4, `${seconds} s`);
    assert.ok(count > 0 || what === 'empty lines');
  });

test('an entry of LDIF with many values of one name costs no more to read than its length', async () => {
  const opened = openFile(Buffer.from(`dn: a\n${'cn: a\n'.repeat(60_000)}`));
  assert.ok('text' in opened);
  const seconds = await processorSeconds(() => {
    assert.equal([...fileEntries(opened, () => 'urn:uuid:x')].length, 1);
  });
  assert.ok(seconds < 4, `${seconds} s`);
});

test('a web page without its http:// is one by the point in its name, wherever else there is one', () => {
  const linksOf = (cell: string) => {
    const opened = openFile(Buffer.from(`Name,Web Page\nAda,${quoted(cell)}\n`));
    assert.ok('text' in opened);
    const [entry] = fileEntries(opened, () => 'urn:uuid:x');
    assert.ok(entry && 'card' in entry && entry.card);
    return Object.values(entry.card.links ?? {}).map(({ uri }) => uri);
  };
  assert.deepEqual(linksOf('www.exemple.fr/a.b'), ['http://www.exemple.fr/a.b']);
  assert.deepEqual(linksOf('a..b'), ['http://a..b']);
  for (const text of ['exemple/a.b', 'exemple', 'exemple.', '/a.b', 'a.b c']) assert.deepEqual(linksOf(text), []);
});
