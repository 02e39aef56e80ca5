import { foldWords } from '../../lib/fold.ts';

// What stands before the @ of addresses that belong to a place or a task, in French and English.
const roles = new Set(
  `accueil achats adherents administration administrateur admin agence assistance association atelier billetterie bonjour
  bureau cabinet candidature candidatures celeb club collectif commande commandes commercial communication compta comptabilite
  conseil consulat contact contacts courrier culture departement dg direction directeur directrice dpo ecole education equipe
  etudes facturation factures finance finances formation formations hello help hotline info infos information informations
  inscription inscriptions international job jobs juridique logistique mail mailing mairie marketing mediatheque
  bibliotheque moderation newsletter no noreply office ops orders paie personnel planning postmaster presidence president press
  presse production qualite reception recrutement redaction relations reply reservation reservations rh sales scolarite
  secretariat securite service services sos sport stage stages standard support tech technique tresorier tourisme urbanisme
  vente ventes vie web webmaster`.split(/\s+/),
);

/** Whether an address is one of a function (contact@, secretariat-rh@), which several people may rightly have. */
export function isRoleAddress(address: string): boolean {
  const words = foldWords(localPart(address)).filter((word) => !/^\d+$/.test(word));
  return words.length > 0 && roles.has(words[0]!);
}

/** Whether an address speaks of somebody: it contains a word of the name. */
export function namesSomebody(address: string, words: readonly string[]): boolean {
  const local = foldWords(localPart(address)).join('');
  return words.some((word) => word.length > 2 && local.includes(word));
}

function localPart(address: string): string {
  return address.split('@')[0] ?? '';
}
