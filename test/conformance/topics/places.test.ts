// What a converter between JSContact and vCard has to carry over, topic by topic: addresses, resources, languages.
import { testBothWays, testReading } from '../../kit/cardExample.ts';

testBothWays('addresses_components', {
  vcard: [
    'ADR;TYPE=work,delivery;PREF=1:BP 7;12\\, 3\\, B\\, Tour A;5 rue Haute Îlot C Nord Fontaine Halles Centre;Démoville;Démo;99000;France;12;B;3;5;rue Haute;Tour A;Îlot C;Halles;Centre;Fontaine;Nord',
  ],
  card: {
    addresses: {
      a1: {
        components: [
          { kind: 'postOfficeBox', value: 'BP 7' },
          { kind: 'locality', value: 'Démoville' },
          { kind: 'region', value: 'Démo' },
          { kind: 'postcode', value: '99000' },
          { kind: 'country', value: 'France' },
          { kind: 'room', value: '12' },
          { kind: 'apartment', value: 'B' },
          { kind: 'floor', value: '3' },
          { kind: 'number', value: '5' },
          { kind: 'name', value: 'rue Haute' },
          { kind: 'building', value: 'Tour A' },
          { kind: 'block', value: 'Îlot C' },
          { kind: 'subdistrict', value: 'Halles' },
          { kind: 'district', value: 'Centre' },
          { kind: 'landmark', value: 'Fontaine' },
          { kind: 'direction', value: 'Nord' },
        ],
        contexts: { work: true, delivery: true },
        pref: 1,
      },
    },
  },
  written: [
    'ADR;TYPE=work,delivery;PREF=1:BP 7;12\\, B\\, 3\\, Tour A;5 rue Haute Îlot C Halles Centre Fontaine Nord;Démoville;Démo;99000;France;12;B;3;5;rue Haute;Tour A;Îlot C;Halles;Centre;Fontaine;Nord',
  ],
});

testBothWays('addresses_defaultseparator_rfc6868', {
  vcard: ['ADR;JSCOMPS="s,^n;10;s,^\';11;s,^^\\, ;3":;;5 rue Haute;Démoville;;;;;;;5;rue Haute;;;;;;'],
  card: {
    addresses: {
      a1: {
        components: [
          { kind: 'number', value: '5' },
          { kind: 'separator', value: '"' },
          { kind: 'name', value: 'rue Haute' },
          { kind: 'separator', value: '^, ' },
          { kind: 'locality', value: 'Démoville' },
        ],
        defaultSeparator: '\n',
        isOrdered: true,
      },
    },
  },
});

testBothWays('addresses_localizations', {
  vcard: [
    'ADR;ALTID=1;LABEL="1 rue Haute, Démoville":;;1 rue Haute;Démoville;;;',
    'ADR;ALTID=1;LANGUAGE=en;LABEL="1 High Street, Demotown":;;1 High Street;Demotown;;;',
  ],
  card: {
    addresses: {
      a1: {
        components: [
          { kind: 'name', value: '1 rue Haute' },
          { kind: 'locality', value: 'Démoville' },
        ],
        full: '1 rue Haute, Démoville',
      },
    },
    localizations: {
      en: {
        'addresses/a1/components': [
          { kind: 'name', value: '1 High Street' },
          { kind: 'locality', value: 'Demotown' },
        ],
        'addresses/a1/full': '1 High Street, Demotown',
      },
    },
  },
});

testReading(
  'addresses: GEO and TZ belong to the address of their group, those without a group to the one without',
  [
    'item1.ADR:;;rue Haute;;;;',
    'ADR:;;rue Basse;;;;',
    'GEO:geo:1,2',
    'item1.GEO:geo:3,4',
    'item1.TZ:Europe/Paris',
    'TZ;VALUE=utc-offset:+0000',
  ],
  {
    addresses: {
      a1: { components: [{ kind: 'name', value: 'rue Haute' }], coordinates: 'geo:3,4', timeZone: 'Europe/Paris' },
      a2: { components: [{ kind: 'name', value: 'rue Basse' }], coordinates: 'geo:1,2', timeZone: 'Etc/UTC' },
    },
  },
);

testReading('addresses: an offset that no time zone has', ['ADR:;;rue Haute;;;;', 'TZ;VALUE=utc-offset:+0530'], {
  addresses: { a1: { components: [{ kind: 'name', value: 'rue Haute' }] } },
  vCardProps: [['tz', {}, 'utc-offset', '+0530']],
});

testBothWays('calendars', {
  vcard: [
    'CALURI;PREF=1;MEDIATYPE=text/calendar:https://demo.example/ann.ics',
    'FBURL;TYPE=work:https://demo.example/ann.ifb',
  ],
  card: {
    calendars: {
      c1: { kind: 'calendar', uri: 'https://demo.example/ann.ics', pref: 1, mediaType: 'text/calendar' },
      c2: { kind: 'freeBusy', uri: 'https://demo.example/ann.ifb', contexts: { work: true } },
    },
  },
});

