import assert from 'node:assert/strict';
import { createCardFromVCard } from '../../src/core/card/createCard.ts';
import type { Person } from './person.ts';
import type { TestApp } from './world.ts';

/** A vCard of these lines. */
export function vCard(version: '2.1' | '3.0' | '4.0', ...lines: readonly string[]): string {
  return ['BEGIN:VCARD', `VERSION:${version}`, ...lines, 'END:VCARD', ''].join('\r\n');
}

/** Keeps a vCard octet by octet, as a client of the vCard world leaves it; the id of the card. */
export async function putRecord(app: TestApp, person: Person, bookId: string, text: string): Promise<string> {
  const context = { ...app.world, actor: { principalId: person.id, language: 'fr' as const } };
  return (await createCardFromVCard(context, bookId, text)).id;
}

/** What is kept of the cards of a folder, its lines unfolded. */
export async function recordsOf(person: Person, bookId: string): Promise<string[]> {
  const response = await person.get(`/home/~/${bookId}.vcf`);
  assert.equal(response.status, 200);
  return (await response.text()).replaceAll('\r\n ', '').trimEnd().split('\r\n');
}
