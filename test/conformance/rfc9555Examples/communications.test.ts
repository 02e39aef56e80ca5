// The figures of RFC 9555 §2.6 and §2.7.
import { testBothWays } from '../../kit/cardExample.ts';

const oakStreet = [
  { kind: 'number', value: '54321' },
  { kind: 'name', value: 'Oak St' },
  { kind: 'locality', value: 'Reston' },
  { kind: 'region', value: 'VA' },
  { kind: 'postcode', value: '20190' },
  { kind: 'country', value: 'USA' },
];
const oakStreetLeftToRight = [...oakStreet.slice(2), ...oakStreet.slice(0, 2)];

// Table 2 lacks the country that the figure has, and the figure's order is not the left-to-right one that §2.6.1 asks for.
testBothWays('Figure 15, ADR', {
  vcard: ['ADR;TYPE=work;CC=US:;;54321 Oak St;Reston;VA;20190;USA;;;;54321;Oak St;;;;;;'],
  card: { addresses: { 'ADDR-1': { contexts: { work: true }, components: oakStreetLeftToRight, countryCode: 'US' } } },
});

testBothWays('Figure 16, EMAIL', {
  vcard: ['EMAIL;TYPE=work:jqpublic@xyz.example.com', 'EMAIL;PREF=1:jane_doe@example.com'],
  card: {
    emails: {
      'EMAIL-1': { contexts: { work: true }, address: 'jqpublic@xyz.example.com' },
      'EMAIL-2': { address: 'jane_doe@example.com', pref: 1 },
    },
  },
});

testBothWays('Figure 17, IMPP', {
  vcard: ['IMPP;PREF=1:xmpp:alice@example.com'],
  card: { onlineServices: { 'OS-1': { uri: 'xmpp:alice@example.com', pref: 1, vCardName: 'impp' } } },
});

testBothWays('Figure 18, LANG', {
  vcard: ['LANG;TYPE=work;PREF=1:en', 'LANG;TYPE=work;PREF=2:fr', 'LANG;TYPE=home:fr'],
  card: {
    preferredLanguages: {
      'LANG-1': { language: 'en', contexts: { work: true }, pref: 1 },
      'LANG-2': { language: 'fr', contexts: { work: true }, pref: 2 },
      'LANG-3': { language: 'fr', contexts: { private: true } },
    },
  },
});

testBothWays('Figure 19, LANGUAGE', { vcard: ['LANGUAGE:de-AT'], card: { language: 'de-AT' } });

testBothWays('Figure 20, SOCIALPROFILE', {
  vcard: ['SOCIALPROFILE;SERVICE-TYPE=Mastodon:https://example.com/@foo'],
  card: { onlineServices: { 'OS-1': { service: 'Mastodon', uri: 'https://example.com/@foo' } } },
});

testBothWays('Figure 21, TEL', {
  vcard: [
    'TEL;VALUE=uri;PREF=1;TYPE="voice,home":tel:+1-555-555-5555;ext=5555',
    'TEL;VALUE=uri;TYPE=home:tel:+33-01-23-45-67',
  ],
  card: {
    phones: {
      'PHONE-1': {
        contexts: { private: true },
        features: { voice: true },
        number: 'tel:+1-555-555-5555;ext=5555',
        pref: 1,
      },
      'PHONE-2': { contexts: { private: true }, number: 'tel:+33-01-23-45-67' },
    },
  },
});
