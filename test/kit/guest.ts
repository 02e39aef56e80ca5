import assert from 'node:assert/strict';
import { createClient, cookiesOf, postJson } from './person.ts';
import type { Person } from './person.ts';
import { create } from './calls.ts';
import type { TestApp } from './world.ts';

const linkPattern = /https?:\/\/[^\s"]+\/guest\/([\w-]{43})/u;

/** The secret of the personal link in the newest mail to a guest. */
export async function guestToken(app: TestApp, email: string): Promise<string> {
  const mail = (await app.mails()).find(({ to, text }) => to.address === email && linkPattern.test(text));
  assert.ok(mail, `no mail with a link to ${email}`);
  return linkPattern.exec(mail.text)![1]!;
}

/** Shares a folder with somebody outside; the id of the share. */
export function shareWithGuest(
  owner: Person,
  addressBookId: string,
  email: string,
  more: object = {},
): Promise<string> {
  return create(owner, 'Share', { addressBookId, type: 'guest', email, role: 'viewer', ...more });
}

/** What the page behind a personal link asks. */
export function look(app: TestApp, token: string): Promise<Response> {
  return fetch(`${app.url}/site/guest/look`, postJson({ token }));
}

/** What the page behind a personal link sends. */
export function accept(app: TestApp, token: string, more: object = {}): Promise<Response> {
  const choice = { name: 'Inès Dehors', password: 'a guest chose this', language: 'fr', ...more };
  return fetch(`${app.url}/site/guest/accept`, postJson({ token, ...choice }));
}

/** A guest who came by the link in the mail: with a browser that is signed in. */
export async function comeAsGuest(app: TestApp, email: string): Promise<Person> {
  const password = `guest password of ${email}`;
  const response = await accept(app, await guestToken(app, email), { password });
  assert.equal(response.status, 204, await response.text());
  const client = createClient(app.url, { id: await guestId(app, email), name: 'Inès Dehors', email, password });
  client.cookie = cookiesOf(response);
  return client;
}

async function guestId({ world: { db } }: TestApp, email: string): Promise<string> {
  const rows = db.build.selectFrom('principal').select('id').where('is_guest', '=', 1);
  return (await db.first(rows.where('email', '=', email)))!.id;
}
