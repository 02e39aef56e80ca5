import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setPersonActive } from '../../../src/core/principal/setPersonActive.ts';
import { card, folder, refusal, shareAccepted } from '../../kit/calls.ts';
import { postJson } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';

test('a person who is kept out is so at once, on every way in, and for good until they are let in', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const id = await folder(ada, 'Presse');
  await shareAccepted(ada, id, ben, 'manager');
  await card(ada, id, 'Jean Dupont');
  const api = postJson({ using: ['urn:ietf:params:jmap:core'], methodCalls: [['Core/echo', {}, 'e']] });
  const ways: readonly [what: string, attempt: () => Promise<Response>][] = [
    ['the session, by cookie', () => ben.get('/jmap/session')],
    ['the session, by password', () => ben.basic('/jmap/session')],
    ['a request, by cookie', () => ben.fetch('/jmap/api', api)],
    ['a request, by password', () => ben.basic('/jmap/api', api)],
    ['an event stream', () => ben.get('/jmap/eventsource?types=*&closeafter=state')],
    ['an upload', () => ben.basic(`/jmap/upload/${ben.id}`, { method: 'POST', body: 'x' })],
    ['a download of a folder, by password', () => ben.basic(`/home/${ada.email}/${id}.csv`)],
    ['their own folder, by password', () => ben.basic(`/home/${ben.email}/Contacts.csv`)],
  ];
  for (const [what, attempt] of ways) {
    const response = await attempt();
    assert.ok(response.ok, `${what} before: ${response.status}`);
    await response.body?.cancel();
  }
  await setPersonActive(app.world, ben.id, false);
  for (const [what, attempt] of ways) assert.equal((await attempt()).status, 401, what);
  assert.equal((await ben.signIn()).status, 401);
  const made = { addressBookId: id, email: ben.email, role: 'viewer' };
  assert.equal((await refusal(ada, 'Share/set', { create: { new: made } }))['type'], 'unknownPrincipal');
  await setPersonActive(app.world, ben.id, true);
  assert.equal((await ben.get('/jmap/session')).status, 401, 'an old session stays ended');
  assert.equal((await ben.basic('/jmap/session')).status, 200);
});
