import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createThings } from './coreThings.ts';

async function withNames(...names: string[]) {
  const things = createThings();
  await things.one('Thing/set', { create: Object.fromEntries(names.map((name, index) => [`k${index}`, { name }])) });
  return things;
}

test('Core/echo gives back what it got, under the same call id', async () => {
  assert.deepEqual(await createThings().call(['Core/echo', { a: [1, { b: null }] }]), [
    ['Core/echo', { a: [1, { b: null }] }, 'c0'],
  ]);
});

test('an error of one method does not stop the others', async () => {
  const responses = await createThings().call(['Thing/none', {}], ['constructor', {}], ['Core/echo', { on: true }]);
  assert.deepEqual(
    responses.map(([name, result]) => [name, result['type'] ?? result['on']]),
    [
      ['error', 'unknownMethod'],
      ['error', 'unknownMethod'],
      ['Core/echo', true],
    ],
  );
});

test('a method exists only for those who use its capability', async () => {
  const things = createThings();
  const [first] = await things.plain(['Thing/get', { ids: [] }]);
  assert.equal(first![0], 'Thing/get');
});

test('unknown, missing and wrongly typed arguments are named', async () => {
  const things = createThings();
  const wrong: [string, object, RegExp][] = [
    ['Thing/get', { ids: [], surprise: 1 }, /surprise/u],
    ['Thing/get', { ids: 'x' }, /ids/u],
    ['Thing/get', { accountId: 7 }, /accountId/u],
    ['Thing/get', { accountId: null }, /accountId/u],
    ['Thing/get', { ids: [], properties: ['nope'] }, /nope/u],
    ['Thing/changes', {}, /sinceState/u],
    ['Thing/changes', { sinceState: '0', maxChanges: 0 }, /maxChanges/u],
    ['Thing/query', { limit: -1 }, /limit/u],
    ['Thing/query', { position: 1.5 }, /position/u],
    ['Thing/set', { create: { a: 1 } }, /create/u],
    ['Thing/set', { create: { 'a b': {} } }, /create/u],
    ['Thing/set', { update: [] }, /update/u],
  ];
  for (const [name, args, mention] of wrong) {
    const result = await things.one(name, args);
    assert.equal(result['type'], 'invalidArguments', JSON.stringify(args));
    assert.match(result['description']!, mention);
  }
});

test('get answers each id once, in list or in notFound; an empty list asks for nothing', async () => {
  const things = await withNames('a', 'b');
  const all = await things.one('Thing/get', {});
  assert.deepEqual(
    (all['list'] as unknown as { id: string }[]).map(({ id }) => id),
    ['t1', 't2'],
  );
  const some = await things.one('Thing/get', { ids: ['t1', 't1', 'x', 'x', 'no id at all!'], properties: ['name'] });
  assert.deepEqual([some['list'], some['notFound']], [[{ id: 't1', name: 'a' }], ['x', 'no id at all!']]);
  const none = await things.one('Thing/get', { ids: [] });
  assert.deepEqual([none['list'], none['notFound']], [[], []]);
});

test('more ids than the limit are requestTooLarge', async () => {
  const ids = Array.from({ length: 1001 }, (_, index) => `x${index}`);
  assert.equal((await createThings().one('Thing/get', { ids }))['type'], 'requestTooLarge');
  assert.equal((await createThings().one('Thing/set', { destroy: ids }))['type'], 'requestTooLarge');
});

