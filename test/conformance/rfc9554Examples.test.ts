// The examples of RFC 9554, by section.
import { testBothWays, testReading, testWriting } from '../kit/cardExample.ts';

const anyTown = [
  { kind: 'locality', value: 'Any Town' },
  { kind: 'region', value: 'CA' },
  { kind: 'postcode', value: '91921-1234' },
  { kind: 'country', value: 'U.S.A.' },
];

testBothWays('§2.1 ADR', {
  vcard: ['ADR;GEO="geo:12.3457,78.910":;;123 Main Street;Any Town;CA;91921-1234;U.S.A.;;;;123;Main Street;;;;;;'],
  card: {
    addresses: {
      a: {
        components: [...anyTown, { kind: 'number', value: '123' }, { kind: 'name', value: 'Main Street' }],
        coordinates: 'geo:12.3457,78.910',
      },
    },
  },
});

// As printed a semicolon is missing after U.S.A, so the fold joins the country with what comes next.
testReading(
  '§2.1 ADR, as printed',
  ['ADR;GEO="geo:12.3457,78.910":;;123 Main Street;Any Town;CA;91921-1234;U.S.A;;;;123;Main Street;;;;;;'],
  {
    addresses: {
      a: {
        components: [
          ...anyTown.slice(0, 3),
          { kind: 'country', value: 'U.S.A' },
          { kind: 'number', value: '123' },
          { kind: 'name', value: 'Main Street' },
        ],
        coordinates: 'geo:12.3457,78.910',
      },
    },
  },
);

testBothWays('§2.2 N, the five old components', {
  vcard: ['N:Public;John;Quinlan;Mr.;Esq.'],
  card: {
    name: {
      components: [
        { kind: 'surname', value: 'Public' },
        { kind: 'given', value: 'John' },
        { kind: 'given2', value: 'Quinlan' },
        { kind: 'title', value: 'Mr.' },
        { kind: 'credential', value: 'Esq.' },
      ],
    },
  },
});

testReading(
  '§2.2 N, a generation that the suffixes repeat',
  ['N:Stevenson;John;Philip,Paul;Dr.;Jr.,M.D.,A.C.P.;;Jr.'],
  {
    name: {
      components: [
        { kind: 'surname', value: 'Stevenson' },
        { kind: 'given', value: 'John' },
        { kind: 'given2', value: 'Philip' },
        { kind: 'given2', value: 'Paul' },
        { kind: 'title', value: 'Dr.' },
        { kind: 'credential', value: 'M.D.' },
        { kind: 'credential', value: 'A.C.P.' },
        { kind: 'generation', value: 'Jr.' },
      ],
    },
  },
);

testBothWays('§3.1 CREATED', { vcard: ['CREATED:20220705T093412Z'], card: { created: '2022-07-05T09:34:12Z' } });

testReading('§3.1 CREATED with an offset', ['CREATED;VALUE=TIMESTAMP:20211022T140000-05'], {
  created: '2021-10-22T19:00:00Z',
});

testReading('§3.2 GRAMGENDER in a language', ['GRAMGENDER;LANGUAGE=de:feminine'], {
  speakToAs: { grammaticalGender: 'feminine' },
});

testBothWays('§3.3 LANGUAGE', { vcard: ['LANGUAGE:de-AT'], card: { language: 'de-AT' } });

testReading('§3.4 PRONOUNS', ['PRONOUNS;LANGUAGE=en;PREF=1:xe/xir', 'PRONOUNS;LANGUAGE=en;PREF=2:they/them'], {
  speakToAs: {
    pronouns: [
      { pronouns: 'xe/xir', pref: 1 },
      { pronouns: 'they/them', pref: 2 },
    ],
  },
});

testBothWays('§3.5 SOCIALPROFILE', {
  vcard: [
    'SOCIALPROFILE;SERVICE-TYPE=Mastodon:https://example.com/@foo',
    'SOCIALPROFILE:https://example.com/ietf',
    'SOCIALPROFILE;SERVICE-TYPE=SomeSite;VALUE=text:peter94',
  ],
  card: {
    onlineServices: {
      a: { service: 'Mastodon', uri: 'https://example.com/@foo' },
      b: { uri: 'https://example.com/ietf' },
      c: { service: 'SomeSite', user: 'peter94' },
    },
  },
});

