/** The page behind the personal link of a guest, and what guests see in the place of what is not theirs. */
export const guest = {
  title: 'Invitation',
  invites: (owner: string, folder: string) => `${owner} vous invite à consulter «\u202f${folder}\u202f»`,
  newText: 'Choisissez votre nom et un mot de passe. Rien d’autre ne vous est demandé.',
  knownText: 'Vous êtes déjà venu. Connectez-vous, ou choisissez ici un nouveau mot de passe.',
  emailHint: 'L’adresse à laquelle l’invitation a été envoyée.',
  nameHint: (owner: string) => `Celui que verra ${owner}.`,
  newPassword: 'Nouveau mot de passe',
  submit: 'Ouvrir le dossier',
  signInInstead: 'Me connecter avec mon mot de passe',
  until: (day: string) => `Ce lien est valable jusqu’au ${day}. Ensuite, votre mot de passe suffit.`,
  expiredTitle: 'Ce lien a expiré',
  expiredText: (person: string) =>
    `Demandez à ${person} de renvoyer l’invitation\u202f: un nouveau lien vous parviendra par mail. Si vous avez déjà choisi un mot de passe, connectez-vous.`,
  usedTitle: 'Ce lien a déjà servi',
  usedText: (email: string, person: string) =>
    `Connectez-vous avec ${email} et votre mot de passe. Oublié\u202f? Demandez à ${person} de renvoyer l’invitation, vous pourrez en choisir un autre.`,
  goneTitle: 'Cette invitation n’existe plus',
  goneText:
    'Le partage a pris fin, un lien plus récent vous a été envoyé, ou l’adresse est incomplète. Cherchez le dernier mail, ou demandez à la personne qui vous a invité.',
  failed: 'Le serveur n’a pas répondu. Rechargez la page dans un instant.',
  invalid: 'Vérifiez le nom et le mot de passe, qui doit avoir au moins 10 caractères.',
  refused: 'Cette invitation n’est plus valable. Rechargez la page pour savoir que faire.',
  emptyTitle: 'Rien n’est partagé avec vous',
  emptyText:
    'Les dossiers que l’on partage avec vous apparaîtront ici. Une invitation en attente s’annonce sous la cloche.',
};
