import type { contacts as French } from '../fr/contacts.ts';

/** The list of contacts and the card. */
export const contacts: typeof French = {
  newContact: 'New Contact',
  chooseTitle: 'No contact open',
  chooseText: 'Choose a contact in the list to see it.',
};
