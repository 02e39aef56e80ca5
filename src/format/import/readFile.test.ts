import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readDate } from './dates.ts';
import { matchHeadings } from './matchHeadings.ts';
import { contactValues } from '../csv/contactColumns.ts';
import type { Card } from '../jscontact/types.ts';
import type { ImportEntry, ImportProblem } from './importItem.ts';
import { fileEntries, noChoices, openFile } from './readFile.ts';
import type { ContactFile, ReadingChoices } from './readFile.ts';

type Read = {
  readonly file: ContactFile;
  readonly rows: readonly Record<string, string>[];
  readonly cards: readonly Partial<Card>[];
  readonly problems: readonly ImportProblem[];
};

function read(name: string, choices: ReadingChoices = noChoices): Read {
  return readBytes(readFileSync(`test/fixtures/import/${name}`), choices);
}

function readBytes(bytes: Uint8Array, choices: ReadingChoices = noChoices): Read {
  const file = openFile(bytes, choices);
  assert.ok('text' in file, `a ${file.kind}`);
  let uids = 0;
  const entries: ImportEntry[] = [...fileEntries(file, () => `uid-${(uids += 1)}`)];
  const cards = entries.flatMap((entry) => ('card' in entry && entry.card ? [entry.card] : []));
  return {
    file,
    cards,
    rows: cards.map((card) => Object.fromEntries(contactValues(card as Card))),
    problems: entries.flatMap((entry) => ('problem' in entry ? [entry.problem] : entry.problems)),
  };
}

const told = (read: Read) => ({
  layout: read.file.plan?.layout,
  delimiter: read.file.plan?.delimiter,
  charset: read.file.charset,
});

test('a table of a French Outlook is recognised and read with its semicolons, accents and dates', () => {
  const outlook = read('outlook-fr.csv');
  assert.deepEqual(told(outlook), { layout: 'outlook', delimiter: ';', charset: 'windows-1252' });
  const [zoe, ada] = outlook.rows;
  assert.deepEqual(zoe, {
    namePrefix: 'Mme',
    firstName: 'Zoé',
    lastName: 'Lefèvre',
    company: 'Mairie de Trifouilly',
    department: 'État civil',
    jobTitle: 'Adjointe',
    workStreet: '1, place de la Mairie\nBâtiment "B"',
    workCity: 'Trifouilly',
    workPostalCode: '59999',
    workCountry: 'France',
    workPhone: '+33 3 00 00 00 01',
    mobilePhone: '+33 6 00 00 00 01',
    birthday: '1970-11-26',
    email: 'zoe.lefevre@demo.example',
    email2: 'zoe@demo.example',
    tags: 'Élus,Presse',
    notes: 'Préfère le matin.\nNe pas appeler le mercredi ; « œuvre »\nConjoint(e) : Noël',
  });
  assert.equal(ada!['email'], undefined, 'the name that an Exchange server gives somebody is no address');
  assert.equal(ada!['notes'], '31/02/1980', 'what is no date is kept');
  assert.deepEqual(
    outlook.problems.map(({ line, reason, isLost, detail }) => ({ line, reason, isLost, detail })),
    [{ line: 4, reason: 'date', isLost: false, detail: '31/02/1980' }],
  );
});

test('a table of an English Outlook has the month before the day', () => {
  const outlook = read('outlook-en.csv');
  assert.deepEqual(told(outlook), { layout: 'outlook', delimiter: ',', charset: 'utf-8' });
  const [ann] = outlook.rows;
  assert.equal(ann!['birthday'], '1970-11-26');
  assert.equal(ann!['nameSuffix'], 'Jr.');
  assert.equal(ann!['homeStreet'], '5 Low Road');
  assert.equal(ann!['workURL'], 'https://ann.demo.example/');
});

test('a table of Google gives its labels: work, home, the preferred one, several in one cell', () => {
  const google = read('google.csv');
  assert.deepEqual(told(google), { layout: 'google', delimiter: ',', charset: 'utf-8' });
  const [card] = google.cards;
  assert.deepEqual(Object.values(card!.emails!), [
    { address: 'chloe@demo.example', contexts: { work: true }, pref: 1 },
    { address: 'c.durand@demo.example', contexts: { work: true }, pref: 1 },
    { address: 'cd@demo.example', contexts: { private: true } },
  ]);
  assert.deepEqual(card!.keywords, { Échecs: true }, 'a group of the system is no keyword');
  assert.deepEqual(Object.values(card!.phones!), [{ number: '+33 6 00 00 00 03', features: { mobile: true } }]);
  assert.equal(google.rows[0]!['homeCity'], 'Ailleurs');
  assert.deepEqual(Object.values(card!.links!), [{ uri: 'https://chloe.demo.example/', label: 'Blog' }]);
});

