import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createChance } from '../../demo/chance.ts';
import { idLength } from '../../lib/ids.ts';
import { createTextMemory, textPage } from './textMemory.ts';

const chance = createChance(7);
const idOf = (index: number) => `c${index.toString(36).padStart(idLength - 1, '0')}`;
const wordOf = () => `mot${chance.below(40)}`;

test('what was changed, changed again, added and taken out is found as it is now, among cards in order', () => {
  const texts = new Map<string, string>();
  for (let index = 0; index < 300; index++) texts.set(idOf(index * 2), `${wordOf()} ${wordOf()}`);
  const cards = [...texts].map(([card_id, text]) => ({ card_id, text }));
  const memory = createTextMemory([textPage(cards.slice(0, 100)), textPage(cards.slice(100))]);
  for (let round = 0; round < 60; round++) {
    const ids = [...new Set([0, 1, 2].map(() => idOf(chance.below(620))))];
    for (const id of ids) {
      if (chance.below(4) === 0) texts.delete(id);
      else texts.set(id, `${wordOf()} ${wordOf()}`);
    }
    const now = ids.flatMap((card_id) => (texts.has(card_id) ? [{ card_id, text: texts.get(card_id)! }] : []));
    assert.ok(memory.replace(ids, now));
    for (const word of ['mot1', 'mot17', 'mot39', 'nichts']) {
      const wanted = [...texts].filter(([, text]) => text.includes(word)).map(([id]) => id);
      assert.deepEqual(memory.find([word], 1_000)!.toSorted(), wanted.toSorted(), `${word}, round ${round}`);
    }
  }
});

test('where there is no room for what was changed nothing changes', () => {
  const memory = createTextMemory([textPage([{ card_id: idOf(1), text: 'before' }])]);
  assert.equal(memory.replace([idOf(1)], [{ card_id: idOf(1), text: 'after '.repeat(1_000) }]), false);
  assert.deepEqual(memory.find(['before'], 10), [idOf(1)]);
});
