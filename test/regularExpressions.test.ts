/** No regular expression of the program costs more than its input is long, unless its input is short: decision 55. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkedVerdicts, expressionsOf, isHarmless, writtenExpressions } from './kit/regularExpressions.ts';

const written = writtenExpressions(['src', 'web']);
const verdicts = await checkedVerdicts(written);
const howToJudge =
  'npm install --no-save recheck@4.5.0, and then COTERIE_WRITE_EXPRESSIONS=1 npm test -- test/regularExpressions judges what is new';

/** By file: the expression, and what bounds its input right before it. */
const exceptions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'src/core/addressbook/names.ts': {
    "new RegExp(`${forbidden.source}+`, 'gu')": 'One class of characters and nothing behind it: linear.',
  },
  'src/core/outbox/deliverMail.ts': {
    [String.raw`/[^\s<>"'(]+@[^\s<>"',;)]+/g`]: 'Of what a mail server answers, the first 2,000 characters.',
  },
  'src/db/postgres/spelling.ts': {
    [String.raw`/(\w+\.value) ->>/gu`]: 'Statements of this program; values are bound, never part of them.',
    [String.raw`/^CREATE TRIGGER (\w+) (BEFORE|AFTER) (INSERT|DELETE|UPDATE)(.*?)(?:\bWHEN\b(.*?))?\bBEGIN\b(.*)END;$/su`]:
      'Statements of our migrations.',
  },
  'src/format/audit/auditRecord.ts': {
    [String.raw`/\{(\w+)(?:\|([^|}]+)\|([^}]+))?\}/gu`]: 'Our own sentences; names are put into them, not searched.',
  },
  'src/format/import/dates.ts': {
    [String.raw`/[T ]\d{1,2}:\d{2}.*$/u`]: 'At most `longestDate` characters: what is longer is no date.',
  },
  'src/format/import/vcardEntries.ts': {
    '/AGENT[^:]*:$/iu': 'A line of less than 200 characters: longer ones are taken as empty.',
  },
  'src/format/mail/personName.ts': {
    [`/^["'\`«»“”‘’‹›\\s]+|["'\`«»“”‘’‹›\\s]+$/gu`]: 'Of the name in a mail, the first 2,000 characters.',
    [String.raw`/^[\s,;:]+|[\s,;:]+$/gu`]: 'Of the name in a mail, the first 2,000 characters.',
  },
  'src/format/zimbra/contactParts.ts': {
    [String.raw`/^content-type\s*:[^\0]*?boundary\s*=\s*(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))/imu`]:
      'A header of at most `mostHeader` octets.',
  },
  'src/lib/appPasswordText.ts': {
    "new RegExp(`.{${groupLength}}`, 'gu')": 'A constant number of characters.',
  },
  'src/lib/xml/escapeXml.ts': {
    "new RegExp(forbiddenOctets, 'g')": 'The literal beside it, which is judged.',
  },
  'src/lib/xml/parseXml.ts': {
    [String.raw`/^(<\?xml[^>]*?)\s+encoding=("[^"]*"|'[^']*')/u`]: 'The first `longestDeclaration` characters alone.',
  },
};

test('every regular expression is found: literals, and what RegExp is given', () => {
  assert.ok(written.length > 500);
  const code = "a.replace(/b+$/u, '/c/'); new RegExp('d+', 'g'); RegExp(`${e}`); // /f/";
  assert.deepEqual(
    expressionsOf('some.tsx', code).map(({ text }) => text),
    ['/b+$/u', '/d+/g', 'RegExp(`${e}`)'],
  );
});

test('every regular expression has been judged, and nothing else has', () => {
  const texts = new Set(written.flatMap(({ text, expression }) => (expression ? [text] : [])));
  assert.deepEqual(
    [...texts].filter((text) => !(text in verdicts)),
    [],
    howToJudge,
  );
  assert.deepEqual(
    Object.keys(verdicts).filter((text) => !texts.has(text)),
    [],
    howToJudge,
  );
});

test('what may cost more than its input is long is an exception with a reason, and every exception is still needed', () => {
  const costly = written.filter(({ text }) => !isHarmless(verdicts[text]));
  const name = ({ file, text }: { file: string; text: string }) => `${file}: ${text}`;
  const found = [...new Set(costly.map(name))].toSorted();
  const listed = Object.entries(exceptions).flatMap(([file, reasons]) =>
    Object.keys(reasons).map((text) => name({ file, text })),
  );
  assert.deepEqual(found, listed.toSorted(), 'begin only where the run begins, or say here what bounds the input');
});
