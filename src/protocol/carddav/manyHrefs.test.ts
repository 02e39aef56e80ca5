import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseXml } from '../../lib/xml/parseXml.ts';
import { elementsOf, textOf } from '../../lib/xml/xmlElement.ts';
import type { XmlElement } from '../../lib/xml/xmlElement.ts';
import { readManyHrefs } from './manyHrefs.ts';

const read = (text: string) => parseXml(Buffer.from(text, 'latin1'));
const plainly = (element: XmlElement): unknown => [
  element.name,
  elementsOf(element).map(plainly),
  elementsOf(element).length === 0 ? textOf(element) : '',
  element.language,
];

const around = (hrefs: string, attributes = '') =>
  `<?xml version="1.0"?>\n<c:addressbook-multiget xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav"${attributes}>\n<d:prop><d:getetag/></d:prop>${hrefs}</c:addressbook-multiget>\n`;

test('a question that ends with many addresses is read as it is otherwise', () => {
  for (const text of [
    around('<d:href>/a.vcf</d:href><d:href> /b%20c.vcf\n</d:href>'.replace('\n', '')),
    around('\n  <d:href>/a.vcf</d:href>\r\n\t<d:href>/b.vcf</d:href>\n', ' xml:lang="fr"'),
    around('<href xmlns="DAV:">/x</href><d:href>/a.vcf</d:href>'),
    '<multiget xmlns="DAV:"><prop/><href>/a</href><href></href></multiget>',
  ]) {
    const found = readManyHrefs(text, read, 100);
    assert.ok(found, text);
    assert.deepEqual(plainly(found), plainly(read(text)), text);
  }
});

test('where something else is among them, or it may not be what it looks like, all of it is left to the parser', () => {
  for (const text of [
    around('<!-- <d:href>/a.vcf</d:href> --><d:href>/b.vcf</d:href>'),
    around('<![CDATA[<d:href>/a.vcf</d:href>]]>'),
    around('<d:href>/a.vcf</d:href><d:limit/><d:href>/b.vcf</d:href>'),
    around('<d:href>/a.vcf</d:href><c:href>/b.vcf</c:href>'),
    around('<d:href>/a&amp;b.vcf</d:href>'),
    around('<d:href>/\u00c3\u00a9.vcf</d:href>'),
    around('<d:href>/a<d:x/></d:href>'),
    around('<d:deep><d:href>/a.vcf</d:href></d:deep>'),
    around('<d:href>/a.vcf'),
    '<multiget xmlns="DAV:"><prop/></multiget>',
  ])
    assert.equal(readManyHrefs(text, read, 100), null, text);
});

test('what is around the addresses must be XML: a prefix that nobody declared, an element that is not closed', () => {
  for (const text of [
    '<m xmlns="DAV:"><z:href>/a</z:href></m>',
    '<m xmlns="DAV:"><prop><href>/a</href></m>',
    '<m xmlns="DAV:"><href>/a</href></n>',
  ])
    assert.throws(() => readManyHrefs(text, read, 100), text);
});

test('more addresses than there may be are left to the parser, which has a limit of its own', () => {
  const text = around('<d:href>/a.vcf</d:href>'.repeat(4));
  assert.ok(readManyHrefs(text, read, 4));
  assert.equal(readManyHrefs(text, read, 3), null);
});