test('vendor properties do not exist for requests without the vendor capability', async () => {
  const things = createThings();
  const [set] = await things.plain(['Thing/set', { create: { k: { name: 'a' } } }]);
  assert.ok(!('secret' in (set![1]['created']!['k'] as object)));
  const [get] = await things.plain(['Thing/get', { ids: ['t1'] }]);
  assert.ok(!('secret' in get![1]['list']![0]!));
  const [refused] = await things.plain(['Thing/get', { ids: [], properties: ['secret'] }]);
  assert.equal(refused![1]['type'], 'invalidArguments');
  const [notCreated] = await things.plain(['Thing/set', { create: { k: { name: 'a', secret: 's' } } }]);
  assert.deepEqual(notCreated![1]['notCreated']!['k']!['properties'], ['secret']);
  const [filter] = await things.plain(['Thing/query', { filter: { names: [] } }]);
  assert.equal(filter![1]['type'], 'unsupportedFilter');
  assert.ok('secret' in ((await things.one('Thing/get', { ids: ['t1'] }))['list']![0]! as object));
});

test('create answers what the client did not send: the id, what the server sets, the defaults', async () => {
  const result = await createThings().one('Thing/set', { create: { k: { name: 'a', size: 2 } } });
  assert.deepEqual(result['created'], {
    k: { id: 't1', madeBy: 'me', kind: 'plain', parentId: null, tagIds: {}, secret: null },
  });
  assert.deepEqual([result['updated'], result['destroyed'], result['notCreated']], [null, null, null]);
  assert.deepEqual([result['oldState'], result['newState']], ['0', '1']);
});

test('what a client may not set is refused on create, all of it named', async () => {
  const result = await createThings().one('Thing/set', {
    create: { k: { id: 't9', madeBy: 'you', nope: 1, name: 'a' } },
  });
  assert.deepEqual(result['notCreated']!['k']!['type'], 'invalidProperties');
  assert.deepEqual(result['notCreated']!['k']!['properties'], ['id', 'madeBy', 'nope']);
});

test('an update may repeat what the server set, but not change it, nor what is immutable', async () => {
  const things = await withNames('a');
  const whole = (await things.one('Thing/get', { ids: ['t1'] }))['list']![0]! as object;
  assert.deepEqual((await things.one('Thing/set', { update: { t1: { ...whole, size: 5 } } }))['updated'], { t1: null });
  const changed = await things.one('Thing/set', { update: { t1: { madeBy: 'you', kind: 'other', size: 6 } } });
  assert.deepEqual(changed['notUpdated']!['t1']!['properties'], ['madeBy', 'kind']);
  assert.equal(((await things.one('Thing/get', { ids: ['t1'] }))['list']![0]! as { size: number }).size, 5);
});

test('null in a patch brings back the default; a patch against the rules is invalidPatch', async () => {
  const things = await withNames('a');
  await things.one('Thing/set', { update: { t1: { size: 5, 'tagIds/x': true } } });
  await things.one('Thing/set', { update: { t1: { size: null } } });
  assert.deepEqual((await things.one('Thing/get', { ids: ['t1'], properties: ['size', 'tagIds'] }))['list'], [
    { id: 't1', size: 0, tagIds: { x: true } },
  ]);
  for (const patch of [{ 'name/first': 'x' }, { 'absent/x': 1 }, { tagIds: {}, 'tagIds/y': true }]) {
    const result = await things.one('Thing/set', { update: { t1: patch } });
    assert.equal(result['notUpdated']!['t1']!['type'], 'invalidPatch', JSON.stringify(patch));
  }
});

test('what fails for one object is told of that object, with the facts that help; a fault of ours tells nothing', async () => {
  const things = createThings();
  const create = {
    empty: { name: '' },
    unlucky: { name: 'unlucky' },
    broken: { name: 'broken' },
    good: { name: 'good' },
  };
  const result = await things.one('Thing/set', { create, update: { x: {} }, destroy: ['y', 'not an id'] });
  assert.deepEqual(Object.keys(result['created']!), ['good']);
  assert.deepEqual(result['notCreated'], {
    empty: {
      type: 'invalidProperties',
      description: 'needed',
      properties: ['name'],
      reason: 'nameEmpty',
      proposedName: 'Thing',
    },
    unlucky: { type: 'unlucky', description: 'bad luck', email: 'x@demo.example' },
    broken: { type: 'serverFail' },
  });
  assert.equal(things.faults.length, 1);
  assert.equal(result['notUpdated']!['x']!['type'], 'notFound');
  assert.deepEqual(Object.keys(result['notDestroyed']!), ['y', 'not an id']);
});

