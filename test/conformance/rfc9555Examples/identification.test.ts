// The figures of RFC 9555 §2.4 and §2.5.
import { testBothWays } from '../../kit/cardExample.ts';

testBothWays('Figure 7, KIND', { vcard: ['KIND:individual'], card: { kind: 'individual' } });

testBothWays('Figure 8, SOURCE', {
  vcard: ['SOURCE:https://dir.example.com/addrbook/jdoe/Jean%20Dupont.vcf'],
  card: {
    directories: { 'ENTRY-1': { kind: 'entry', uri: 'https://dir.example.com/addrbook/jdoe/Jean%20Dupont.vcf' } },
  },
});

// The figure says "year": 15 where the day is meant (a known erratum).
testBothWays('Figure 9, ANNIVERSARY, BDAY, BIRTHPLACE, DEATHDATE and DEATHPLACE', {
  vcard: [
    'BDAY:19531015T231000Z',
    'BIRTHPLACE:123 Main Street\\nAny Town\\, CA 91921-1234\\nU.S.A.',
    'DEATHDATE:19960415',
    'DEATHPLACE:5 Court Street\\nNew England\\, ND 58647\\nU.S.A.',
    'ANNIVERSARY:19860201',
  ],
  card: {
    anniversaries: {
      'ANNIVERSARY-1': {
        kind: 'birth',
        date: { '@type': 'Timestamp', utc: '1953-10-15T23:10:00Z' },
        place: { full: '123 Main Street\nAny Town, CA 91921-1234\nU.S.A.' },
      },
      'ANNIVERSARY-2': {
        kind: 'death',
        date: { year: 1996, month: 4, day: 15 },
        place: { full: '5 Court Street\nNew England, ND 58647\nU.S.A.' },
      },
      'ANNIVERSARY-3': { kind: 'wedding', date: { year: 1986, month: 2, day: 1 } },
    },
  },
});

testBothWays('Figure 10, FN', {
  vcard: ['FN:John Q. Public, Esq.'],
  card: { name: { full: 'John Q. Public, Esq.' } },
  written: ['FN:John Q. Public\\, Esq.'],
});

testBothWays('Figure 11, GRAMGENDER and PRONOUNS', {
  vcard: ['GRAMGENDER:NEUTER', 'PRONOUNS;PREF=2:they/them', 'PRONOUNS;PREF=1:xe/xir'],
  card: {
    speakToAs: {
      grammaticalGender: 'neuter',
      pronouns: {
        'PRONOUNS-1': { pronouns: 'they/them', pref: 2 },
        'PRONOUNS-2': { pronouns: 'xe/xir', pref: 1 },
      },
    },
  },
});

testBothWays('Figure 12, N', {
  vcard: ['N;SORT-AS="Stevenson,John Philip":Stevenson;John;Philip,Paul;Dr.;Jr.,M.D.,A.C.P.;;Jr.'],
  card: {
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
      sortAs: { surname: 'Stevenson', given: 'John Philip' },
    },
  },
  // The table has the generation stand somewhere in the suffixes; here it comes last.
  written: ['N;SORT-AS="Stevenson,John Philip":Stevenson;John;Philip,Paul;Dr.;M.D.,A.C.P.,Jr.;;Jr.'],
});

testBothWays('Figure 13, NICKNAME', {
  vcard: ['NICKNAME:Johnny'],
  card: { nicknames: { 'NICK-1': { name: 'Johnny' } } },
});

testBothWays('Figure 14, PHOTO', {
  vcard: ['PHOTO:https://www.example.com/pub/photos/jqpublic.gif'],
  card: { media: { 'PHOTO-1': { kind: 'photo', uri: 'https://www.example.com/pub/photos/jqpublic.gif' } } },
});
