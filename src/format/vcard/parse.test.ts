import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paramValues, typesOf } from './line.ts';
import { parseVCard, parseVCards, readVCards } from './parse.ts';
import { serializeVCard } from './serialize.ts';
import { VCardError, type VCardLine } from './types.ts';

const card = (version: string, ...lines: readonly string[]): string =>
  ['BEGIN:VCARD', `VERSION:${version}`, ...lines, 'END:VCARD', ''].join('\r\n');
const lineOf = (text: string, name: string): VCardLine =>
  parseVCard(text).lines.find((line) => line.name.toUpperCase() === name)!;

test('folds are undone whatever the line ends', () => {
  for (const end of ['\r\n', '\n', '\r\r\n']) {
    const text = ['BEGIN:VCARD', 'VERSION:4.0', 'NOTE:one', '  two', '\tthree', 'END:VCARD'].join(end);
    assert.equal(lineOf(text, 'NOTE').value, 'one twothree');
  }
  assert.equal(lineOf('BEGIN:VCARD\rVERSION:3.0\rFN:Old Mac\rEND:VCARD\r', 'FN').value, 'Old Mac');
});

test('groups keep their case, parameters their values and order', () => {
  const line = lineOf(card('4.0', 'Item1.tel;TYPE="voice,home";PREF=1;X-A=b,"c;d":+33 1'), 'TEL');
  assert.equal(line.group, 'Item1');
  assert.equal(line.name, 'tel');
  assert.deepEqual(typesOf(line), ['voice', 'home']);
  assert.deepEqual(paramValues(line, 'X-A'), ['b', 'c;d']);
});

test('4.0 decodes the carets of RFC 6868, 3.0 leaves them alone', () => {
  assert.deepEqual(paramValues(lineOf(card('4.0', 'ADR;LABEL="a^nb ^\'c^\' ^^":;;;;;;'), 'ADR'), 'LABEL'), [
    'a\nb "c" ^',
  ]);
  assert.deepEqual(paramValues(lineOf(card('3.0', 'X-FOO;X-P=a^nb:c'), 'X-FOO'), 'X-P'), ['a^nb']);
});

test('vCard 2.1 has bare parameters, soft line breaks and base64 blocks that an empty line ends', () => {
  const text = card(
    '2.1',
    'TEL;HOME;VOICE:123',
    'NOTE;ENCODING=QUOTED-PRINTABLE:caf=C3=A9=0D=0A=',
    'second',
    'PHOTO;JPEG;BASE64:',
    'AAAA',
    'BBBB',
    '',
    'FN:After',
  );
  assert.deepEqual(typesOf(lineOf(text, 'TEL')), ['home', 'voice']);
  assert.equal(lineOf(text, 'NOTE').value, 'caf=C3=A9=0D=0Asecond');
  assert.deepEqual(paramValues(lineOf(text, 'PHOTO'), 'ENCODING'), ['BASE64']);
  assert.equal(lineOf(text, 'PHOTO').value, 'AAAABBBB');
  assert.equal(lineOf(text, 'FN').value, 'After');
});

test('an agent may be a card inside the card', () => {
  const text = card('2.1', 'FN:Chief', 'AGENT:', 'BEGIN:VCARD', 'VERSION:2.1', 'FN:Aide', 'END:VCARD', 'TEL:1');
  assert.equal(parseVCard(text).lines.filter((line) => line.name === 'FN').length, 1);
  assert.match(lineOf(text, 'AGENT').value, /FN:Aide/);
  assert.equal(serializeVCard(parseVCard(text)), text);
});

test('a colon and a base64 marker inside quotes mean nothing', () => {
  const line = lineOf(card('4.0', 'N;SORT-AS="a;B:c":Doe ', '  Jr;Jane'), 'N');
  assert.deepEqual(paramValues(line, 'SORT-AS'), ['a;B:c']);
  assert.equal(line.value, 'Doe  Jr;Jane');
});

test('what is no vCard throws with a line number and a sentence', () => {
  const wrongs: [text: string, line: number][] = [
    ['hello', 1],
    ['BEGIN:VCARD\r\nVERSION:4.0\r\nFN:x\r\n', 1],
    [card('4.0', 'FN without colon'), 3],
    [card('4.0', 'FN;X="open:x'), 3],
    [card('5.0', 'FN:x'), 2],
    ['END:VCARD', 1],
    ['BEGIN:VCARD\r\nVERSION:4.0\r\nBEGIN:VCARD\r\nVERSION:4.0\r\nFN:x\r\nEND:VCARD\r\n', 3],
    [card('4.0', `X-A${';A=b'.repeat(101)}:x`), 3],
  ];
  for (const [text, line] of wrongs) {
    assert.throws(
      () => parseVCards(text),
      (error) => error instanceof VCardError && error.line === line && error.message.endsWith('.'),
      text.slice(0, 60),
    );
  }
});

test('an import keeps the good cards of a file with bad ones', () => {
  const { cards, errors } = readVCards(card('3.0', 'FN:Good') + card('3.0', 'broken') + card('3.0', 'FN:Good too'));
  assert.equal(cards.length, 2);
  assert.equal(errors[0]?.line, 7);
});

test('one card is one card', () => {
  assert.throws(() => parseVCard(''), VCardError);
  assert.throws(() => parseVCard(card('4.0', 'FN:a') + card('4.0', 'FN:b')), VCardError);
});

test('untouched cards are written as they were read', () => {
  const text = card(
    '3.0',
    'item1.EMAIL;type=INTERNET;type=pref:a@demo.example',
    'item1.X-ABLabel:_$!<Work>!$_',
    'NOTE:a long',
    '  folded',
    '\tnote',
    '',
    'X-Odd;;A=:b',
  );
  assert.equal(serializeVCard(parseVCard(text)), text);
});

test('a line that begins with blanks, but follows an empty one, is a line of its own, also when it is written again', () => {
  const text = 'BEGIN:VCARD\r\n\r\n VERSION:4.0\r\nUID:u\r\n\r\n\tFN:Zoé\r\nEND:VCARD\r\n';
  const parsed = parseVCard(text);
  assert.equal(parsed.version, '4.0');
  const again = parseVCard(serializeVCard({ ...parsed, lines: parsed.lines.filter(({ name }) => name !== 'UID') }));
  assert.deepEqual(
    again.lines.map(({ name, value }) => [name, value]),
    [
      ['VERSION', '4.0'],
      ['FN', 'Zoé'],
    ],
  );
});
