import { foldText } from '../../lib/fold.ts';
import { layouts } from '../csv/layouts/layouts.ts';
import type { ColumnField, DateOrder, Layout, LayoutName } from '../csv/layouts/layout.ts';

/** What the headings of a table say: whose they are, and what each column is. */
export type HeadingMatch = {
  /** The program whose table it is; null: of none that is known, or somebody's own. */
  readonly layout: LayoutName | null;
  readonly language: 'fr' | 'en';
  readonly fields: readonly ColumnField[];
  /** Columns of which nothing is known; among `fields` they are kept in the notes. */
  readonly unknown: readonly number[];
  readonly dates: DateOrder;
};

type Try = { readonly layout: Layout; readonly language: 'fr' | 'en'; readonly fields: readonly Known[] };

/** What a layout knows of a heading: as its own, or as one of other editions, which counts for a little less. */
type Known = { readonly field: ColumnField; readonly weight: number } | undefined;

/** So much of a table must be known for it to be taken as a program's own. */
const sureShare = 0.6;

/** The layout that knows most of the headings; what it does not know is looked up among all of them. */
export function matchHeadings(headings: readonly string[]): HeadingMatch {
  const tries = Object.values(layouts).flatMap((layout) =>
    (['en', 'fr'] as const).map((language): Try => ({
      layout,
      language,
      fields: fieldsOf(layout, language, headings),
    })),
  );
  const score = ({ fields }: Try) => fields.reduce((sum, known) => sum + (known?.weight ?? 0), 0);
  const best = tries.reduce((a, b) => (score(b) > score(a) ? b : a));
  const known = best.fields.filter((field) => field !== undefined).length;
  const isSure = known >= headings.length * sureShare && known >= Math.min(3, headings.length);
  const found = headings.map((heading, at) => (best.fields[at] ? best.fields[at].field : anywhere(heading)));
  const unknown = found.flatMap((field, at) => (field === undefined ? [at] : []));
  return {
    layout: isSure ? best.layout.name : null,
    language: best.language,
    fields: found.map((field) => (field === undefined ? 'note' : field)),
    unknown,
    dates: best.layout.dates[best.language],
  };
}

/** How headings are compared: without marks, case, stars and doubled spaces. */
export function headingKey(heading: string): string {
  return foldText(heading)
    .replace(/[’]/gu, "'")
    .replace(/\s+/gu, ' ')
    .replace(/(?<![*:])[*:]+$/u, '')
    .trim();
}

/** Where a heading stands twice in a layout, the first of the file is the first of the layout. */
function fieldsOf(layout: Layout, language: 'fr' | 'en', headings: readonly string[]): Known[] {
  const waiting = new Map<string, ColumnField[]>();
  for (const [field, english, french] of layout.columns) {
    const key = headingKey(language === 'fr' ? (french ?? english) : english);
    waiting.set(key, [...(waiting.get(key) ?? []), field]);
  }
  return headings.map((heading) => {
    const key = headingKey(heading);
    const fields = waiting.get(key);
    if (fields) return { field: fields.length > 1 ? fields.shift()! : fields[0]!, weight: 1 };
    const other = [heading.trim().toLowerCase(), key].map((name) => layout.fieldOf?.(name));
    const field = other.find((one) => one !== undefined);
    return field === undefined ? undefined : { field, weight: 0.9 };
  });
}

