import assert from 'node:assert/strict';
import { auditSentence } from '../../src/format/audit/auditRecord.ts';
import type { AuditRecord } from '../../src/format/audit/auditRecord.ts';
import type { Person } from './person.ts';
import { createTestApp } from './world.ts';
import type { TestApp, TestOptions } from './world.ts';

/** A world in which Ada is administrator. */
export async function auditedApp(options: TestOptions = {}): Promise<TestApp> {
  const app = await createTestApp(options);
  const { db } = app.world;
  await db.transaction((tx) =>
    tx.run(tx.build.updateTable('principal').set({ is_administrator: 1 }).where('id', '=', app.ada.id)),
  );
  return app;
}

/** The records that an administrator finds, newest first. */
export async function auditOf(person: Person, filter: object = {}, limit = 100): Promise<AuditRecord[]> {
  const found = await person.call('AuditRecord/query', { filter, limit });
  assert.ok(found['ids'], JSON.stringify(found));
  const { ids } = found as unknown as { ids: string[] };
  const { list } = (await person.call('AuditRecord/get', { ids })) as unknown as { list: AuditRecord[] };
  return ids.map((id) => list.find((record) => record.id === id)!);
}

/** What an administrator reads, newest first, in French. */
export async function sentencesOf(person: Person, filter: object = {}): Promise<string[]> {
  return (await auditOf(person, filter)).map((record) => auditSentence(record, 'fr'));
}
