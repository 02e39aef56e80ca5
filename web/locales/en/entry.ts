import type { entry as French } from '../fr/entry.ts';

/** The pages before the app: sign-in and the first administrator. */
export const entry: typeof French = {
  signInTitle: 'Sign in',
  signInToAnswer: 'Sign in to see what you are offered, and to answer.',
  tagline: 'Contact folders to share among colleagues.',
  withPassword: 'With a password',
  email: 'Email address',
  emailOrLogin: 'Address or login',
  password: 'Password',
  signIn: 'Sign in',
  wrongCredentials: 'Wrong email address or password.',
  wrongLogin: 'Wrong login or password.',
  directoryDown: 'The directory of your organisation does not answer. Try again in a few minutes.',
  tooManyAttempts: (seconds) =>
    seconds > 90
      ? `Too many attempts. Try again in ${Math.ceil(seconds / 60)} minutes.`
      : 'Too many attempts. Try again in a minute.',
  failed: 'The server did not answer. Try again in a moment.',
  required: 'This field is required.',
  demoTitle: 'Try the demonstration',
  demoText: 'A small made-up university. Choose a person to come in.',
  setupFirst: 'Nobody can sign in yet. The server showed at its start the link that makes the first account.',
  setupTitle: 'First administrator',
  setupText: 'Coterie starts for the first time. Create the account that will administer it.',
  setupName: 'First name and name',
  setupPasswordHint: 'At least 10 characters.',
  setupSubmit: 'Create the account',
  setupNoToken: 'This page is opened by the link shown at the server’s first start.',
  setupDone: 'The first administrator exists already. Sign in with your account.',
  setupRefused: 'This link is no longer valid. Restart the server to get another one.',
  setupInvalid: 'Check the fields: the name, a complete email address and a password that is long enough.',
};
