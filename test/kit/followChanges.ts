import assert from 'node:assert/strict';
import type { Person } from './person.ts';

/**
 * Brings what somebody holds of an account (ids of contacts, and their names) up to date, as who asks only what has changed;
 * answers the state that is reached.
 */
export async function followChanges(person: Person, known: Map<string, string>, state: string): Promise<string> {
  let since = state;
  for (;;) {
    const changes = await person.call('ContactCard/changes', { sinceState: since, maxChanges: 3 });
    assert.ok(changes['newState'], JSON.stringify(changes));
    for (const id of changes['destroyed']!) known.delete(id);
    const ids = [...changes['created']!, ...changes['updated']!];
    const got = await person.call('ContactCard/get', { ids, properties: ['name'] });
    for (const id of got['notFound']!) known.delete(id);
    for (const card of got['list']!) known.set(card['id']!, card['name']!['full']!);
    since = changes['newState'];
    if (!changes['hasMoreChanges']) return since;
  }
}
