import type { guest as French } from '../fr/guest.ts';

/** The page behind the personal link of a guest, and what guests see in the place of what is not theirs. */
export const guest: typeof French = {
  title: 'Invitation',
  invites: (owner: string, folder: string) => `${owner} invites you to look at “${folder}”`,
  newText: 'Choose your name and a password. Nothing else is asked of you.',
  knownText: 'You have been here before. Sign in, or choose a new password here.',
  emailHint: 'The address to which the invitation was sent.',
  nameHint: (owner: string) => `The one that ${owner} will see.`,
  newPassword: 'New password',
  submit: 'Open the folder',
  signInInstead: 'Sign in with my password',
  until: (day: string) => `This link works until ${day}. After that your password is enough.`,
  expiredTitle: 'This link has expired',
  expiredText: (person: string) =>
    `Ask ${person} to send the invitation again: a new link will reach you by mail. If you have chosen a password already, sign in.`,
  usedTitle: 'This link was used already',
  usedText: (email: string, person: string) =>
    `Sign in with ${email} and your password. Forgotten? Ask ${person} to send the invitation again, and you can choose another.`,
  goneTitle: 'This invitation is no longer there',
  goneText:
    'The share has ended, a newer link was sent to you, or the address is incomplete. Look for the latest mail, or ask the person who invited you.',
  failed: 'The server did not answer. Load the page again in a moment.',
  invalid: 'Check the name and the password, which needs at least 10 characters.',
  refused: 'This invitation is no longer valid. Load the page again to see what to do.',
  emptyTitle: 'Nothing is shared with you',
  emptyText: 'Folders that people share with you appear here. An invitation that waits is announced under the bell.',
};
