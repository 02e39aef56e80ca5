import { type Language, useLanguage } from '../../../locales/messages.ts';
import { pluralIn } from '../../../locales/plural.ts';

const [french, english] = [pluralIn('fr'), pluralIn('en')];

// Apart from the other sentences of the app: only who tags contacts needs them.
const fr = {
  title: (n: number) => `Étiquettes de ${french(n, { one: '# contact', other: '# contacts' })}`,
  add: 'Nouvelle étiquette',
  addOne: 'Ajouter',
  list: 'Étiquettes',
  none: 'Aucune étiquette pour l’instant. Tapez la première.',
  noneAnywhere:
    'Aucune étiquette pour l’instant. Les contacts en reçoivent par «\u202fÉtiquettes…\u202f» dans leur menu.',
  color: (keyword: string) => `Couleur de «\u202f${keyword}\u202f»`,
  automatic: 'Automatique',
  hint: 'Les couleurs ne sont que pour vous. Les étiquettes elles-mêmes sont dans les fiches, pour tous ceux qui les lisent.',
  done: (n: number) =>
    french(n, { one: 'Étiquettes de # contact changées', other: 'Étiquettes de # contacts changées' }),
  changing: 'Étiquetage des contacts',
  tagged: (n: number, keyword: string) =>
    french(n, {
      one: `# contact étiqueté «\u202f${keyword}\u202f»`,
      other: `# contacts étiquetés «\u202f${keyword}\u202f»`,
    }),
  all: (n: number) => `Toutes les étiquettes (${n})`,
  noun: (n: number) => french(n, { one: 'contact', other: 'contacts' }),
};

const en: typeof fr = {
  title: (n) => `Tags of ${english(n, { one: '# contact', other: '# contacts' })}`,
  add: 'New tag',
  addOne: 'Add',
  list: 'Tags',
  none: 'No tags yet. Type the first one.',
  noneAnywhere: 'No tags yet. Contacts get them by “Tags…” in their menu.',
  color: (keyword) => `Color of “${keyword}”`,
  automatic: 'Automatic',
  hint: 'The colors are for you alone. The tags themselves are in the contacts, for everybody who reads them.',
  done: (n) => english(n, { one: 'Tags of # contact changed', other: 'Tags of # contacts changed' }),
  changing: 'Tagging contacts',
  tagged: (n, keyword) => english(n, { one: `# contact tagged “${keyword}”`, other: `# contacts tagged “${keyword}”` }),
  all: (n) => `All tags (${n})`,
  noun: (n) => english(n, { one: 'contact', other: 'contacts' }),
};

const catalogues: Record<Language, typeof fr> = { fr, en };

/** The sentences of tags, in the page's language. */
export function useTagsTexts(): typeof fr {
  return catalogues[useLanguage()];
}
