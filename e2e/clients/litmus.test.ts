/**
 * litmus, the examiner of WebDAV servers. It wants a file server: texts of any kind, folders in folders, properties of
 * files. Of what it asks, everything that an address book may be asked must pass; the rest stands below with the reason,
 * and must not pass.
 *
 * It works in a folder `litmus` that it makes anew, so that a person is always its owner. To ask its questions in a folder that
 * is shared, each has it under that name, and a relay answers what clears and makes it.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { run } from './kit/program.ts';
import { startRelay } from './kit/relay.ts';
import { putCard, startDavSite, tagsOf, vcard } from './kit/site.ts';
import type { DavPerson, DavSite } from './kit/site.ts';

const noTexts = 'puts a text that is no vCard (RFC 6352 §5.1)';
const noFolders = 'makes a folder inside the address book (RFC 6352 §5.2)';
const noProperties = 'sets properties of a file; devices keep theirs with the folder';
const noSecond = 'copies a card beside itself, which would be a second one with its UID (RFC 6352 §5.1)';
const noRight = 'begins with a card that a Viewer may not put';

type Suite = {
  /** What passes: a list, so that an examiner that asks nothing has not passed. */
  readonly passes: readonly string[];
  /** What does not, and why: it fails, or is skipped because it needs one that failed. */
  readonly otherwise: Readonly<Record<string, string>>;
  /** What does not pass for a Viewer, beside. */
  readonly forViewer?: Readonly<Record<string, string>>;
  /** What it warns of while it lets a question pass, and why that stays. */
  readonly warnings?: Readonly<Record<string, string>>;
};

const because = (reason: string, names: readonly string[]) => Object.fromEntries(names.map((name) => [name, reason]));

const suites = {
  basic: {
    passes: ['init', 'begin', 'options', 'put_no_parent', 'delete_null', 'mkcol_no_parent', 'finish'],
    otherwise: {
      ...because(noTexts, ['put_get', 'put_get_utf8_segment', 'mkcol_over_plain', 'delete']),
      ...because(noFolders, ['delete_fragment', 'mkcol', 'mkcol_again', 'delete_coll', 'mkcol_with_body']),
    },
    warnings: { 'server does not claim Class 2 compliance': 'locks are no part of address books' },
  },
  copymove: {
    passes: ['init', 'begin', 'copy_init', 'copy_nodestcoll', 'copy_cleanup', 'move', 'move_cleanup', 'finish'],
    otherwise: {
      ...because(noSecond, ['copy_simple', 'copy_overwrite']),
      ...because(noFolders, ['copy_coll', 'copy_shallow', 'move_coll']),
    },
    forViewer: because(noRight, ['copy_init', 'copy_nodestcoll', 'move']),
    warnings: {
      "MOVE to existing collection resource didn't give 204": 'the folder there was made by the relay alone',
    },
  },
  props: {
    passes: [
      'init',
      'begin',
      'propfind_invalid',
      'propfind_invalid2',
      'propfind_d0',
      'propinit',
      'propextended',
    ].concat(['propwformed', 'propcleanup', 'finish']),
    otherwise: because(
      noProperties,
      ['propset', 'propget', 'propmove', 'propdeletes', 'propreplace', 'propnullns', 'prophighunicode'].concat([
        'propremoveset',
        'propsetremove',
        'propvalnspace',
        'propmanyns',
      ]),
    ),
    forViewer: because(noRight, ['propinit']),
  },
  http: { passes: ['init', 'begin', 'expect100', 'finish'], otherwise: {} },
} as const satisfies Readonly<Record<string, Suite>>;

let site: DavSite;
let place: string;

before(async () => {
  site = await startDavSite();
  await putCard(site.ada, 'violette', vcard('violette', 'Violette Alto'));
  place = mkdtempSync(join(tmpdir(), 'coterie-litmus-'));
  // The file that it puts where it does not matter what is in it.
  writeFileSync(join(place, 'foo'), 'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Litmus Démo\r\nEND:VCARD\r\n');
});
after(async () => {
  await site.stop();
  rmSync(place, { recursive: true });
});

