import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditSentence, type AuditRecord } from './auditRecord.ts';

function undone(cards: number): AuditRecord {
  return {
    id: 'a1',
    at: '2026-11-26T08:00:00Z',
    kind: 'history.undone',
    severity: 'notice',
    outcome: 'done',
    way: 'web',
    actor: { id: 'p1', name: 'Ada Démo' },
    owner: null,
    object: null,
    other: null,
    appPassword: null,
    address: null,
    details: { cards },
    hash: '',
  };
}

test('a number in a sentence has the word that goes with it', () => {
  assert.equal(auditSentence(undone(1), 'fr'), 'Ada Démo a annulé des modifications (1 contact)');
  assert.equal(auditSentence(undone(20), 'fr'), 'Ada Démo a annulé des modifications (20 contacts)');
  assert.equal(auditSentence(undone(1), 'en'), 'Ada Démo undid changes (1 contact)');
  assert.equal(auditSentence(undone(0), 'en'), 'Ada Démo undid changes (0 contacts)');
});