test('ifInState stops everything when the state is another', async () => {
  const things = await withNames('a');
  const refused = await things.one('Thing/set', { ifInState: '0', destroy: ['t1'] });
  assert.equal(refused['type'], 'stateMismatch');
  assert.deepEqual((await things.one('Thing/set', { ifInState: '1', destroy: ['t1'] }))['destroyed'], ['t1']);
  const empty = await things.one('Thing/set', {});
  assert.equal(empty['oldState'], empty['newState']);
});

test('two sets at the same time do not mix: each new state is the old state of the next', async () => {
  const things = createThings();
  const results = await Promise.all(
    ['a', 'b', 'c'].map((name) => things.one('Thing/set', { create: { k: { name } } })),
  );
  assert.deepEqual(
    results.map((result) => [result['oldState'], result['newState']]),
    [
      ['0', '1'],
      ['1', '2'],
      ['2', '3'],
    ],
  );
});

test('an object that is both updated and destroyed is only destroyed', async () => {
  const things = await withNames('a');
  const result = await things.one('Thing/set', { update: { t1: { name: 'b' } }, destroy: ['t1'] });
  assert.equal(result['notUpdated']!['t1']!['type'], 'willDestroy');
  assert.deepEqual(result['destroyed'], ['t1']);
});

test('creates that refer to each other are made in the right order, as values and as keys', async () => {
  const things = createThings();
  const result = await things.one('Thing/set', {
    create: {
      leaf: { name: 'leaf', parentId: '#root', tagIds: { '#tag': true } },
      root: { name: 'root' },
      tag: { name: 'tag' },
    },
  });
  assert.equal(result['notCreated'], null);
  const created = result['created'] as unknown as Record<string, { id: string }>;
  const leaf = (await things.one('Thing/get', { ids: ['#leaf', created['leaf']!.id] }))['list']![0]! as Record<
    string,
    unknown
  >;
  assert.deepEqual([leaf['parentId'], leaf['tagIds']], [created['root']!.id, { [created['tag']!.id]: true }]);
});

test('creation ids work in later calls: in ids, updates, patches and destroys', async () => {
  const things = createThings();
  const responses = await things.call(
    ['Thing/set', { create: { a: { name: 'a' }, b: { name: 'b' }, c: { name: 'c' } } }],
    ['Thing/set', { update: { '#a': { parentId: '#b', 'tagIds/#b': true } }, destroy: ['#c'] }],
    ['Thing/get', { ids: ['#a'], properties: ['parentId', 'tagIds'] }],
  );
  assert.deepEqual(responses[1]![1]['updated'], { t1: null });
  assert.deepEqual(responses[1]![1]['destroyed'], ['t3']);
  assert.deepEqual(responses[2]![1]['list'], [{ id: 't1', parentId: 't2', tagIds: { t2: true } }]);
});

test('a reference to what was not created, and a circle, are invalidProperties', async () => {
  const create = {
    a: { name: 'a', parentId: '#nobody' },
    b: { name: 'b', parentId: '#c' },
    c: { name: 'c', parentId: '#b' },
    d: { name: '' },
    e: { name: 'e', parentId: '#d' },
  };
  const result = await createThings().one('Thing/set', { create });
  assert.deepEqual(result['created'], null);
  for (const id of ['a', 'b', 'c', 'e']) assert.deepEqual(result['notCreated']![id]!['properties'], ['parentId'], id);
});

test('createdIds of the request are usable and come back with those that were added', async () => {
  const things = createThings();
  const ids = await things.createdIds({ old: 'x1' }, ['Thing/set', { create: { k: { name: 'a', parentId: '#old' } } }]);
  assert.deepEqual(ids, { old: 'x1', k: 't1' });
});