testBothWays('§4.1 AUTHOR', {
  vcard: ['NOTE;AUTHOR="mailto:john@example.com":This is some note.'],
  card: { notes: { n: { note: 'This is some note.', author: { uri: 'mailto:john@example.com' } } } },
});

testBothWays('§4.2 AUTHOR-NAME', {
  vcard: [
    'NOTE;AUTHOR-NAME=John Doe:This is some note.',
    'NOTE;AUTHOR-NAME="_:l33tHckr:_":A note by an unusual author name.',
  ],
  card: {
    notes: {
      n1: { note: 'This is some note.', author: { name: 'John Doe' } },
      n2: { note: 'A note by an unusual author name.', author: { name: '_:l33tHckr:_' } },
    },
  },
});

testBothWays('§4.3 CREATED parameter', {
  vcard: ['NOTE;CREATED=20221122T151823Z:This is some note.'],
  card: { notes: { n: { note: 'This is some note.', created: '2022-11-22T15:18:23Z' } } },
});

testReading('§4.4 DERIVED', ['N:;John;Quinlan;Mr.;', 'FN;DERIVED=TRUE:Mr. John Quinlan'], {
  name: {
    components: [
      { kind: 'given', value: 'John' },
      { kind: 'given2', value: 'Quinlan' },
      { kind: 'title', value: 'Mr.' },
    ],
  },
});

// RFC 6868 writes a line break as ^n; \n, as the example has it, is what many programs write.
testReading(
  '§4.5 LABEL, as printed',
  [
    'ADR;LABEL="Mr. John Q. Public, Esq.\\nMail Drop: TNE QB\\n123 Main Street\\nAny Town, CA  91921-1234\\nU.S.A.":;;123 Main Street;Any Town;CA;91921-1234;U.S.A.',
  ],
  {
    addresses: {
      a: {
        components: [{ kind: 'name', value: '123 Main Street' }, ...anyTown],
        full: 'Mr. John Q. Public, Esq.\nMail Drop: TNE QB\n123 Main Street\nAny Town, CA  91921-1234\nU.S.A.',
      },
    },
  },
);

testWriting(
  '§4.5 LABEL',
  {
    addresses: {
      a: { components: [{ kind: 'name', value: '123 Main Street' }, ...anyTown], full: '123 Main\n"U.S.A."' },
    },
  },
  ['ADR;LABEL="123 Main^n^\'U.S.A.^\'":;;123 Main Street;Any Town;CA;91921-1234;U.S.A.'],
);

testReading(
  '§4.6 PHONETIC',
  [
    'N;ALTID=1;LANGUAGE=zh-Hant:孫;中山;文,逸仙;;;;',
    'N;ALTID=1;PHONETIC=jyut;SCRIPT=Latn;LANGUAGE=yue:syun1;zung1saan1;man4,jat6sin1;;;;',
  ],
  {
    language: 'zh-Hant',
    name: {
      components: [
        { kind: 'surname', value: '孫' },
        { kind: 'given', value: '中山' },
        { kind: 'given2', value: '文' },
        { kind: 'given2', value: '逸仙' },
      ],
    },
    localizations: {
      yue: {
        'name/phoneticSystem': 'jyut',
        'name/phoneticScript': 'Latn',
        'name/components/0/phonetic': 'syun1',
        'name/components/1/phonetic': 'zung1saan1',
        'name/components/2/phonetic': 'man4',
        'name/components/3/phonetic': 'jat6sin1',
      },
    },
  },
);

testBothWays('§4.7 PROP-ID', {
  vcard: ['PHOTO;PROP-ID=p827:data:image/jpeg;base64,MIICajCCAdOgAwIBAg=='],
  card: { media: { p827: { kind: 'photo', uri: 'data:image/jpeg;base64,MIICajCCAdOgAwIBAg==' } } },
});

testBothWays('§4.10 USERNAME', {
  vcard: ['SOCIALPROFILE;USERNAME="The Foo":https://example.com/@foo'],
  card: { onlineServices: { s: { user: 'The Foo', uri: 'https://example.com/@foo' } } },
});

for (const type of ['billing', 'delivery'])
  testBothWays(`§5 ADR with TYPE=${type}`, {
    vcard: [`ADR;TYPE=${type}:;;123 Main Street;Any Town;CA;91921-1234;U.S.A.`],
    card: {
      addresses: {
        a: { components: [{ kind: 'name', value: '123 Main Street' }, ...anyTown], contexts: { [type]: true } },
      },
    },
  });