test('a table of Google from before 2024, in UTF-16', () => {
  const google = read('google-old.csv');
  assert.deepEqual(told(google), { layout: 'google', delimiter: ',', charset: 'utf-16le' });
  const [eric] = google.rows;
  assert.equal(eric!['lastName'], 'Roux');
  assert.equal(eric!['birthday'], '--04-05');
  assert.equal(eric!['workFax'], '+33 3 00 00 00 04');
  assert.equal(eric!['tags'], 'Famille');
});

test('a table of a French Thunderbird has two columns « Ville »: home first, then work', () => {
  const thunderbird = read('thunderbird-fr.csv');
  assert.equal(told(thunderbird).layout, 'thunderbird');
  const [ines] = thunderbird.rows;
  assert.equal(ines!['homeCity'], 'Maison');
  assert.equal(ines!['workCity'], 'Travail');
  assert.equal(ines!['birthday'], '1991-07-14');
  assert.equal(ines!['homeCountry'], 'France');
  assert.equal(ines!['notes'], 'Divers 1 : dossier 12\nRAS');
});

test('a table of an English Thunderbird, with tabs', () => {
  const thunderbird = read('thunderbird-en.csv');
  assert.deepEqual(told(thunderbird), { layout: 'thunderbird', delimiter: '\t', charset: 'utf-8' });
  assert.equal(thunderbird.rows[0]!['birthday'], '1975-01-09');
});

test('tables of Zimbra, Yahoo and Windows Live in both languages are recognised', () => {
  const zimbra = read('zimbra.csv');
  assert.equal(told(zimbra).layout, 'zimbra');
  assert.equal(zimbra.rows[0]!['workStreet'], 'Campus\nBât. 3');
  assert.equal(zimbra.rows[0]!['birthday'], '1969-12-31');
  const yahoo = read('yahoo.csv');
  assert.equal(told(yahoo).layout, 'yahoo');
  assert.equal(yahoo.rows[0]!['email2'], 'ylg@demo.example');
  assert.equal(yahoo.rows[0]!['birthday'], '1970-11-26');
  const french = read('windows-live-fr.csv');
  assert.deepEqual(told(french), { layout: 'windowsLive', delimiter: ';', charset: 'windows-1252' });
  assert.equal(french.rows[0]!['homeState'], 'Nord');
  assert.equal(french.rows[0]!['nickname'], 'Gaga');
  assert.equal(told(read('windows-live-en.csv')).layout, 'windowsLive');
});

test('somebody’s own table is of no program; what is known of it is proposed, the rest goes to the notes', () => {
  const own = read('own-mac.csv');
  assert.deepEqual(told(own), { layout: null, delimiter: ';', charset: 'macintosh' });
  assert.deepEqual(own.file.plan!.unknown, [5]);
  const [helene] = own.rows;
  assert.equal(helene!['firstName'], 'Hélène');
  assert.equal(helene!['birthday'], '1962-04-05');
  assert.equal(helene!['notes'], 'N° d’adhérent : A-12');
});

test('charsets of other scripts are told by their letters', () => {
  const greek = read('own-greek.csv');
  assert.equal(greek.file.charset, 'windows-1253');
  assert.equal(greek.rows[0]!['fullName'], 'Γεώργιος Παπαδόπουλος');
  const wide = read('own-utf16be.csv');
  assert.equal(wide.rows[0]!['fullName'], 'Łukasz Żółty');
});

test('a table without headings is read by what stands in it', () => {
  const plain = read('no-header.csv');
  assert.equal(plain.file.plan!.hasHeader, false);
  assert.deepEqual(plain.rows[0], {
    email: 'paul@demo.example',
    workPhone: '+33 3 00 00 00 11',
    notes: '1 : Paul Martin',
  });
  const chosen = read('no-header.csv', { ...noChoices, fields: ['fullName', 'email', 'mobilePhone'] });
  assert.equal(chosen.rows[1]!['fullName'], 'Rose Blanc');
});

test('an LDIF of Thunderbird gives people and their list', () => {
  const ldif = read('thunderbird.ldif');
  const [jerome, list] = ldif.cards;
  assert.equal(ldif.rows[0]!['birthday'], '1980-02-29');
  assert.equal(ldif.rows[0]!['notes'], 'Première ligne\nseconde');
  assert.equal(list!.kind, 'group');
  assert.deepEqual(list!.members, { [jerome!.uid!]: true });
});

test('an LDIF of a directory gives its people; branches are none, changes and broken lines are reported', () => {
  const ldif = read('directory.ldif');
  assert.deepEqual(
    ldif.rows.map((row) => [row['lastName'], row['email'], row['email2'], row['jobTitle']]),
    [['Invented', 'marie@demo.example', 'm.invented@demo.example', 'Professor']],
  );
  assert.deepEqual(
    ldif.problems.map(({ line, reason }) => [line, reason]),
    [
      [23, 'ldif'],
      [26, 'ldif'],
    ],
  );
});

