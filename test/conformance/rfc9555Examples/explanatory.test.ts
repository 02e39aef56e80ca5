// The figures of RFC 9555 §2.10 to §2.13.
import { testBothWays } from '../../kit/cardExample.ts';

testBothWays('Figure 28, EXPERTISE', {
  vcard: ['EXPERTISE;LEVEL=beginner;INDEX=2:Chinese literature', 'EXPERTISE;INDEX=1;LEVEL=expert:chemistry'],
  card: {
    personalInfo: {
      'PERSINFO-1': { kind: 'expertise', value: 'Chinese literature', level: 'low', listAs: 2 },
      'PERSINFO-2': { kind: 'expertise', value: 'chemistry', level: 'high', listAs: 1 },
    },
  },
});

testBothWays('Figure 29, HOBBY', {
  vcard: ['HOBBY;INDEX=1;LEVEL=high:reading', 'HOBBY;INDEX=2;LEVEL=high:sewing'],
  card: {
    personalInfo: {
      'PERSINFO-1': { kind: 'hobby', value: 'reading', level: 'high', listAs: 1 },
      'PERSINFO-2': { kind: 'hobby', value: 'sewing', level: 'high', listAs: 2 },
    },
  },
});

testBothWays('Figure 30, INTEREST', {
  vcard: ['INTEREST;INDEX=1;LEVEL=medium:r&b music', 'INTEREST;INDEX=2;LEVEL=high:rock&roll music'],
  card: {
    personalInfo: {
      'PERSINFO-1': { kind: 'interest', value: 'r&b music', level: 'medium', listAs: 1 },
      'PERSINFO-2': { kind: 'interest', value: 'rock&roll music', level: 'high', listAs: 2 },
    },
  },
});

testBothWays('Figure 31, ORG-DIRECTORY', {
  vcard: [
    'ORG-DIRECTORY;INDEX=1:https://directory.mycompany.example.com',
    'ORG-DIRECTORY;PREF=1:ldap://ldap.tech.example/o=Tech,ou=Engineering',
  ],
  card: {
    directories: {
      'DIRECTORY-1': { kind: 'directory', uri: 'https://directory.mycompany.example.com', listAs: 1 },
      'DIRECTORY-2': { kind: 'directory', uri: 'ldap://ldap.tech.example/o=Tech,ou=Engineering', pref: 1 },
    },
  },
});

testBothWays('Figure 32, CATEGORIES', {
  vcard: ['CATEGORIES:internet,IETF,Industry,Information Technology'],
  card: { keywords: { internet: true, IETF: true, Industry: true, 'Information Technology': true } },
});

testBothWays('Figure 33, CREATED', { vcard: ['CREATED:19940930T143510Z'], card: { created: '1994-09-30T14:35:10Z' } });

testBothWays('Figure 34, NOTE', {
  vcard: ['NOTE;CREATED=20221123T150132Z;AUTHOR-NAME="John":Office hours are from 0800 to 1715 EST\\, Mon-Fri.'],
  card: {
    notes: {
      'NOTE-1': {
        note: 'Office hours are from 0800 to 1715 EST, Mon-Fri.',
        created: '2022-11-23T15:01:32Z',
        author: { name: 'John' },
      },
    },
  },
});

testBothWays('Figure 35, PRODID', {
  vcard: ['PRODID:ACME Contacts App version 1.23.5'],
  card: { prodId: 'ACME Contacts App version 1.23.5' },
});

testBothWays('Figure 36, REV', { vcard: ['REV:19951031T222710Z'], card: { updated: '1995-10-31T22:27:10Z' } });

testBothWays('Figure 37, SOUND', {
  vcard: ['SOUND:CID:JOHNQPUBLIC.19960229T080000.xyzMail@example.com'],
  card: { media: { 'SOUND-1': { kind: 'sound', uri: 'CID:JOHNQPUBLIC.19960229T080000.xyzMail@example.com' } } },
});

testBothWays('Figure 38, UID', {
  vcard: ['UID:urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6'],
  card: { uid: 'urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6' },
});

testBothWays('Figure 39, URL', {
  vcard: ['URL:https://example.org/restaurant.french/~chezchic.html'],
  card: { links: { 'LINK-1': { uri: 'https://example.org/restaurant.french/~chezchic.html' } } },
});

testBothWays('Figure 40, X-ABLabel', {
  vcard: ['item1.TEL;VALUE=uri:tel:+1-555-555-5555', 'item1.X-ABLabel:foo'],
  card: { phones: { p1: { number: 'tel:+1-555-555-5555', label: 'foo' } } },
});

testBothWays('Figure 41, KEY', {
  vcard: ['KEY:https://www.example.com/keys/jdoe.cer'],
  card: { cryptoKeys: { 'KEY-1': { uri: 'https://www.example.com/keys/jdoe.cer' } } },
});

testBothWays('Figure 42, CALADRURI', {
  vcard: ['CALADRURI;PREF=1:mailto:janedoe@example.com', 'CALADRURI:https://example.com/calendar/jdoe'],
  card: {
    schedulingAddresses: {
      'SCHEDULING-1': { uri: 'mailto:janedoe@example.com', pref: 1 },
      'SCHEDULING-2': { uri: 'https://example.com/calendar/jdoe' },
    },
  },
});

testBothWays('Figure 43, CALURI', {
  vcard: [
    'CALURI;PREF=1:https://cal.example.com/calA',
    'CALURI;MEDIATYPE=text/calendar:https://ftp.example.com/calA.ics',
  ],
  card: {
    calendars: {
      'CAL-1': { kind: 'calendar', uri: 'https://cal.example.com/calA', pref: 1 },
      'CAL-2': { kind: 'calendar', uri: 'https://ftp.example.com/calA.ics', mediaType: 'text/calendar' },
    },
  },
});

testBothWays('Figure 44, FBURL', {
  vcard: [
    'FBURL;PREF=1:https://www.example.com/busy/janedoe',
    'FBURL;MEDIATYPE=text/calendar:https://example.com/busy/project-a.ifb',
  ],
  card: {
    calendars: {
      'FBURL-1': { kind: 'freeBusy', uri: 'https://www.example.com/busy/janedoe', pref: 1 },
      'FBURL-2': { kind: 'freeBusy', uri: 'https://example.com/busy/project-a.ifb', mediaType: 'text/calendar' },
    },
  },
});
