import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { openTestWorld } from '../../../test/kit/testWorld.ts';
import { auditKinds, auditWays } from '../../format/audit/auditKinds.ts';
import type { AuditKind } from '../../format/audit/auditKinds.ts';
import type { AuditRecord } from '../../format/audit/auditRecord.ts';
import { foldWords } from '../../lib/fold.ts';
import { audit } from './audit.ts';
import { findAudit, readAudit } from './searchAudit.ts';
import type { AuditFilter } from './searchAudit.ts';

const kinds = Object.keys(auditKinds) as AuditKind[];
const names = ['Presse', 'Presque tout', 'Élus', 'Pré', 'Clients du Nord'];

/** More records than are looked at in one portion; some of a kind that is rare. */
const many = 1500;

function fits(record: AuditRecord, filter: AuditFilter): boolean {
  const { text, person, kind, way, after, before } = filter;
  const words = foldWords([record.object?.name, record.actor?.name, record.other?.name].join(' '));
  return (
    foldWords(text ?? '').every((word) => words.some((each) => each.startsWith(word))) &&
    (person === undefined || record.actor?.id === person || record.other?.id === person) &&
    (kind === undefined || record.kind === kind) &&
    (way === undefined || record.way === way) &&
    (after === undefined || record.at >= after) &&
    (before === undefined || record.at < before)
  );
}

test('the log finds by its index what one finds by reading all of it, page by page', async () => {
  await using world = await openTestWorld();
  const start = world.clock.getTime();
  await world.db.transaction(async (tx) => {
    for (let number = 0; number < many; number++) {
      world.clock = new Date(start + number * 1000);
      const way = auditWays[number % 7] ?? 'web';
      const actorId = `p${number % 11 === 0 ? 'rare' : number % 3}`;
      const object = { type: 'AddressBook', id: `b${number % 5}`, name: names[number % 5]! } as const;
      const kind = kinds[(number * number) % kinds.length]!;
      await audit(tx, { ...world, way }, { kind, actorId, object, other: { id: `p${number % 4}` } });
    }
  });
  const all = await readAudit(
    world.db,
    Array.from({ length: many }, (_, index) => many - index),
  );
  const time = fc.integer({ min: -5, max: many + 5 }).map((seconds) => new Date(start + seconds * 1000).toISOString());
  const filters = fc.record(
    {
      text: fc.constantFrom('pre', 'presse', 'pr', 'elus', 'clients nord', 'nord p', 'absent', 'p'),
      person: fc.constantFrom('p0', 'p1', 'prare', 'nobody'),
      kind: fc.constantFrom('share.given', 'link.used', 'no.such'),
      way: fc.constantFrom(...auditWays),
      after: time,
      before: time,
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(filters, fc.integer({ min: 1, max: 700 }), async (filter, limit) => {
      const found: number[] = [];
      for (;;) {
        const page = await findAudit(world.db, filter, { below: found.at(-1) ?? null, limit });
        found.push(...page);
        if (page.length < limit) break;
      }
      const expected = all.filter((record) => fits(record, filter)).map(({ id }) => Number(id.slice(1)));
      assert.deepEqual(found, expected);
    }),
    { numRuns: 150 },
  );
});

test('a clock that is set back does not take records out of their order', async () => {
  await using world = await openTestWorld();
  const times: string[] = [];
  for (const step of [0, -60_000, 1000]) {
    world.clock = new Date(world.clock.getTime() + step);
    await world.db.transaction((tx) => audit(tx, world, { kind: 'mail.dropped' }));
  }
  for (const { at } of await readAudit(world.db, [1, 2, 3])) times.push(at);
  assert.deepEqual(times, times.toSorted());
  assert.equal(times[0], times[1]);
});