test('cards of three versions in one file are taken as they are, and what stands between them is reported', () => {
  const file = openFile(readFileSync('test/fixtures/import/mixed.vcf'));
  assert.ok('text' in file);
  const entries = [...fileEntries(file, () => 'x')];
  const texts = entries.flatMap((entry) => ('vcard' in entry && entry.vcard ? [entry.vcard] : []));
  assert.equal(texts.length, 2);
  assert.match(texts[1]!, /^BEGIN:VCARD\r\nVERSION:4\.0\r\n[^]*X-HOUSE-KEY:blue[^]*END:VCARD\r\n$/u);
  const problems = entries.flatMap((entry) => ('problem' in entry ? [entry.problem] : []));
  assert.deepEqual(
    problems.map(({ line, reason }) => [line, reason]),
    [
      [9, 'outside'],
      [10, 'vcard'],
    ],
  );
});

test('a quote that never closes costs its line and no other', () => {
  const broken = readBytes(
    Buffer.from('Nom;Prénom;Courriel\nA;"b;a@x.example\nC;d;c@x.example\nE;"f "g"" h";e@x.example\n'),
  );
  assert.deepEqual(
    broken.rows.map((row) => row['lastName']),
    ['C', 'E'],
  );
  assert.deepEqual(
    broken.problems.map(({ line, reason, text }) => [line, reason, text]),
    [[2, 'quotes', 'A;"b;a@x.example']],
  );
});

// So large that time which grows with the square of a file would not come to the end that the runner gives a test file.
test('hostile files are answered, and nothing of them is executed or followed', () => {
  const hostile = [
    Buffer.from(`Nom;Courriel\n${'"\n'.repeat(2_000_000)}`),
    Buffer.from(`a${','.repeat(5_000_000)}\n`.repeat(3)),
    Buffer.from('BEGIN:VCARD\n'.repeat(1_000_000)),
    Buffer.from(`dn: x\n${' y\n'.repeat(2_000_000)}`),
    Buffer.from(`Nom\n${'x\n'.repeat(3_000_000)}`),
    Buffer.from(`dn: cn=x\ncn: x\njpegPhoto:< file:///etc/passwd\n`),
    Buffer.from('Prénom;constructor;__proto__;toString\na;b;c;d\n'),
  ];
  for (const bytes of hostile) {
    const file = openFile(bytes);
    if ('text' in file) for (const entry of fileEntries(file, () => 'x')) assert.ok(entry);
  }
});

test('headings that every object knows are no fields', () => {
  const names = readBytes(Buffer.from('Nom;constructor;__proto__;toString\na;b;c;d\n'));
  assert.deepEqual(names.file.plan!.fields, ['lastName', 'note', 'note', 'note']);
  assert.equal(names.rows[0]!['notes'], 'constructor : b\n__proto__ : c\ntoString : d');
});

test('what holds no contacts is told by name', () => {
  const kind = (bytes: string | number[]) => openFile(Buffer.from(bytes as string)).kind;
  assert.equal(kind(''), 'empty');
  assert.equal(kind('\n \n'), 'empty');
  assert.equal(kind([0x50, 0x4b, 3, 4]), 'zip');
  assert.equal(kind([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'outlookFile');
  assert.equal(kind('// <!-- <mdb:mork:z v="1.4"/> -->'), 'mork');
  assert.equal(kind('<!doctype html><p>'), 'unknown');
  assert.equal(kind([0x89, 0x50, 0x4e, 0x47, 0, 0, 1, 2]), 'unknown');
});

test('dates are read with the month in words, in French and English, and only where it is clear which month', () => {
  const july = { year: 1980, month: 7, day: 14 };
  for (const text of [
    '14 juillet 1980',
    'lundi 14 juillet 1980',
    '14-juil.-80',
    'July 14th, 1980',
    'the 14 of Jul 1980',
  ])
    assert.deepEqual(readDate(text, 'dmy'), july, text);
  assert.deepEqual(readDate('1er mars', 'dmy'), { month: 3, day: 1 });
  assert.deepEqual(readDate('5 Août 1999', 'mdy'), { year: 1999, month: 8, day: 5 });
  for (const text of ['14 jui 1980', '31 février 1980', '14 xyz 1980', 'mars', '14 juillet 198'])
    assert.equal(readDate(text, 'dmy'), null, text);
});

test('what people usually call their columns is recognised, in French and English', () => {
  const meanings = {
    Patronyme: 'lastName',
    'Raison sociale': 'company',
    'Tél. mobile': 'mobilePhone',
    'Courriel personnel': 'email2',
    'Né(e) le': 'birthday',
    Surname: 'lastName',
    'Cell phone': 'mobilePhone',
    'Zip code': 'workPostalCode',
  };
  for (const [heading, field] of Object.entries(meanings))
    assert.deepEqual(matchHeadings([heading, 'Xyz']).fields, [field, 'note'], heading);
});
