import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newAppPassword, readAppPassword } from './appPasswordText.ts';

test('an app password is six groups of four, and reads back as it was made', () => {
  const made = newAppPassword();
  assert.match(made, /^[0-9a-hjkmnp-tv-z]{4}(?:-[0-9a-hjkmnp-tv-z]{4}){5}$/u);
  assert.equal(readAppPassword(made), made.replaceAll('-', ''));
});

test('however somebody types it, it is the same', () => {
  const made = newAppPassword();
  const typed = ` ${made.toUpperCase().replaceAll('-', ' ').replaceAll('0', 'O').replaceAll('1', 'I')} `;
  assert.equal(readAppPassword(typed), readAppPassword(made));
});

test('a slip of the finger is no app password, nor is one of another kind', () => {
  const made = newAppPassword();
  const other = made[0] === 'a' ? 'b' : 'a';
  const slips = Array.from({ length: 21 }, (_, place) => {
    const letters = [...made.replaceAll('-', '')];
    letters[place] = letters[place] === other ? 'c' : other;
    return letters.join('');
  });
  // A check of three letters lets one of 32,768 through.
  assert.ok(slips.filter((slip) => readAppPassword(slip) !== null).length <= 1);
  for (const text of ['', 'password of Ada', 'x'.repeat(10_000), '-'.repeat(29), `${made}a`])
    assert.equal(readAppPassword(text), null);
});
