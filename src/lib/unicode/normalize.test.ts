import assert from 'node:assert/strict';
import { test } from 'node:test';
import { processorSeconds } from '../../../test/kit/cost.ts';
import { collations } from '../collation.ts';
import { foldText } from '../fold.ts';
import { normalize } from './normalize.ts';

const marks = '\u0345\u0300'.repeat(100_000);

test('a letter with a hundred thousand marks costs no more to normalize than its length', async () => {
  const seconds = await processorSeconds(() => {
    for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD'] as const) assert.ok(normalize(`a${marks}b`, form).length < 100);
    assert.equal(foldText(`a${marks}b`), 'ab');
    assert.ok(collations['i;unicode-casemap']!(`a${marks}b`).startsWith('A'));
  });
  assert.ok(seconds < 3, `${seconds} s`);
});

test('what languages write stays what it is, in a long text, too', () => {
  const text = 'Éloïse, Việt, कि, שָׁלוֹם, e\u0301\u0327 '.repeat(200);
  for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD'] as const) assert.equal(normalize(text, form), text.normalize(form));
});
