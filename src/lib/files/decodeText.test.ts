import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeText } from './decodeText.ts';

const latin = (text: string) => Buffer.from(text, 'latin1');

test('a byte order mark decides, and is no part of the text', () => {
  assert.deepEqual(decodeText(Buffer.from('\ufeffÉ')), { text: 'É', charset: 'utf-8' });
  assert.deepEqual(decodeText(Buffer.from('\ufeffÉ', 'utf16le')), { text: 'É', charset: 'utf-16le' });
});

test('UTF-16 without a mark is told by its zeros', () => {
  assert.deepEqual(decodeText(Buffer.from('Nom;Prénom', 'utf16le')), { text: 'Nom;Prénom', charset: 'utf-16le' });
});

test('a few French words of Windows are French', () => {
  assert.deepEqual(decodeText(latin('Prénom;Zoé\nHélène;Noël\n')), {
    text: 'Prénom;Zoé\nHélène;Noël\n',
    charset: 'windows-1252',
  });
  assert.equal(decodeText(Buffer.from([0x4e, 0x6f, 0xeb, 0x6c, 0x20, 0x80])).text, 'Noël €');
});

test('Russian of Windows is Russian', () => {
  const bytes = Buffer.from([...'Иванов Пётр, Кузнецова Мария, Сидоров Алексей'].map(windows1251));
  assert.equal(decodeText(bytes).charset, 'windows-1251');
});

test('the charset that a person names is taken, one that nobody knows is not', () => {
  assert.equal(decodeText(latin('\x8e'), 'macintosh').text, 'é');
  assert.equal(decodeText(Buffer.from('é'), 'x-nothing').text, 'é');
});

function windows1251(letter: string): number {
  const code = letter.codePointAt(0)!;
  if (letter === 'ё') return 0xb8;
  return code >= 0x410 ? code - 0x410 + 0xc0 : code;
}
