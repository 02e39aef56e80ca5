import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { NoIJson, parseIJson } from './iJson.ts';

const parse = (text: string | Uint8Array) =>
  parseIJson(typeof text === 'string' ? new TextEncoder().encode(text) : text, 8);
const refused = (text: string | Uint8Array) =>
  assert.rejects(parse(text), (error) => error instanceof NoIJson && !error.isTooDeep, String(text));

test('what JSON.parse gives is given, for every value', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ maxDepth: 5, stringUnit: 'grapheme' }), async (value) => {
      const text = JSON.stringify(value);
      assert.deepEqual(await parse(text), JSON.parse(text));
    }),
  );
});

test('two properties of one name in an object are refused, wherever they stand; in two objects they are two', async () => {
  await refused('{"a":1,"a":2}');
  await refused('{"a":1,"\\u0061":1}');
  await refused('[[{"x":{"__proto__":1,"__proto__":1}}]]');
  await refused('{"":1,"":1}');
  assert.deepEqual(await parse('[{"a":1},{"a":1,"b":{"a":":\\"a\\":"}}]'), [{ a: 1 }, { a: 1, b: { a: ':"a":' } }]);
  assert.deepEqual(await parse('{"a\\\\":1,"b\\"":2}'), { 'a\\': 1, 'b"': 2 });
});

test('names are counted right where a long text is cut', async () => {
  for (const length of [499_990, 499_991, 499_992, 499_993, 499_994, 499_995, 499_996, 499_997]) {
    const filler = 'x'.repeat(length);
    assert.ok(await parse(`["${filler}\\"",{"a":1}]`), String(length));
    await refused(`["${filler}\\":",{"a":1,"a":2}]`);
  }
});

test('half characters, numbers beyond a double and broken octets are refused; noncharacters do no harm', async () => {
  for (const text of ['"\\ud800"', '{"\\udc00":1}', '1e999', '[-1e400]', '', '{', 'nul']) await refused(text);
  await refused(Uint8Array.of(0x22, 0xff, 0x22));
  assert.equal(await parse('"\\ud83d\\ude00 \u{1f600}"'), '😀 😀');
  assert.equal(await parse('"a\\ufdd0b\uffff"'), 'a\ufdd0b\uffff');
});

test('what nests too deep is told as that', async () => {
  assert.ok(await parse(`${'['.repeat(8)}${']'.repeat(8)}`));
  await assert.rejects(
    parse(`${'['.repeat(9)}${']'.repeat(9)}`),
    (error) => error instanceof NoIJson && error.isTooDeep,
  );
  await assert.rejects(parse('['.repeat(200_000) + ']'.repeat(200_000)), NoIJson);
});

test('others have their turn while a long text is read', async () => {
  const text = JSON.stringify(Array.from({ length: 200_000 }, (_, index) => ({ index, text: 'x' })));
  let turns = 0;
  const count = () => {
    turns += 1;
    timer = setImmediate(count);
  };
  let timer = setImmediate(count);
  await parse(text);
  clearImmediate(timer);
  assert.ok(turns > 20, `${turns} turns`);
});
