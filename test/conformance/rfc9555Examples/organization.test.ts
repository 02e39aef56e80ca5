// The figures of RFC 9555 §2.9.
import { testBothWays } from '../../kit/cardExample.ts';

testBothWays('Figure 22, CONTACT-URI', {
  vcard: ['CONTACT-URI;PREF=1:mailto:contact@example.com'],
  card: { links: { 'CONTACT-1': { kind: 'contact', uri: 'mailto:contact@example.com', pref: 1 } } },
});

testBothWays('Figure 23, LOGO', {
  vcard: ['LOGO:https://www.example.com/pub/logos/abccorp.jpg'],
  card: { media: { 'LOGO-1': { kind: 'logo', uri: 'https://www.example.com/pub/logos/abccorp.jpg' } } },
});

// The figure has the uid in the Card only.
testBothWays('Figure 24, a group', {
  vcard: [
    'KIND:group',
    'FN:The Doe family',
    'UID:urn:uuid:ab4310aa-fa43-11e9-8f0b-362b9e155667',
    'MEMBER:urn:uuid:03a0e51f-d1aa-4385-8a53-e29025acd8af',
    'MEMBER:urn:uuid:b8767877-b4a1-4c70-9acc-505d3819e519',
  ],
  card: {
    kind: 'group',
    name: { full: 'The Doe family' },
    uid: 'urn:uuid:ab4310aa-fa43-11e9-8f0b-362b9e155667',
    members: {
      'urn:uuid:03a0e51f-d1aa-4385-8a53-e29025acd8af': true,
      'urn:uuid:b8767877-b4a1-4c70-9acc-505d3819e519': true,
    },
  },
});

testBothWays('Figure 25, ORG', {
  vcard: ['ORG;SORT-AS="ABC":ABC\\, Inc.;North American Division;Marketing'],
  card: {
    organizations: {
      'ORG-1': {
        name: 'ABC, Inc.',
        units: [{ name: 'North American Division' }, { name: 'Marketing' }],
        sortAs: 'ABC',
      },
    },
  },
});

testBothWays('Figure 26, RELATED', {
  vcard: [
    'RELATED;TYPE=friend:urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
    'RELATED;TYPE=contact:https://example.com/directory/john.vcf',
    'RELATED;VALUE=text:Please contact my deputy John for any inquiries.',
  ],
  card: {
    relatedTo: {
      'urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6': { relation: { friend: true } },
      'https://example.com/directory/john.vcf': { relation: { contact: true } },
      'Please contact my deputy John for any inquiries.': { relation: {} },
    },
  },
});

testBothWays('Figure 27, TITLE and ROLE', {
  vcard: ['TITLE:Research Scientist', 'group1.ROLE:Project Leader', 'group1.ORG:ABC, Inc.'],
  card: {
    titles: {
      'TITLE-1': { kind: 'title', name: 'Research Scientist' },
      'TITLE-2': { kind: 'role', name: 'Project Leader', organizationId: 'ORG-1' },
    },
    organizations: { 'ORG-1': { name: 'ABC, Inc.' } },
  },
  written: ['TITLE:Research Scientist', 'group1.ROLE:Project Leader', 'group1.ORG:ABC\\, Inc.'],
});
