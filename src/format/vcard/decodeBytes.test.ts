import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeVCardBytes } from './decodeBytes.ts';

test('a byte order mark decides', () => {
  assert.equal(decodeVCardBytes(Buffer.from('\ufeffFN:é', 'utf16le')), 'FN:é');
  assert.equal(decodeVCardBytes(Buffer.from('\ufeffFN:é', 'utf8')), 'FN:é');
});

test('UTF-16 is seen without a mark', () => {
  assert.equal(decodeVCardBytes(Buffer.from('BEGIN:VCARD', 'utf16le')), 'BEGIN:VCARD');
});

test('without a mark it is UTF-8, or line by line what CHARSET says, or windows-1252', () => {
  const mixed = Buffer.concat([
    Buffer.from('FN:Éloïse\r\n'),
    Buffer.from('N;CHARSET=iso-8859-2:\xa3\r\n', 'latin1'),
    Buffer.from('NOTE:\x80 \xe9\r\n', 'latin1'),
  ]);
  assert.equal(decodeVCardBytes(mixed), 'FN:Éloïse\r\nN;CHARSET=iso-8859-2:Ł\r\nNOTE:€ é\r\n');
});

test('a character that a fold has cut in two is whole again, whatever stands around it', () => {
  const cut = (text: string) => Buffer.concat([...Buffer.from(text)].map((octet) => fold(octet)));
  // As programs fold that count octets: before each that continues a character.
  const fold = (octet: number) => Buffer.from(octet >= 0x80 && octet < 0xc0 ? [13, 10, 32, octet] : [octet]);
  const text = 'NOTE:Élodie 漢字 😀\r\n';
  const latin = Buffer.from('FN:Zoé\r\n \xabici\xbb\r\n', 'latin1');
  assert.equal(decodeVCardBytes(cut(text)), text);
  assert.equal(decodeVCardBytes(Buffer.concat([cut(text), latin, cut(text)])), `${text}FN:Zoé\r\n «ici»\r\n${text}`);
});
