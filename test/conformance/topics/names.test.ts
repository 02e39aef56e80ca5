// What a converter between JSContact and vCard has to carry over, topic by topic: names.
import { testBothWays, testReading, testWriting } from '../../kit/cardExample.ts';
import type { JsonObject } from '../../../src/format/jscontact/types.ts';

const named = (...pairs: readonly (readonly [kind: string, value: string, phonetic?: string])[]): JsonObject[] =>
  pairs.map(([kind, value, phonetic]) => ({ kind, value, ...(phonetic === undefined ? {} : { phonetic }) }));

testBothWays('name_components', {
  vcard: ['N:Loiseau;Maëlle;Inès,Zoé;Dr;M.D.,PhD'],
  card: {
    name: {
      components: named(
        ['surname', 'Loiseau'],
        ['given', 'Maëlle'],
        ['given2', 'Inès'],
        ['given2', 'Zoé'],
        ['title', 'Dr'],
        ['credential', 'M.D.'],
        ['credential', 'PhD'],
      ),
    },
  },
});

testBothWays('name_defaultSeparator', {
  vcard: ['N;JSCOMPS="s,-;1;s,\\; \\, ;0":Demo;Ann;;;'],
  card: {
    name: {
      components: named(['given', 'Ann'], ['separator', '; , '], ['surname', 'Demo']),
      isOrdered: true,
      defaultSeparator: '-',
    },
  },
});

testBothWays('name_defaultSeparator: an empty one joins the parts', {
  vcard: ['N;JSCOMPS="s,;0;1":孫;中山;;;'],
  card: { name: { components: named(['surname', '孫'], ['given', '中山']), isOrdered: true, defaultSeparator: '' } },
});

testBothWays('name_fullname_only', { vcard: ['FN:Maëlle Loiseau'], card: { name: { full: 'Maëlle Loiseau' } } });

testBothWays('name_given', { vcard: ['N:;Maëlle;;;'], card: { name: { components: named(['given', 'Maëlle']) } } });

testBothWays('name_surname', {
  vcard: ['N:Loiseau;;;;'],
  card: { name: { components: named(['surname', 'Loiseau']) } },
});

testBothWays('name_surname2', {
  vcard: ['N:Ruiz,Gil;Ana;;;;Gil;'],
  card: { name: { components: named(['surname', 'Ruiz'], ['given', 'Ana'], ['surname2', 'Gil']) } },
});

testReading('name_surname2: a second surname that is only in its own place', ['N:Ruiz;Ana;;;;Gil;'], {
  name: { components: named(['surname', 'Ruiz'], ['given', 'Ana'], ['surname2', 'Gil']) },
});

// A surname that is also the second one is lost in the old component: the JSPROP brings it back.
testWriting(
  'name_surname2: the same name twice',
  { name: { components: named(['surname', 'Gil'], ['given', 'Ana'], ['surname2', 'Gil']) } },
  [
    'N:Gil,Gil;Ana;;;;Gil;',
    'JSPROP;JSPTR="name/components":[{"kind":"surname"\\,"value":"Gil"}\\,{"kind":"given"\\,"value":"Ana"}\\,{"kind":"surname2"\\,"value":"Gil"}]',
  ],
);

testBothWays('name_surname_whitespace', {
  vcard: ['N;JSCOMPS=";1;0":van der Demo;Ann Lou;;;'],
  card: { name: { components: named(['given', 'Ann Lou'], ['surname', 'van der Demo']), isOrdered: true } },
});

testBothWays('name_sortAs', {
  vcard: ['N;SORT-AS="Demo,Ann":van der Demo;Ann;;;'],
  card: {
    name: {
      components: named(['surname', 'van der Demo'], ['given', 'Ann']),
      sortAs: { surname: 'Demo', given: 'Ann' },
    },
  },
});

testBothWays('name_sortAs: a part in between that has none', {
  vcard: ['N;SORT-AS="Demo,,Lou":van der Demo;Ann;Lou;;'],
  card: {
    name: {
      components: named(['surname', 'van der Demo'], ['given', 'Ann'], ['given2', 'Lou']),
      sortAs: { surname: 'Demo', given2: 'Lou' },
    },
  },
});

testBothWays('name_phonetic', {
  vcard: ['N;ALTID=1:Demo;Ann;;;', 'N;ALTID=1;PHONETIC=ipa:/ˈdɛmoʊ/;/æn/;;;'],
  card: {
    name: {
      components: named(['surname', 'Demo', '/ˈdɛmoʊ/'], ['given', 'Ann', '/æn/']),
      phoneticSystem: 'ipa',
    },
  },
});

testBothWays('name_phonetic: a script without a system', {
  vcard: ['N;ALTID=1:山田;花子;;;', 'N;ALTID=1;PHONETIC=script;SCRIPT=Hira:やまだ;はなこ;;;'],
  card: {
    name: {
      components: named(['surname', '山田', 'やまだ'], ['given', '花子', 'はなこ']),
      phoneticScript: 'Hira',
    },
  },
});

testBothWays('name_phonetic_ordered', {
  vcard: ['N;ALTID=1;JSCOMPS=";1;2;0":Demo;Ann;Lou;;', 'N;ALTID=1;PHONETIC=ipa:/ˈdɛmoʊ/;/æn/;;;'],
  card: {
    name: {
      components: named(['given', 'Ann', '/æn/'], ['given2', 'Lou'], ['surname', 'Demo', '/ˈdɛmoʊ/']),
      isOrdered: true,
      phoneticSystem: 'ipa',
    },
  },
});

testBothWays('name_localizations', {
  vcard: ['FN;ALTID=1:Ann Demo', 'FN;ALTID=1;LANGUAGE=ja:アン・デモ'],
  card: { name: { full: 'Ann Demo' }, localizations: { ja: { 'name/full': 'アン・デモ' } } },
});

testBothWays('name_localizations: components', {
  vcard: ['N;ALTID=1:Demo;Ann;;;', 'N;ALTID=1;LANGUAGE=ja:デモ;アン;;;'],
  card: {
    name: { components: named(['surname', 'Demo'], ['given', 'Ann']) },
    localizations: { ja: { 'name/components': named(['surname', 'デモ'], ['given', 'アン']) } },
  },
});

testBothWays('nicknames', {
  vcard: ['NICKNAME;PREF=1;TYPE=home:Nana', 'NICKNAME:La Chef\\, la vraie'],
  card: {
    nicknames: { n1: { name: 'Nana', pref: 1, contexts: { private: true } }, n2: { name: 'La Chef, la vraie' } },
  },
});

testReading('nicknames: several on one line', ['NICKNAME;TYPE=work:Nana,Nono'], {
  nicknames: { n1: { name: 'Nana', contexts: { work: true } }, n2: { name: 'Nono', contexts: { work: true } } },
});
