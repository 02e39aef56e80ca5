import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseXml } from '../../lib/xml/parseXml.ts';
import { elementsOf, textOf } from '../../lib/xml/xmlElement.ts';
import type { XmlElement } from '../../lib/xml/xmlElement.ts';
import { mobileConfig } from './mobileConfig.ts';

const profile = {
  title: 'Université <Démo> & Co',
  serverUrl: 'https://contacts.demo.example',
  principalPath: '/dav/principals/p1/',
  username: 'ada@demo.example',
  password: 'abcd-efgh',
  ids: ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'],
} as const;

/** A property list as plain data. */
function read(text: string): Record<string, unknown> {
  // The declaration of the type is Apple's, and refused by our own parser as it should be.
  const root = parseXml(new TextEncoder().encode(text.replace(/<!DOCTYPE[^>]*>\n/u, '')));
  return valueOf(elementsOf(root)[0]!) as Record<string, unknown>;
}

function valueOf(element: XmlElement): unknown {
  const children = elementsOf(element);
  if (element.name === 'string') return textOf(element);
  if (element.name === 'integer') return Number(textOf(element));
  if (element.name === 'true' || element.name === 'false') return element.name === 'true';
  if (element.name === 'array') return children.map(valueOf);
  const entries = children.flatMap((child, index) =>
    child.name === 'key' ? [[textOf(child), valueOf(children[index + 1]!)] as const] : [],
  );
  return Object.fromEntries(entries);
}

test('a profile holds one CardDAV account with everything that the device needs', () => {
  const { PayloadContent, ...outer } = read(mobileConfig(profile));
  assert.equal(outer['PayloadType'], 'Configuration');
  assert.equal(outer['PayloadUUID'], profile.ids[0]);
  assert.equal(outer['PayloadDisplayName'], profile.title);
  assert.deepEqual(PayloadContent, [
    {
      PayloadType: 'com.apple.carddav.account',
      PayloadVersion: 1,
      PayloadIdentifier: `example.demo.contacts.coterie.carddav.${profile.ids[1]}`,
      PayloadUUID: profile.ids[1],
      PayloadDisplayName: profile.title,
      CardDAVAccountDescription: profile.title,
      CardDAVHostName: 'contacts.demo.example',
      CardDAVPort: 443,
      CardDAVUseSSL: true,
      CardDAVPrincipalURL: '/dav/principals/p1/',
      CardDAVUsername: 'ada@demo.example',
      CardDAVPassword: 'abcd-efgh',
    },
  ]);
});

test('without a password the device asks for it; another port and no encryption are told', () => {
  const text = mobileConfig({ ...profile, password: null, serverUrl: 'http://127.0.0.1:8080' });
  const [account] = read(text)['PayloadContent'] as Record<string, unknown>[];
  assert.equal('CardDAVPassword' in account!, false);
  assert.equal(account!['CardDAVPort'], 8080);
  assert.equal(account!['CardDAVUseSSL'], false);
});

test('what no XML may hold is left out', () => {
  const text = mobileConfig({ ...profile, title: 'a\u0000b\ud800c' });
  assert.equal(read(text)['PayloadDisplayName'], 'abc');
});