type Answer = { readonly name: string; readonly isPassed: boolean };

/** Runs a suite where the person’s home is, and compares what passes and what does not with what is said above. */
async function examine(name: keyof typeof suites, { email, password, home }: DavPerson, isViewer = false) {
  const { output } = await run({
    command: `/usr/libexec/litmus/${name}`,
    words: ['-d', `${place}/`, home, email, password],
    folder: place,
    environment: { LC_ALL: 'C.UTF-8' },
  });
  const answers = readAnswers(output);
  const { passes, otherwise, forViewer = {}, warnings = {} }: Suite = suites[name];
  const added = isViewer ? forViewer : {};
  const namesOf = (wanted: boolean) => [
    ...new Set(answers.flatMap(({ name: asked, isPassed }) => (isPassed === wanted ? [asked] : []))),
  ];
  assert.deepEqual(
    namesOf(true),
    passes.filter((each) => added[each] === undefined),
    output,
  );
  assert.deepEqual(namesOf(false).toSorted(), Object.keys({ ...otherwise, ...added }).toSorted(), output);
  const warned = Array.from(output.matchAll(/WARNING: (.*)/gu), ([, text]) => text!);
  assert.deepEqual(
    warned.filter((text) => warnings[text] === undefined),
    [],
    output,
  );
}

/** A name stands before the first of its lines; after warnings what came of it stands on one of its own. */
function readAnswers(output: string): Answer[] {
  let name = '';
  return output.split(/[\r\n]+/u).flatMap((line) => {
    const [, asked, result] = /^ *(?:\d+\. ([a-z0-9_]+))?\.+ (pass|FAIL|SKIPPED|WARNING)/u.exec(line) ?? [];
    name = asked ?? name;
    return result === undefined || result === 'WARNING' ? [] : [{ name, isPassed: result === 'pass' }];
  });
}

for (const suite of ['basic', 'props', 'http'] as const) {
  test(`in a folder that it makes in a home, of its suite “${suite}” passes what an address book can be asked`, () =>
    examine(suite, site.ada));
}

const people = { owner: 'ada', Manager: 'ben', Viewer: 'chloe' } as const;

for (const [role, name] of Object.entries(people)) {
  test(`in the shared folder the ${role} passes what the role may do, a Viewer’s cards are refused, and it is as before`, async () => {
    const person = site[name];
    const path = new URL(`${person.home}litmus/`).pathname;
    await person.basic(path, { method: 'DELETE' });
    const renamed = await person.basic(new URL(person.team).pathname, {
      method: 'MOVE',
      headers: { Destination: `${site.url}${path}` },
    });
    assert.equal(renamed.status, 201);
    const folder = { ...person, team: `${person.home}litmus/` };
    const before = await tagsOf(folder);
    assert.equal(before.size, 1);
    const made = ['', 'copycoll/', 'movecoll/'].map((each) => [`MKCOL ${path}${each}`, 201] as const);
    const relay = await startRelay(site.url, Object.fromEntries([[`DELETE ${path}`, 404], ...made]));
    const there = { ...person, home: `${relay.url}${new URL(person.home).pathname}` };
    try {
      for (const suite of ['basic', 'copymove', 'props'] as const) {
        await examine(suite, there, role === 'Viewer');
        assert.deepEqual(await tagsOf(folder), before, suite);
      }
      // litmus puts some texts that are no vCards; of these cards, which the others may put, a Viewer may put none.
      const puts = relay.answered.filter(({ method }) => method === 'PUT').map(({ status }) => status);
      assert.deepEqual([puts.includes(201), puts.includes(403)], [role !== 'Viewer', true]);
    } finally {
      await relay.stop();
    }
  });
}
