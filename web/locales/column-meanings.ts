import type { cardFields } from './fr/card-fields.ts';

/** What only columns are called, not the fields of a contact. */
export interface OwnMeanings {
  readonly note: string;
  readonly companyPhone: string;
  readonly labelledPhone: string;
  readonly hobby: string;
  readonly uid: string;
}

/** What a column may mean, in the words that the form of a contact has for the same: « Téléphone (portable) ». */
export function columnMeanings(fields: typeof cardFields, own: OwnMeanings): Readonly<Record<string, string>> {
  const { contexts, phoneKinds } = fields;
  const of = (what: string, kind: string) => `${what} (${kind.toLowerCase()})`;
  const address = (place: 'work' | 'home', kind: string) => ({
    [`${place}Street`]: of(fields.street, kind),
    [`${place}PostalCode`]: of(fields.postcode, kind),
    [`${place}City`]: of(fields.city, kind),
    [`${place}State`]: of(fields.region, kind),
    [`${place}Country`]: of(fields.country, kind),
  });
  return {
    note: own.note,
    namePrefix: fields.title,
    firstName: fields.given,
    middleName: fields.given2,
    lastName: fields.surname,
    nameSuffix: fields.generation,
    fullName: fields.fullName,
    nickname: fields.nickname,
    company: fields.company,
    department: fields.department,
    jobTitle: fields.jobTitle,
    profession: fields.role,
    email: fields.email,
    email2: `${fields.email} 2`,
    email3: `${fields.email} 3`,
    mobilePhone: of(fields.phone, phoneKinds.mobile),
    workPhone: of(fields.phone, phoneKinds.work),
    workPhone2: `${of(fields.phone, phoneKinds.work)} 2`,
    homePhone: of(fields.phone, phoneKinds.private),
    otherPhone: of(fields.phone, phoneKinds.other),
    companyPhone: own.companyPhone,
    phone: own.labelledPhone,
    workFax: phoneKinds.workFax,
    homeFax: phoneKinds.privateFax,
    pager: phoneKinds.pager,
    ...address('work', contexts.work),
    ...address('home', contexts.private),
    workURL: of(fields.url, contexts.work),
    homeURL: of(fields.url, contexts.private),
    otherURL: of(fields.url, contexts.other),
    imAddress1: fields.onlineService,
    birthday: fields.birthday,
    anniversary: fields.wedding,
    hobby: own.hobby,
    tags: fields.keywords,
    notes: fields.notes,
    uid: own.uid,
  };
}