/** What people call their own columns, and what any program calls them. */
const dictionary: ReadonlyMap<string, ColumnField> = new Map([
  ...Object.values(layouts).flatMap(({ columns }) =>
    columns.flatMap(([field, english, french]): [string, ColumnField][] => [
      [headingKey(english), field],
      ...(french === undefined ? [] : [[headingKey(french), field] as [string, ColumnField]]),
    ]),
  ),
  ...Object.entries({
    nom: 'lastName',
    'nom de famille': 'lastName',
    'nom complet': 'fullName',
    'nom et prenom': 'fullName',
    'prenom nom': 'fullName',
    'full name': 'fullName',
    name: 'fullName',
    contact: 'fullName',
    prenom: 'firstName',
    prenoms: 'firstName',
    civilite: 'namePrefix',
    titre: 'namePrefix',
    title: 'jobTitle',
    fonction: 'jobTitle',
    poste: 'jobTitle',
    position: 'jobTitle',
    metier: 'profession',
    role: 'profession',
    societe: 'company',
    entreprise: 'company',
    organisme: 'company',
    organisation: 'company',
    organization: 'company',
    structure: 'company',
    etablissement: 'company',
    employer: 'company',
    service: 'department',
    direction: 'department',
    departement: 'department',
    mail: 'email',
    email: 'email',
    'e-mail': 'email',
    courriel: 'email',
    mel: 'email',
    'adresse mail': 'email',
    'adresse email': 'email',
    'adresse e-mail': 'email',
    'adresse electronique': 'email',
    'email address': 'email',
    'mail 2': 'email2',
    'email 2': 'email2',
    telephone: 'workPhone',
    tel: 'workPhone',
    'tel.': 'workPhone',
    phone: 'workPhone',
    'telephone fixe': 'workPhone',
    'tel. fixe': 'workPhone',
    fixe: 'workPhone',
    'telephone professionnel': 'workPhone',
    mobile: 'mobilePhone',
    portable: 'mobilePhone',
    gsm: 'mobilePhone',
    'telephone portable': 'mobilePhone',
    'telephone mobile': 'mobilePhone',
    'tel. portable': 'mobilePhone',
    cell: 'mobilePhone',
    fax: 'workFax',
    telecopie: 'workFax',
    adresse: 'workStreet',
    address: 'workStreet',
    rue: 'workStreet',
    street: 'workStreet',
    'code postal': 'workPostalCode',
    cp: 'workPostalCode',
    zip: 'workPostalCode',
    'postal code': 'workPostalCode',
    ville: 'workCity',
    commune: 'workCity',
    city: 'workCity',
    region: 'workState',
    pays: 'workCountry',
    country: 'workCountry',
    'boite postale': 'workPOBox',
    bp: 'workPOBox',
    site: 'workURL',
    'site web': 'workURL',
    'site internet': 'workURL',
    url: 'workURL',
    website: 'workURL',
    web: 'workURL',
    'date de naissance': 'birthday',
    naissance: 'birthday',
    'date of birth': 'birthday',
    note: 'notes',
    notes: 'notes',
    commentaire: 'notes',
    commentaires: 'notes',
    remarque: 'notes',
    remarques: 'notes',
    observations: 'notes',
    comments: 'notes',
    surnom: 'nickname',
    etiquettes: 'tags',
    'mots-cles': 'tags',
    tags: 'tags',
    groupe: 'tags',
    categorie: 'tags',
    patronyme: 'lastName',
    'nom patronymique': 'lastName',
    "nom d'usage": 'lastName',
    'nom usuel': 'lastName',
    'last name': 'lastName',
    surname: 'lastName',
    'family name': 'lastName',
    'nom prenom': 'fullName',
    'prenom et nom': 'fullName',
    'nom & prenom': 'fullName',
    'display name': 'fullName',
    'first name': 'firstName',
    'given name': 'firstName',
    forename: 'firstName',
    prefixe: 'namePrefix',
    salutation: 'namePrefix',
    alias: 'nickname',
    pseudo: 'nickname',
    nickname: 'nickname',
    'raison sociale': 'company',
    employeur: 'company',
    company: 'company',
    'company name': 'company',
    'organization name': 'company',
    association: 'company',
    institution: 'company',
    department: 'department',
    pole: 'department',
    unite: 'department',
    emploi: 'jobTitle',
    'intitule du poste': 'jobTitle',
    job: 'jobTitle',
    'job title': 'jobTitle',
    'courriel professionnel': 'email',
    'mail professionnel': 'email',
    'mail pro': 'email',
    'email pro': 'email',
    'e mail': 'email',
    'adresse courriel': 'email',
    'work email': 'email',
    'mail perso': 'email2',
    'email perso': 'email2',
    'mail personnel': 'email2',
    'courriel personnel': 'email2',
    'courriel 2': 'email2',
    'e-mail 2': 'email2',
    'personal email': 'email2',
    'numero de telephone': 'workPhone',
    'telephone bureau': 'workPhone',
    'tel bureau': 'workPhone',
    'tel. bureau': 'workPhone',
    'tel. pro': 'workPhone',
    'telephone pro': 'workPhone',
    'ligne directe': 'workPhone',
    'work phone': 'workPhone',
    'phone number': 'workPhone',
    'tel fixe': 'workPhone',
    'telephone domicile': 'homePhone',
    'tel domicile': 'homePhone',
    'tel. domicile': 'homePhone',
    'telephone personnel': 'homePhone',
    'tel perso': 'homePhone',
    'home phone': 'homePhone',
    'tel portable': 'mobilePhone',
    'tel mobile': 'mobilePhone',
    'tel. mobile': 'mobilePhone',
    'mobile phone': 'mobilePhone',
    'cell phone': 'mobilePhone',
    'adresse postale': 'workStreet',
    voie: 'workStreet',
    'street address': 'workStreet',
    'zip code': 'workPostalCode',
    postcode: 'workPostalCode',
    localite: 'workCity',
    town: 'workCity',
    state: 'workState',
    province: 'workState',
    county: 'workState',
    anniversaire: 'birthday',
    'ne(e) le': 'birthday',
    'ne le': 'birthday',
    'nee le': 'birthday',
    birthday: 'birthday',
    'birth date': 'birthday',
    birthdate: 'birthday',
    observation: 'notes',
    memo: 'notes',
    remarks: 'notes',
    comment: 'notes',
    tag: 'tags',
    label: 'tags',
    labels: 'tags',
    groupes: 'tags',
    categories: 'tags',
    category: 'tags',
    etiquette: 'tags',
  }),
]);

function anywhere(heading: string): ColumnField | undefined {
  return dictionary.get(headingKey(heading));
}
