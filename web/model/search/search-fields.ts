import { foldText } from '../../../src/lib/fold.ts';

/** A field that a search can be limited to: `société:mairie`. */
export interface SearchableField {
  /** The filter of RFC 9610 §3.3.1; `folder` and `keyword` stand for the folders and tags of that name. */
  readonly filter:
    | 'name'
    | 'nickname'
    | 'organization'
    | 'email'
    | 'phone'
    | 'address'
    | 'onlineService'
    | 'note'
    | 'keyword'
    | 'folder';
  /** What it may be called, in either language; the first one is shown. */
  readonly names: { readonly fr: readonly [string, ...string[]]; readonly en: readonly [string, ...string[]] };
}

/** One row for each field, in the order in which they are offered. */
export const searchableFields: readonly SearchableField[] = [
  { filter: 'folder', names: { fr: ['dossier'], en: ['folder', 'in'] } },
  {
    filter: 'organization',
    names: { fr: ['société', 'organisation', 'entreprise'], en: ['company', 'organization', 'org'] },
  },
  { filter: 'keyword', names: { fr: ['étiquette'], en: ['tag', 'label'] } },
  { filter: 'name', names: { fr: ['nom', 'prénom'], en: ['name'] } },
  { filter: 'nickname', names: { fr: ['surnom'], en: ['nickname'] } },
  { filter: 'email', names: { fr: ['mail', 'courriel'], en: ['email', 'e-mail'] } },
  { filter: 'phone', names: { fr: ['téléphone', 'tél'], en: ['phone'] } },
  { filter: 'address', names: { fr: ['adresse', 'ville'], en: ['address', 'city'] } },
  { filter: 'onlineService', names: { fr: ['messagerie'], en: ['im', 'online'] } },
  { filter: 'note', names: { fr: ['note', 'notes'], en: ['notes'] } },
];

const byName = new Map(
  searchableFields.flatMap((field) => [...field.names.fr, ...field.names.en].map((name) => [foldText(name), field])),
);

/** The field that somebody calls so, whatever accents they type. */
export function searchableField(name: string): SearchableField | undefined {
  return byName.get(foldText(name));
}

/** The fields whose names begin so, as they are called in the language. */
export function fieldsBeginning(text: string, language: 'fr' | 'en'): { field: SearchableField; name: string }[] {
  const begin = foldText(text);
  return searchableFields.flatMap((field) => {
    const name = field.names[language].find((one) => foldText(one).startsWith(begin));
    return name === undefined ? [] : [{ field, name }];
  });
}
