/**
 * litmus, the examiner of WebDAV servers. It wants a file server: texts of any kind, folders in folders, properties of
 * files. Of what it asks, everything that an address book may be asked must pass; the rest stands below with the reason.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { run } from './kit/program.ts';
import { startDavSite } from './kit/site.ts';
import type { DavSite } from './kit/site.ts';

const noTexts = 'puts a text that is no vCard (RFC 6352 §5.1)';
const noFolders = 'makes a folder inside the address book (RFC 6352 §5.2)';
const noProperties = 'sets properties of a file; devices keep theirs with the folder';

/** What cannot pass, by suite and name. */
const otherwise: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  basic: {
    put_get: noTexts,
    put_get_utf8_segment: noTexts,
    mkcol_over_plain: noTexts,
    delete: noTexts,
    delete_fragment: noFolders,
    mkcol: noFolders,
    mkcol_again: noFolders,
    delete_coll: noFolders,
    mkcol_with_body: noFolders,
  },
  copymove: {
    copy_init: noFolders,
    copy_simple: noFolders,
    copy_overwrite: noFolders,
    copy_nodestcoll: noFolders,
    copy_coll: noFolders,
    copy_shallow: noFolders,
    move: noFolders,
    move_coll: noFolders,
  },
  props: Object.fromEntries(
    ['propset', 'propget', 'propmove', 'propdeletes', 'propreplace', 'propnullns', 'prophighunicode', 'propremoveset']
      .concat(['propsetremove', 'propvalnspace', 'propmanyns'])
      .map((name) => [name, noProperties]),
  ),
  http: {},
};

/** What must have been asked at least, so that an examiner that asks nothing has not passed. */
const asked: Readonly<Record<string, readonly string[]>> = {
  basic: ['begin', 'options', 'put_no_parent', 'delete_null', 'mkcol_no_parent'],
  copymove: ['begin', 'copy_cleanup', 'move_cleanup'],
  props: ['propfind_invalid', 'propfind_invalid2', 'propfind_d0', 'propinit', 'propextended', 'propwformed'],
  http: ['begin', 'expect100'],
};

let site: DavSite;
let place: string;

before(async () => {
  site = await startDavSite();
  place = mkdtempSync(join(tmpdir(), 'coterie-litmus-'));
  // The file that it puts where it does not matter what is in it.
  writeFileSync(join(place, 'foo'), 'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Litmus Démo\r\nEND:VCARD\r\n');
});
after(async () => {
  await site.stop();
  rmSync(place, { recursive: true });
});

const people = { owner: 'ada', Manager: 'ben', Viewer: 'chloe' } as const;

for (const [role, name] of Object.entries(people))
  for (const suite of Object.keys(otherwise)) examine(role, name, suite);

function examine(role: string, person: (typeof people)[keyof typeof people], suite: string): void {
  test(`in the home of the ${role}, of its suite “${suite}” passes what an address book can be asked`, async () => {
    const { email, password, home } = site[person];
    const { output } = await run({
      command: `/usr/libexec/litmus/${suite}`,
      words: ['-d', `${place}/`, home, email, password],
      folder: place,
      environment: { LC_ALL: 'C.UTF-8' },
    });
    const lines = output.split('\n').flatMap((line) => line.split('\r').at(-1) ?? []);
    const results = lines.flatMap((line) => {
      const [, name, result] = /^ *\d+\. ([a-z0-9_]+)\.* (pass|FAIL|SKIPPED|WARNING)/u.exec(line) ?? [];
      return name === undefined ? [] : [{ name, result, line }];
    });
    const failed = results.filter(({ result }) => result === 'FAIL' || result === 'SKIPPED');
    const unforeseen = failed.filter(({ name }) => otherwise[suite]![name] === undefined);
    assert.deepEqual(unforeseen, [], output);
    const names = new Set(results.filter(({ result }) => result !== 'SKIPPED').map(({ name }) => name));
    assert.deepEqual(
      asked[suite]!.filter((name) => !names.has(name)),
      [],
      output,
    );
  });
}
