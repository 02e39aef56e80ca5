/** The pages before the app: sign-in and the first administrator. */
export const entry = {
  signInTitle: 'Connexion',
  signInToAnswer: 'Connectez-vous pour voir ce qui vous est proposé et y répondre.',
  tagline: 'Des dossiers de contacts à partager entre collègues.',
  withPassword: 'Avec un mot de passe',
  email: 'Adresse mail',
  emailOrLogin: 'Adresse ou identifiant',
  password: 'Mot de passe',
  signIn: 'Se connecter',
  wrongCredentials: 'Adresse mail ou mot de passe incorrect.',
  wrongLogin: 'Identifiant ou mot de passe incorrect.',
  directoryDown: 'L’annuaire de votre organisation ne répond pas. Réessayez dans quelques minutes.',
  tooManyAttempts: (seconds: number) =>
    seconds > 90
      ? `Trop de tentatives. Réessayez dans ${Math.ceil(seconds / 60)} minutes.`
      : 'Trop de tentatives. Réessayez dans une minute.',
  failed: 'Le serveur n’a pas répondu. Réessayez dans un instant.',
  required: 'Ce champ est obligatoire.',
  demoTitle: 'Essayer la démonstration',
  demoText: 'Une petite université inventée. Choisissez une personne pour entrer.',
  setupFirst:
    'Personne ne peut encore se connecter. Le serveur a affiché à son démarrage le lien qui crée le premier compte.',
  setupTitle: 'Premier administrateur',
  setupText: 'Coterie démarre pour la première fois. Créez le compte qui l’administrera.',
  setupName: 'Prénom et nom',
  setupPasswordHint: 'Au moins 10 caractères.',
  setupSubmit: 'Créer le compte',
  setupNoToken: 'Cette page s’ouvre par le lien affiché au premier démarrage du serveur.',
  setupDone: 'Le premier administrateur existe déjà. Connectez-vous avec votre compte.',
  setupRefused: 'Ce lien n’est plus valable. Redémarrez le serveur pour en obtenir un autre.',
  setupInvalid: 'Vérifiez les champs\u202f: le nom, une adresse mail complète et un mot de passe assez long.',
};