test('result references take values of earlier responses, also through arrays', async () => {
  const things = await withNames('a', 'b');
  const ref = (resultOf: string, name: string, path: string) => ({ resultOf, name, path });
  const responses = await things.call(
    ['Thing/query', {}],
    ['Thing/get', { '#ids': ref('c0', 'Thing/query', '/ids') }],
    [
      'Core/echo',
      { '#names': ref('c1', 'Thing/get', '/list/*/name'), '#second': ref('c1', 'Thing/get', '/list/1/id') },
    ],
    ['Core/echo', { lists: [[1, 2], [3]], 'a/b': { '~': 1 } }],
    ['Core/echo', { '#flat': ref('c3', 'Core/echo', '/lists/*'), '#escaped': ref('c3', 'Core/echo', '/a~1b/~0') }],
  );
  assert.equal((responses[1]![1]['list'] as unknown as object[]).length, 2);
  assert.deepEqual(responses[2]![1], { names: ['a', 'b'], second: 't2' });
  assert.deepEqual(responses[4]![1], { flat: [1, 2, 3], escaped: 1 });
});

test('a reference that resolves to nothing is invalidResultReference; a doubled argument is invalidArguments', async () => {
  const good = { resultOf: 'c0', name: 'Core/echo', path: '/a' };
  const wrong = [
    { ...good, resultOf: 'c9' },
    { ...good, name: 'Thing/get' },
    { ...good, path: '/b' },
    { ...good, path: 'a' },
    { ...good, path: '/a/01' },
    { ...good, path: '/a/*/x' },
    { ...good, path: 7 },
    'a',
  ];
  for (const reference of wrong) {
    const [, second] = await createThings().call(['Core/echo', { a: [1] }], ['Core/echo', { '#x': reference }]);
    assert.equal(second![1]['type'], 'invalidResultReference', JSON.stringify(reference));
  }
  const [, both] = await createThings().call(['Core/echo', { a: [1] }], ['Core/echo', { x: 1, '#x': good }]);
  assert.equal(both![1]['type'], 'invalidArguments');
});

test('references to references cannot make an answer without bounds', async () => {
  const doubling = Array.from({ length: 60 }, (_, index): [string, object] => {
    const reference = { resultOf: `c${index}`, name: 'Core/echo', path: '' };
    return ['Core/echo', { '#a': reference, '#b': reference }];
  });
  const responses = await createThings().call(['Core/echo', { text: 'x'.repeat(100) }], ...doubling);
  assert.equal(responses.at(-1)![1]['type'], 'invalidResultReference');
});

test('query gives a window: positions from the start and from the end, anchors with an offset', async () => {
  const things = await withNames('a', 'b', 'c', 'd', 'e');
  const ids = async (args: object) => {
    const result = await things.one('Thing/query', { sort: [{ property: 'name' }], ...args });
    return [result['position'], (result['ids'] as unknown as string[])?.join('') ?? result['type']];
  };
  assert.deepEqual(await ids({ limit: 2 }), [0, 't1t2']);
  assert.deepEqual(await ids({ position: 3, limit: 10 }), [3, 't4t5']);
  assert.deepEqual(await ids({ position: -2, limit: 1 }), [3, 't4']);
  assert.deepEqual(await ids({ position: -9, limit: 1 }), [0, 't1']);
  assert.deepEqual(await ids({ position: 9 }), [9, '']);
  assert.deepEqual(await ids({ limit: 0 }), [0, '']);
  assert.deepEqual(await ids({ anchor: 't3', anchorOffset: -1, limit: 2, position: 4 }), [1, 't2t3']);
  assert.deepEqual(await ids({ anchor: 't1', anchorOffset: -3, limit: 1 }), [0, 't1']);
  assert.deepEqual(await ids({ anchorOffset: 3, limit: 1 }), [0, 't1']);
  assert.deepEqual(await ids({ anchor: 'x' }), [undefined, 'anchorNotFound']);
});

