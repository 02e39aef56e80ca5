// What a converter between JSContact and vCard has to carry over, topic by topic: people, work, how to reach them.
import { testBothWays, testReading } from '../../kit/cardExample.ts';

testBothWays('emails', {
  vcard: [
    'EMAIL;TYPE=work;PREF=1:ann@demo.example',
    'item1.EMAIL;TYPE=home:"a b"@demo.example',
    'item1.X-ABLabel:Famille',
  ],
  card: {
    emails: {
      e1: { address: 'ann@demo.example', contexts: { work: true }, pref: 1 },
      e2: { address: '"a b"@demo.example', contexts: { private: true }, label: 'Famille' },
    },
  },
});

testBothWays('phones', {
  vcard: [
    'TEL;PREF=1;TYPE=work,cell,voice,text:+33 6 00 00 00 01',
    'TEL;TYPE=main-number:+33 1 00 00 00 02',
    'TEL;TYPE=fax,pager,textphone,video:03',
    'TEL;VALUE=uri:tel:+33-1-00-00-00-04;ext=5',
  ],
  card: {
    phones: {
      p1: {
        number: '+33 6 00 00 00 01',
        contexts: { work: true },
        features: { mobile: true, voice: true, text: true },
        pref: 1,
      },
      p2: { number: '+33 1 00 00 00 02', features: { 'main-number': true } },
      p3: { number: '03', features: { fax: true, pager: true, textphone: true, video: true } },
      p4: { number: 'tel:+33-1-00-00-00-04;ext=5' },
    },
  },
});

testReading('phones: a TYPE that is no feature leaves no trace in the Card', ['TEL;TYPE=car,work:06'], {
  phones: { p: { number: '06', contexts: { work: true } } },
});

testBothWays('onlineServices', {
  vcard: [
    'IMPP;SERVICE-TYPE=Matrix;PREF=2:matrix:u/ann:demo.example',
    'SOCIALPROFILE;SERVICE-TYPE=Mastodon;USERNAME=@ann@demo.example;TYPE=home:https://demo.example/@ann',
    'SOCIALPROFILE;SERVICE-TYPE=Chat;VALUE=text:ann\\, la seule',
  ],
  card: {
    onlineServices: {
      o1: { uri: 'matrix:u/ann:demo.example', service: 'Matrix', pref: 2, vCardName: 'impp' },
      o2: {
        uri: 'https://demo.example/@ann',
        service: 'Mastodon',
        user: '@ann@demo.example',
        contexts: { private: true },
      },
      o3: { user: 'ann, la seule', service: 'Chat' },
    },
  },
});

testBothWays('preferredLanguages', {
  vcard: ['LANG;PREF=1;TYPE=work:fr', 'LANG:de-AT'],
  card: {
    preferredLanguages: { l1: { language: 'fr', pref: 1, contexts: { work: true } }, l2: { language: 'de-AT' } },
  },
});

testBothWays('organizations', {
  vcard: ['ORG;SORT-AS="Démo,,3";TYPE=work:Commune de Démo;État civil\\; élections;Bureau 3', 'ORG:;Amicale'],
  card: {
    organizations: {
      o1: {
        name: 'Commune de Démo',
        units: [{ name: 'État civil; élections' }, { name: 'Bureau 3', sortAs: '3' }],
        sortAs: 'Démo',
        contexts: { work: true },
      },
      o2: { units: [{ name: 'Amicale' }] },
    },
  },
});

testBothWays('titles', {
  vcard: ['item1.ORG:Commune de Démo', 'item1.TITLE:Maire', 'item1.ROLE:Ordonnatrice', 'TITLE:Conteuse'],
  card: {
    organizations: { o1: { name: 'Commune de Démo' } },
    titles: {
      t1: { kind: 'title', name: 'Maire', organizationId: 'o1' },
      t2: { kind: 'role', name: 'Ordonnatrice', organizationId: 'o1' },
      t3: { kind: 'title', name: 'Conteuse' },
    },
  },
});

testBothWays('speakToAs', {
  vcard: ['GRAMGENDER:FEMININE', 'PRONOUNS;PREF=1;TYPE=work:elle'],
  card: {
    speakToAs: {
      grammaticalGender: 'feminine',
      pronouns: { p1: { pronouns: 'elle', pref: 1, contexts: { work: true } } },
    },
  },
});