testBothWays('schedulingAddresses', {
  vcard: ['CALADRURI;PREF=1:mailto:ann@demo.example', 'CALADRURI;TYPE=home:mailto:home@demo.example'],
  card: {
    schedulingAddresses: {
      s1: { uri: 'mailto:ann@demo.example', pref: 1 },
      s2: { uri: 'mailto:home@demo.example', contexts: { private: true } },
    },
  },
});

testBothWays('schedulingAddresses_label', {
  vcard: ['item1.CALADRURI:mailto:ann@demo.example', 'item1.X-ABLabel:Secrétariat'],
  card: { schedulingAddresses: { s1: { uri: 'mailto:ann@demo.example', label: 'Secrétariat' } } },
});

testBothWays('cryptoKeys', {
  vcard: ['KEY;MEDIATYPE=application/pgp-keys;TYPE=work:https://demo.example/ann.asc'],
  card: {
    cryptoKeys: {
      k1: { uri: 'https://demo.example/ann.asc', mediaType: 'application/pgp-keys', contexts: { work: true } },
    },
  },
});

testBothWays('cryptoKeys_datauri', {
  vcard: ['KEY:data:application/pgp-keys;base64,LS0tRGVtby0tLQ=='],
  card: { cryptoKeys: { k1: { uri: 'data:application/pgp-keys;base64,LS0tRGVtby0tLQ==' } } },
});

testBothWays('directories', {
  vcard: [
    'SOURCE;PREF=1;MEDIATYPE=text/vcard:https://demo.example/ann.vcf',
    'ORG-DIRECTORY;INDEX=2:ldap://demo.example/ou=demo',
  ],
  card: {
    directories: {
      d1: { kind: 'entry', uri: 'https://demo.example/ann.vcf', pref: 1, mediaType: 'text/vcard' },
      d2: { kind: 'directory', uri: 'ldap://demo.example/ou=demo', listAs: 2 },
    },
  },
});

testBothWays('links', {
  vcard: [
    'URL;TYPE=work:https://demo.example/a,b;c',
    'CONTACT-URI;PREF=1:https://demo.example/contact',
    'item1.URL:https://demo.example/blog',
    'item1.X-ABLabel:_$!<HomePage>!$_',
  ],
  card: {
    links: {
      l1: { uri: 'https://demo.example/a,b;c', contexts: { work: true } },
      l2: { kind: 'contact', uri: 'https://demo.example/contact', pref: 1 },
      l3: { uri: 'https://demo.example/blog', label: '_$!<HomePage>!$_' },
    },
  },
});

testBothWays('media', {
  vcard: [
    'PHOTO;PREF=1:data:image/png;base64,iVBORw0KGgo=',
    'LOGO;MEDIATYPE=image/svg+xml:https://demo.example/logo',
    'SOUND:https://demo.example/ann.ogg',
  ],
  card: {
    media: {
      m1: { kind: 'photo', uri: 'data:image/png;base64,iVBORw0KGgo=', pref: 1 },
      m2: { kind: 'logo', uri: 'https://demo.example/logo', mediaType: 'image/svg+xml' },
      m3: { kind: 'sound', uri: 'https://demo.example/ann.ogg' },
    },
  },
});

testBothWays('language', { vcard: ['LANGUAGE:fr-CH'], card: { language: 'fr-CH' } });

// vCard has lines for what a patch changes inside an entry; a patch of an entry as a whole stands in JSPROP.
testBothWays('localizations_overwrite', {
  vcard: [
    'TITLE;PROP-ID=t1:Maire',
    'JSPROP;JSPTR="localizations":{"en":{"titles/t1":{"name":"Mayor"\\,"kind":"title"}}}',
  ],
  card: {
    titles: { t1: { kind: 'title', name: 'Maire' } },
    localizations: { en: { 'titles/t1': { name: 'Mayor', kind: 'title' } } },
  },
});

testBothWays('localizations_patch', {
  vcard: [
    'LANGUAGE:fr',
    'TITLE;PROP-ID=t1;ALTID=1:Maire',
    'TITLE;PROP-ID=t1;ALTID=1;LANGUAGE=en:Mayor',
    'TITLE;PROP-ID=t1;ALTID=1;LANGUAGE=br:Maer',
    'NOTE;ALTID=2:Bonjour',
    'NOTE;ALTID=2;LANGUAGE=en:Hello',
  ],
  card: {
    language: 'fr',
    titles: { t1: { kind: 'title', name: 'Maire' } },
    notes: { n1: { note: 'Bonjour' } },
    localizations: { en: { 'titles/t1/name': 'Mayor', 'notes/n1/note': 'Hello' }, br: { 'titles/t1/name': 'Maer' } },
  },
});
