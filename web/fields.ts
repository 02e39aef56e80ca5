import type { Messages } from './locales/messages.ts';
import { jmapProperties } from './model/cards/jmap-properties.ts';

type FieldLabels = Messages['contacts']['fields'];

/** The name of a field's label in the catalogue. */
export type FieldLabel = { [K in keyof FieldLabels]: FieldLabels[K] extends string ? K : never }[keyof FieldLabels];

/** The first entry of an id map; an entry that lost all it `needs` is removed. `kind` of another sort is passed over. */
export interface FirstEntry {
  readonly first: string;
  readonly needs: readonly string[];
  readonly kinds?: readonly (string | undefined)[];
  /** What a new entry has beside the text. */
  readonly fixed?: Readonly<Record<string, string>>;
}

/** One step of the way to a value in JSContact (RFC 9553). */
export type Step =
  | string
  | FirstEntry
  | { readonly component: string; readonly part?: 'phonetic' }
  | { readonly at: number };

/** A field with one text. */
export interface TextFieldRow {
  readonly label: FieldLabel;
  readonly section: 'name' | 'work' | 'notes';
  readonly path: readonly Step[];
  readonly editor: 'line' | 'lines';
  /** Shown in an empty form too; the others on request. */
  readonly isAlways: boolean;
  /** The field without which this one means nothing. */
  readonly needs?: FieldLabel;
  /** What it is for, where the label does not say it. */
  readonly hint?: FieldLabel;
}

/** A field that a card may have several times; what tells them apart are the `kinds`. */
export interface EntryFieldRow {
  readonly label: FieldLabel;
  readonly property: MapProperty | OwnProperty;
  /** Where the text of an entry is; null: in its components, or its date. */
  readonly value: 'address' | 'number' | 'uri' | 'user' | 'value' | null;
  readonly editor: 'email' | 'tel' | 'url' | 'address' | 'line' | 'date';
  /** `label`: a text of the person's own alone. */
  readonly kinds: 'contexts' | 'phoneKinds' | 'services' | 'label';
  readonly prefix: string;
  readonly isAlways: boolean;
}

type MapProperty = 'emails' | 'phones' | 'addresses' | 'links' | 'onlineServices';
type OwnProperty = 'otherDates' | 'customFields';

/** One whose entries are a map of the card. */
export interface RepeatedFieldRow extends EntryFieldRow {
  readonly property: MapProperty;
}

/** One whose entries are lines of vCard. */
export interface OwnFieldRow extends EntryFieldRow {
  readonly property: OwnProperty;
}

/** A field with a date, with or without its year. */
export interface DateFieldRow {
  readonly label: FieldLabel;
  readonly kind: 'birth' | 'wedding' | 'death';
  readonly isAlways: boolean;
}

const organization: FirstEntry = { first: 'o', needs: ['name', 'units'] };

/** The fields of a card with one text each, in the order of the form. */
export const textFields: readonly TextFieldRow[] = [
  {
    label: 'title',
    section: 'name',
    path: ['name', 'components', { component: 'title' }],
    editor: 'line',
    isAlways: false,
  },
  {
    label: 'given',
    section: 'name',
    path: ['name', 'components', { component: 'given' }],
    editor: 'line',
    isAlways: true,
  },
  {
    label: 'given2',
    section: 'name',
    path: ['name', 'components', { component: 'given2' }],
    editor: 'line',
    isAlways: false,
  },
  {
    label: 'surname',
    section: 'name',
    path: ['name', 'components', { component: 'surname' }],
    editor: 'line',
    isAlways: true,
  },
  {
    label: 'surname2',
    section: 'name',
    path: ['name', 'components', { component: 'surname2' }],
    editor: 'line',
    isAlways: false,
  },
  {
    label: 'suffix',
    section: 'name',
    path: ['name', 'components', { component: 'credential' }],
    editor: 'line',
    isAlways: false,
  },
  {
    label: 'generation',
    section: 'name',
    path: ['name', 'components', { component: 'generation' }],
    editor: 'line',
    isAlways: false,
  },
  {
    label: 'phoneticGiven',
    section: 'name',
    path: ['name', 'components', { component: 'given', part: 'phonetic' }],
    editor: 'line',
    isAlways: false,
    needs: 'given',
  },
  {
    label: 'phoneticSurname',
    section: 'name',
    path: ['name', 'components', { component: 'surname', part: 'phonetic' }],
    editor: 'line',
    isAlways: false,
    needs: 'surname',
  },
  {
    label: 'sortAs',
    section: 'name',
    path: ['name', 'sortAs', 'surname'],
    editor: 'line',
    isAlways: false,
    needs: 'surname',
    hint: 'sortAsHint',
  },
  {
    label: 'nickname',
    section: 'name',
    path: ['nicknames', { first: 'k', needs: ['name'] }, 'name'],
    editor: 'line',
    isAlways: false,
  },
  {
    label: 'pronouns',
    section: 'name',
    path: ['speakToAs', 'pronouns', { first: 'p', needs: ['pronouns'] }, 'pronouns'],
    editor: 'line',
    isAlways: false,
    hint: 'pronounsHint',
  },
  { label: 'company', section: 'work', path: ['organizations', organization, 'name'], editor: 'line', isAlways: true },
  {
    label: 'department',
    section: 'work',
    path: ['organizations', organization, 'units', { at: 0 }, 'name'],
    editor: 'line',
    isAlways: false,
  },
  {
    label: 'jobTitle',
    section: 'work',
    path: ['titles', { first: 't', needs: ['name'], kinds: [undefined, 'title'] }, 'name'],
    editor: 'line',
    isAlways: true,
  },
  {
    label: 'role',
    section: 'work',
    path: ['titles', { first: 'r', needs: ['name'], kinds: ['role'], fixed: { kind: 'role' } }, 'name'],
    editor: 'line',
    isAlways: false,
  },
  {
    label: 'notes',
    section: 'notes',
    path: ['notes', { first: 'n', needs: ['note'] }, 'note'],
    editor: 'lines',
    isAlways: true,
  },
];

