import type { Layout, LayoutColumn } from './layout.ts';

const address = (field: string, en: string): LayoutColumn[] => [
  [`${field}Street`, `${en} Address`],
  [`${field}City`, `${en} City`],
  [`${field}State`, `${en} State`],
  [`${field}PostalCode`, `${en} ZIP`],
  [`${field}Country`, `${en} Country`],
];

/** Yahoo! Mail, which writes English headings in every language. */
export const yahoo: Layout = {
  name: 'yahoo',
  dates: { en: 'mdy', fr: 'mdy' },
  columns: [
    ['firstName', 'First'],
    ['middleName', 'Middle'],
    ['lastName', 'Last'],
    ['nickname', 'Nickname'],
    ['email', 'Email'],
    ['tags', 'Category'],
    [null, 'Distribution Lists'],
    ['imAddress1', 'Messenger ID'],
    ['homePhone', 'Home'],
    ['workPhone', 'Work'],
    ['pager', 'Pager'],
    ['workFax', 'Fax'],
    ['mobilePhone', 'Mobile'],
    ['otherPhone', 'Other'],
    ['phone', 'Yahoo! Phone'],
    [null, 'Primary'],
    ['email2', 'Alternate Email 1'],
    ['email3', 'Alternate Email 2'],
    ['homeURL', 'Personal Website'],
    ['workURL', 'Business Website'],
    ['jobTitle', 'Title'],
    ['company', 'Company'],
    ...address('work', 'Work'),
    ...address('home', 'Home'),
    ['birthday', 'Birthday'],
    ['anniversary', 'Anniversary'],
    ['note', 'Custom 1'],
    ['note', 'Custom 2'],
    ['note', 'Custom 3'],
    ['note', 'Custom 4'],
    ['notes', 'Comments'],
    ...Array.from({ length: 9 }, (_, index): LayoutColumn => [`imAddress${index + 2}`, `Messenger ID${index + 1}`]),
    ...['Skype', 'IRC', 'ICQ', 'Google', 'MSN', 'AIM', 'QQ'].map((service, index): LayoutColumn => [
      `imAddress${index + 11}`,
      `${service} ID`,
    ]),
  ],
};
