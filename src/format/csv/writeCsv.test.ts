import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeCsv } from './writeCsv.ts';

const cellOf = (value: string) => writeCsv([['a', value]]).slice('\ufeffa,'.length, -2);

test('the file begins with the byte order mark, and its lines end with CR LF', () => {
  assert.equal(
    writeCsv([
      ['Prénom', 'Nom'],
      ['Zoé', 'Œuvrard'],
    ]),
    '\ufeffPrénom,Nom\r\nZoé,Œuvrard\r\n',
  );
});

test('the separator can be a semicolon; cells with either separator are quoted', () => {
  assert.equal(writeCsv([['a;b', 'c,d', 'e']], ';'), '\ufeff"a;b";"c,d";e\r\n');
  assert.equal(writeCsv([['a;b', 'c,d', 'e']]), '\ufeff"a;b","c,d",e\r\n');
});

test('quotes are doubled, line ends stay inside their cell', () => {
  assert.equal(cellOf('dite « "la Grande" »'), '"dite « ""la Grande"" »"');
  assert.equal(cellOf('12 rue X\r\nBât. B\rfond'), '"12 rue X\nBât. B\nfond"');
});

test('a single empty cell is not an empty line', () => {
  assert.equal(writeCsv([['']]), '\ufeff""\r\n');
});

test('no cell is a formula', () => {
  for (const formula of [
    '=1+1',
    '+cmd|’ /C calc’!A0',
    '-2+3',
    '@SUM(1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '  =1',
    '＝1',
    '=HYPERLINK("http://x.example")',
    '+A1',
    '+33-1-2',
  ]) {
    const text = cellOf(formula);
    assert.match(text, /^"?'/u, JSON.stringify(formula));
  }
});

test('a phone number stays one', () => {
  for (const phone of ['+33 6 12 34 56 78', '+33612345678', '+33 (0)1.23.45.67.89', '06 12 34 56 78'])
    assert.equal(cellOf(phone), phone);
});

test('harmless cells are left alone', () => {
  for (const value of ['a=b', 'Jean-Paul', 'x+y@demo.example', '1985-04-12', '']) assert.equal(cellOf(value), value);
});

test('control characters do not reach the file', () => {
  assert.equal(cellOf('a\u0000b\u001bc'), 'abc');
});