test('query tells the total when asked, and its own limit when it applies', async () => {
  const things = await withNames('a', 'b');
  const asked = await things.one('Thing/query', { calculateTotal: true, limit: 1 });
  assert.deepEqual([asked['total'], 'limit' in asked], [2, false]);
  const unlimited = await things.one('Thing/query', {});
  assert.deepEqual(['total' in unlimited, unlimited['limit']], [false, 100]);
  assert.equal((await things.one('Thing/query', { limit: 500 }))['limit'], 100);
});

test('filters are trees of AND, OR and NOT, where NOT means none', async () => {
  const things = await withNames('a', 'b', 'c');
  const found = async (filter: object | null) =>
    ((await things.one('Thing/query', { filter }))['ids'] as unknown as string[]).join('');
  const [a, b] = [{ name: 'a' }, { name: 'b' }];
  assert.equal(await found(null), 't1t2t3');
  assert.equal(await found({}), 't1t2t3');
  assert.equal(await found({ operator: 'OR', conditions: [a, b] }), 't1t2');
  assert.equal(await found({ operator: 'AND', conditions: [a, b] }), '');
  assert.equal(await found({ operator: 'NOT', conditions: [a, { operator: 'AND', conditions: [b, {}] }] }), 't3');
});

test('what cannot be filtered or sorted by is said; what is malformed is invalidArguments', async () => {
  const things = createThings();
  const type = async (args: object) => (await things.one('Thing/query', args))['type'];
  assert.equal(await type({ filter: { color: 'red' } }), 'unsupportedFilter');
  assert.equal(await type({ filter: { name: 7 } }), 'invalidArguments');
  assert.equal(await type({ filter: { operator: 'XOR', conditions: [] } }), 'invalidArguments');
  assert.equal(await type({ filter: { operator: 'AND', conditions: [7] } }), 'invalidArguments');
  assert.equal(
    await type({ filter: { operator: 'OR', conditions: Array.from({ length: 200 }, () => ({})) } }),
    'unsupportedFilter',
  );
  assert.equal(await type({ sort: [{ property: 'color' }] }), 'unsupportedSort');
  assert.equal(await type({ sort: [{ property: 'name', collation: 'i;klingon' }] }), 'unsupportedSort');
  assert.equal(await type({ sort: [{ property: 'name', isAscending: 'yes' }] }), 'invalidArguments');
});

test('queryChanges can say that nothing changed, and else that it cannot tell', async () => {
  const things = await withNames('a');
  const { queryState } = await things.one('Thing/query', {});
  const same = await things.one('Thing/queryChanges', { sinceQueryState: queryState, calculateTotal: true });
  assert.deepEqual([same['added'], same['removed'], same['total']], [[], [], 1]);
  await things.one('Thing/set', { destroy: ['t1'] });
  assert.equal(
    (await things.one('Thing/queryChanges', { sinceQueryState: queryState }))['type'],
    'cannotCalculateChanges',
  );
});

test('there is an end to what one request may ask for: the calls that are left are refused, and not run', async () => {
  const things = createThings();
  await things.one('Thing/set', { create: { k: { name: 'x'.repeat(9_000_000) } } });
  const get = ['Thing/get', {}] as const;
  const answers = await things.call(...Array.from({ length: 13 }, () => get), ['Thing/set', { destroy: ['t1'] }]);
  const [last, set] = answers.slice(-2).map(([name, result]) => [name, result['type']]);
  assert.deepEqual(answers[11]![0], 'Thing/get');
  assert.deepEqual(
    [last, set],
    [
      ['error', 'requestTooLarge'],
      ['error', 'requestTooLarge'],
    ],
  );
  assert.equal((await things.one('Thing/get', {}))['list']!['length'] as unknown, 1);
});
