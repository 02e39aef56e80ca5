import assert from 'node:assert/strict';
import { test } from 'node:test';
import { silentLog } from '../../lib/log.ts';
import { watchLife } from './life.ts';

test('who begins in the life that is known is not undone by those who come late with what they were told before', async () => {
  let [name, asked] = ['one', 0];
  const life = watchLife(async () => {
    asked += 1;
    return name;
  }, silentLog);
  const [early, late] = [await life.enter(), await life.enter()];
  early('one');
  name = 'two';
  assert.throws(() => early('two'), /undone/u);
  const next = await life.enter();
  assert.throws(() => late(undefined), /undone/u);
  next('two');
  (await life.enter())('two');
  assert.equal(asked, 2);
});

test('a life that is over is refused to whoever reads and writes; one that is not known yet may be read', async () => {
  let name = 'one';
  const life = watchLife(async () => name, silentLog);
  const first = await life.enter();
  name = 'two';
  assert.throws(() => first('two'), /undone/u);
  const second = await life.enter();
  assert.throws(() => life.refuse('one'), /db restored/u);
  assert.throws(() => second('one'), /db restored/u);
  for (const there of ['two', 'three', undefined]) life.refuse(there);
});