/** A card that has a full name and no parts of it, as groups and organisations. */
export const fullNameField: TextFieldRow = {
  label: 'fullName',
  section: 'name',
  path: ['name', 'full'],
  editor: 'line',
  isAlways: false,
};

/** The fields that a card may have several times, in the order of the form. */
export const repeatedFields: readonly RepeatedFieldRow[] = [
  {
    label: 'email',
    property: 'emails',
    value: 'address',
    editor: 'email',
    kinds: 'contexts',
    prefix: 'e',
    isAlways: true,
  },
  {
    label: 'phone',
    property: 'phones',
    value: 'number',
    editor: 'tel',
    kinds: 'phoneKinds',
    prefix: 'p',
    isAlways: true,
  },
  {
    label: 'address',
    property: 'addresses',
    value: null,
    editor: 'address',
    kinds: 'contexts',
    prefix: 'a',
    isAlways: false,
  },
  { label: 'url', property: 'links', value: 'uri', editor: 'url', kinds: 'contexts', prefix: 'l', isAlways: false },
  {
    label: 'onlineService',
    property: 'onlineServices',
    value: 'user',
    editor: 'line',
    kinds: 'services',
    prefix: 'i',
    isAlways: false,
  },
];

/** Dates and texts of the person's own: vCard keeps them as a line and its label. */
export const ownFields: readonly OwnFieldRow[] = [
  {
    label: 'otherDate',
    property: 'otherDates',
    value: null,
    editor: 'date',
    kinds: 'label',
    prefix: 'date',
    isAlways: false,
  },
  {
    label: 'customField',
    property: 'customFields',
    value: 'value',
    editor: 'line',
    kinds: 'label',
    prefix: 'field',
    isAlways: false,
  },
];

/** The dates of a card. */
export const dateFields: readonly DateFieldRow[] = [
  { label: 'birthday', kind: 'birth', isAlways: false },
  { label: 'wedding', kind: 'wedding', isAlways: false },
  { label: 'death', kind: 'death', isAlways: false },
];

/** What an empty form of a group shows. */
export const groupFields: ReadonlySet<FieldLabel> = new Set(['fullName', 'notes']);

/** The lines of an address; of the kinds of a line the first is the one that a new text gets (RFC 9553 §2.5.1.2). */
export const addressLines = [
  {
    label: 'street',
    kinds: [
      'name',
      'number',
      'block',
      'direction',
      'building',
      'floor',
      'apartment',
      'room',
      'landmark',
      'subdistrict',
      'district',
      'postOfficeBox',
    ],
  },
  { label: 'postcode', kinds: ['postcode'] },
  { label: 'city', kinds: ['locality'] },
  { label: 'region', kinds: ['region'] },
  { label: 'country', kinds: ['country'] },
] as const satisfies readonly { readonly label: FieldLabel; readonly kinds: readonly string[] }[];

/** What tells e-mails, addresses and links apart. */
export const contexts = ['work', 'private', 'other'] as const;

/** What tells phones apart: where, and what for (RFC 9553 §2.3.3). */
export const phoneKinds = {
  mobile: { context: null, feature: 'mobile' },
  work: { context: 'work', feature: null },
  workMobile: { context: 'work', feature: 'mobile' },
  private: { context: 'private', feature: null },
  workFax: { context: 'work', feature: 'fax' },
  privateFax: { context: 'private', feature: 'fax' },
  fax: { context: null, feature: 'fax' },
  pager: { context: null, feature: 'pager' },
  other: { context: null, feature: null },
} as const;

/** Where people are found online; others are named by who writes them. */
export const services = [
  'Signal',
  'WhatsApp',
  'Telegram',
  'Matrix',
  'XMPP',
  'Discord',
  'Teams',
  'Skype',
  'Mastodon',
  'Bluesky',
  'LinkedIn',
  'Instagram',
  'Facebook',
] as const;

/** The properties of a card that have fields, or that are not for reading; all others are « Autres informations ». */
export const coveredProperties: ReadonlySet<string> = new Set([
  '@type',
  'version',
  ...jmapProperties,
  'accountId',
  'uid',
  'prodId',
  'created',
  'updated',
  'name',
  'kind',
  'members',
  'nicknames',
  'keywords',
  'speakToAs',
  'onlineServices',
  'organizations',
  'titles',
  'notes',
  'emails',
  'phones',
  'addresses',
  'links',
  'anniversaries',
  'media',
  'vCardProps',
  'vCardParams',
  'vCardName',
]);