testBothWays('relatedTo', {
  vcard: [
    'RELATED;TYPE=spouse,emergency:urn:uuid:3f1c5a6e-2d55-4a34-9d86-1f6b0a7c2b11',
    'RELATED;VALUE=text;TYPE=friend:Noé\\, le voisin',
    'RELATED:mailto:noe@demo.example',
  ],
  card: {
    relatedTo: {
      'urn:uuid:3f1c5a6e-2d55-4a34-9d86-1f6b0a7c2b11': { relation: { spouse: true, emergency: true } },
      'Noé, le voisin': { relation: { friend: true } },
      'mailto:noe@demo.example': { relation: {} },
    },
  },
});

testBothWays('personalInfo', {
  vcard: [
    'EXPERTISE;LEVEL=average;INDEX=1:archives',
    'HOBBY;LEVEL=low:chant',
    'item1.INTEREST;LEVEL=high;INDEX=2:lin\\, laine',
    'item1.X-ABLabel:Atelier',
  ],
  card: {
    personalInfo: {
      i1: { kind: 'expertise', value: 'archives', level: 'medium', listAs: 1 },
      i2: { kind: 'hobby', value: 'chant', level: 'low' },
      i3: { kind: 'interest', value: 'lin, laine', level: 'high', listAs: 2, label: 'Atelier' },
    },
  },
});

testBothWays('notes', {
  vcard: [
    'NOTE;CREATED=20240229T080910Z;AUTHOR="mailto:ann@demo.example";AUTHOR-NAME="Ann^nDemo":Deux lignes\\nune virgule\\, une barre \\\\n',
    'NOTE:🪶',
  ],
  card: {
    notes: {
      n1: {
        note: 'Deux lignes\nune virgule, une barre \\n',
        created: '2024-02-29T08:09:10Z',
        author: { uri: 'mailto:ann@demo.example', name: 'Ann\nDemo' },
      },
      n2: { note: '🪶' },
    },
  },
});

testBothWays('keywords', {
  vcard: ['CATEGORIES:Élus,a\\,b,c;d'],
  card: { keywords: { Élus: true, 'a,b': true, 'c;d': true } },
  written: ['CATEGORIES:Élus,a\\,b,c\\;d'],
});

testReading('keywords: on several lines, with empty ones', ['CATEGORIES:Élus,', 'CATEGORIES;PREF=1: Presse ,Élus'], {
  keywords: { Élus: true, Presse: true },
});

testBothWays('anniversaries', {
  vcard: [
    'BDAY:--0229',
    'BIRTHPLACE;VALUE=uri:geo:48.85,2.35',
    'ANNIVERSARY;CALSCALE=gregorian:20150620',
    'DEATHDATE:20200102T030405Z',
    'DEATHPLACE:Démoville',
  ],
  card: {
    anniversaries: {
      a1: { kind: 'birth', date: { month: 2, day: 29 }, place: { coordinates: 'geo:48.85,2.35' } },
      a2: { kind: 'wedding', date: { year: 2015, month: 6, day: 20, calendarScale: 'gregorian' } },
      a3: {
        kind: 'death',
        date: { '@type': 'Timestamp', utc: '2020-01-02T03:04:05Z' },
        place: { full: 'Démoville' },
      },
    },
  },
});

testBothWays('anniversaries: a year, a year and a month', {
  vcard: ['BDAY:1985', 'ANNIVERSARY:2015-06'],
  card: {
    anniversaries: {
      a1: { kind: 'birth', date: { year: 1985 } },
      a2: { kind: 'wedding', date: { year: 2015, month: 6 } },
    },
  },
});

testReading(
  'anniversaries: what is no PartialDate and no Timestamp',
  ['BDAY:T1020', 'ANNIVERSARY:20150620T1020', 'DEATHDATE:--02', 'DEATHPLACE;VALUE=uri:https://demo.example/tomb'],
  {
    vCardProps: [
      ['bday', {}, 'unknown', 'T1020'],
      ['anniversary', {}, 'unknown', '20150620T1020'],
      ['deathdate', {}, 'unknown', '--02'],
      ['deathplace', {}, 'uri', 'https://demo.example/tomb'],
    ],
  },
);
