import { ownValue } from '../../lib/ownValue.ts';
import { zimbra } from '../csv/layouts/zimbra.ts';
import { isField } from '../import/cardFromFields.ts';

/** What an attribute becomes: a field of a contact; a pair of label and value; a field of one's own; nothing by itself. */
export type AttributeField =
  | { readonly as: 'field'; readonly field: string }
  | { readonly as: 'labelled'; readonly kind: 'email' | 'phone' | 'im'; readonly label: string }
  | { readonly as: 'own' }
  | { readonly as: 'nothing' };

const field = (name: string): AttributeField => ({ as: 'field', field: name });
const labelled = (kind: 'email' | 'phone' | 'im', label = ''): AttributeField => ({ as: 'labelled', kind, label });
const nothing: AttributeField = { as: 'nothing' };
const own: AttributeField = { as: 'own' };

/** Attributes by their names without the number behind, where they are not called as columns are (`contactColumns`). */
const special: Readonly<Record<string, AttributeField>> = {
  // `work` and `mobile` are words by which labels are read (format/import/labelled.ts).
  workEmail: labelled('email', 'work'),
  workMobile: labelled('phone', 'work mobile'),
  imAddress: labelled('im'),
  workIM: labelled('im'),
  workAltPhone: field('workPhone'),
  homeAltPhone: field('homePhone'),
  assistantPhone: field('phone'),
  callbackPhone: field('phone'),
  carPhone: field('phone'),
  tollFree: field('phone'),
  homeAddress: field('homeStreet'),
  workAddress: field('workStreet'),
  otherAddress: field('otherStreet'),
  website: field('otherURL'),
  description: field('notes'),
  tags: own,
  uid: own,
  members: own,
  languages: own,
  // Read apart, or Zimbra's own business.
  fileAs: nothing,
  image: nothing,
  vcardUID: nothing,
  vcardURL: nothing,
  vcardXProps: nothing,
  userCertificate: nothing,
  userSMIMECertificate: nothing,
  phoneticFirstName: nothing,
  phoneticLastName: nothing,
  dn: nothing,
  zimbraId: nothing,
  member: nothing,
  canExpand: nothing,
  isMyCard: nothing,
  outlookProps: nothing,
  v: nothing,
};

/** What an attribute becomes. What Zimbra does not know either is a field of the person's own. */
export function fieldOfAttribute(name: string): AttributeField {
  const known = ownValue(special, name) ?? ownValue(special, name.replace(/\d{1,2}$/u, ''));
  if (known) return known;
  const column = zimbra.fieldOf?.(name.toLowerCase());
  return column && column !== 'note' && isField(column) ? field(column) : own;
}

type Words = { readonly fr: string; readonly en: string };

/** What attributes are called that have no field here. */
const labels: Readonly<Record<string, Words>> = {
  assistantPhone: { fr: 'Assistant', en: 'Assistant' },
  callbackPhone: { fr: 'Rappel', en: 'Callback' },
  carPhone: { fr: 'Voiture', en: 'Car' },
  tollFree: { fr: 'Numéro vert', en: 'Toll-free' },
  maidenName: { fr: 'Nom de jeune fille', en: 'Maiden name' },
  initials: { fr: 'Initiales', en: 'Initials' },
  office: { fr: 'Bureau', en: 'Office' },
  otherOffice: { fr: 'Bureau', en: 'Office' },
  otherDepartment: { fr: 'Service', en: 'Department' },
  otherProfession: { fr: 'Profession', en: 'Profession' },
  managerName: { fr: 'Responsable', en: 'Manager' },
  otherMgrName: { fr: 'Responsable', en: 'Manager' },
  assistantName: { fr: 'Assistant', en: 'Assistant' },
  otherAsstName: { fr: 'Assistant', en: 'Assistant' },
  otherAnniversary: { fr: 'Anniversaire', en: 'Anniversary' },
  spouse: { fr: 'Conjoint', en: 'Spouse' },
  children: { fr: 'Enfants', en: 'Children' },
  gender: { fr: 'Sexe', en: 'Gender' },
  phoneticCompany: { fr: 'Société (phonétique)', en: 'Company (phonetic)' },
  custom: { fr: 'Divers', en: 'Custom' },
  otherCustom: { fr: 'Divers', en: 'Custom' },
};

/** How an attribute is called to people; a name of their own is what they wrote. */
export function labelOfAttribute(name: string, language: 'fr' | 'en'): string {
  const [, base = name, number = ''] = /^(.*?)(\d{0,2})$/u.exec(name) ?? [];
  const words = ownValue(labels, name) ?? ownValue(labels, base);
  if (!words) return name;
  return number === '' || ownValue(labels, name) ? words[language] : `${words[language]} ${number}`;
}
