import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseInParts } from './parseInParts.ts';

/** What is given for a text; that it is refused, if it is. */
async function outcome(task: () => unknown): Promise<unknown> {
  try {
    return { value: await task() };
  } catch (error) {
    assert.ok(error instanceof SyntaxError, String(error));
    return 'refused';
  }
}

// Once V8 has read a name that ends with a backslash, « b\ », JSON.parse takes « b" », « b\n » and all others that end
// with an escape there for it, in objects of the same form and until memory is cleaned up (nodejs/node#63785, Node 24.21
// to 26.5). So no such name is read here: what is right could not be told any more.
const misleads = /\\(?:\\|u005c)"\s*:/iu;

async function agrees(text: string, most: number): Promise<void> {
  if (misleads.test(text)) return;
  const expected = await outcome(() => JSON.parse(text));
  assert.deepEqual(await outcome(() => parseInParts(text, most)), expected, text);
}

const sign = fc.constantFrom(...'[]{},:"\\ \n\t1ae-.', '{"__proto__":', '"a":', '\u00a0', 'null', '[[', ',,');

test('a text in small parts is what JSON.parse makes of it, in the same order', async () => {
  const json = fc.oneof(
    fc.jsonValue({ maxDepth: 6, stringUnit: 'grapheme' }),
    fc.array(
      fc.dictionary(fc.constantFrom('a', '__proto__', '1', 'b"', 'c\\c', 'é,[:'), fc.jsonValue({ maxDepth: 3 })),
    ),
  );
  await fc.assert(
    fc.asyncProperty(
      json,
      fc.integer({ min: 1, max: 12 }),
      fc.constantFrom(undefined, 1, '\t'),
      async (value, most, gap) => {
        const text = JSON.stringify(value, null, gap);
        await agrees(text, most);
        if (misleads.test(text)) return;
        assert.equal(JSON.stringify(await parseInParts(text, most)), JSON.stringify(JSON.parse(text)));
      },
    ),
    { numRuns: 1_000 },
  );
});

test('white space is no content, however much of it there is', async () => {
  for (const text of ['{\n }', '[ \t ]', '[{\n\n\n},\n[  \t ]\n ]', '{"a" : [   ] , "b":\n{  \r }  }'])
    assert.deepEqual(await parseInParts(`\t${text}`, 1), JSON.parse(text), text);
});

test('what is no JSON is refused wherever it is cut', async () => {
  const broken = fc.tuple(fc.jsonValue({ maxDepth: 4 }), fc.nat(), fc.nat(6), fc.array(sign, { maxLength: 4 }));
  await fc.assert(
    fc.asyncProperty(broken, fc.integer({ min: 1, max: 6 }), async ([value, place, gone, come], most) => {
      const text = JSON.stringify(value);
      const at = place % (text.length + 1);
      await agrees(text.slice(0, at) + come.join('') + text.slice(at + gone), most);
    }),
    { numRuns: 3_000 },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(sign, { maxLength: 30 }), async (signs) => agrees(signs.join(''), 1)),
    { numRuns: 3_000 },
  );
});

test('others have their turn while ten megabytes are parsed, and no depth of brackets takes the time of many', async () => {
  const card = { name: { full: 'Élodie' }, notes: { n: { note: 'x'.repeat(200) } } };
  const create = Object.fromEntries(Array.from({ length: 35_000 }, (_, index) => [`c${index}`, card]));
  const text = JSON.stringify({ using: [], methodCalls: [['ContactCard/set', { accountId: 'a', create }, 's']] });
  assert.ok(text.length > 9_000_000);
  let turns = 0;
  const count = setInterval(() => (turns += 1), 0);
  const value = await parseInParts(text);
  clearInterval(count);
  assert.ok(turns >= 10, String(turns));
  assert.equal(JSON.stringify(value), text);
  const deep = '['.repeat(3_000_000);
  assert.equal(await outcome(() => parseInParts(deep + ']'.repeat(2_999_999))), 'refused');
});

// Behind all that compares with JSON.parse: see `misleads`.
test('a name may end with a backslash, wherever it is cut', async () => {
  for (const most of [1, 3, 100])
    assert.deepEqual(await parseInParts('{"c\\\\" :[1,2],"d\\\\":"x"}', most), { 'c\\': [1, 2], 'd\\': 'x' });
});
