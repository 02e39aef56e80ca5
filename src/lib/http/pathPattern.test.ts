import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathPattern } from './pathPattern.ts';

const shown = { jmap: 2, dav: 2 };

test('a path in the log names nobody, and opens nothing', () => {
  const patterns: Readonly<Record<string, string>> = {
    '/': '/',
    '/jmap/api': '/jmap/api',
    '/jmap/download/p1/b2/Ada%20Demo.vcf': '/jmap/download/…',
    '/dav/addressbooks/ada@demo.example/Presse/1.vcf': '/dav/addressbooks/…',
    '/dav/ada@demo.example/': '/dav/…',
    '/shared/very-secret.csv': '/shared/…',
    '/home/ada@demo.example/Presse.csv': '/home/…',
    '/preferences': '/preferences',
    '/ada@demo.example': '/…',
    '//elsewhere.example/x': '/…',
    [`/${'x'.repeat(41)}`]: '/…',
    '/constructor/x': '/constructor/…',
  };
  assert.deepEqual(
    Object.keys(patterns).map((path) => [path, pathPattern(path, shown)]),
    Object.entries(patterns),
  );
});
