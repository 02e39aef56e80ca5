/** How much an administrator should look at it. */
export const severities = ['info', 'notice', 'warning'] as const;

/** One of the severities. */
export type Severity = (typeof severities)[number];

/** What kinds are sorted under where one chooses. */
export const topics = ['signIn', 'password', 'sharing', 'folder', 'transfer', 'administration', 'log'] as const;

/** One of the topics. */
export type Topic = (typeof topics)[number];

/** By which way an act came. `import`: an import that a person asked for; `system`: the program by itself; `cli`: the terminal of the server. */
export const auditWays = ['web', 'jmap', 'carddav', 'link', 'import', 'cli', 'system'] as const;

/** One of the ways. */
export type AuditWay = (typeof auditWays)[number];

type Kind = {
  readonly topic: Topic;
  readonly severity: Severity;
  /**
   * `{actor}`, `{object}`, `{other}`, `{owner}` and the names of details stand for what the record says;
   * `{cards|contact|contacts}` for a number and its word.
   */
  readonly fr: string;
  readonly en: string;
  /** Of what happens often: so many records a day for each subject; the rest is counted, and told at the day's end. */
  readonly daily?: number;
  /** What was counted beyond them is not told: how often says nothing. */
  readonly isUncounted?: true;
};

const kind = (topic: Topic, severity: Severity, fr: string, en: string): Kind => ({ topic, severity, fr, en });
const often = (daily: number, row: Kind): Kind => ({ ...row, daily });

/** Every kind of record: one row, its sentence in both languages. The key is kept for ever; what it says may be said better. */
export const auditKinds = {
  'signIn.succeeded': kind('signIn', 'info', 'Connexion de {actor}', '{actor} signed in'),
  'signIn.failed': often(
    20,
    kind('signIn', 'warning', 'Connexion refusée au nom de {object}', 'A sign-in as {object} was refused'),
  ),
  'signIn.program': {
    ...often(1, kind('signIn', 'info', 'Connexion d’un programme de {actor}', 'A program of {actor} signed in')),
    isUncounted: true,
  },
  'signIn.ended': kind('signIn', 'info', 'Déconnexion de {actor}', '{actor} signed out'),

  'password.changed': kind('password', 'notice', 'Nouveau mot de passe pour {object}', '{object} has a new password'),
  'password.linkMade': kind(
    'password',
    'notice',
    '{actor} a créé un lien pour le mot de passe de {object}',
    '{actor} made a password link for {object}',
  ),
  'appPassword.made': kind(
    'password',
    'notice',
    '{actor} a créé le mot de passe d’application « {object} »',
    '{actor} made the app password “{object}”',
  ),
  'appPassword.revoked': kind(
    'password',
    'notice',
    '{actor} a révoqué le mot de passe d’application « {object} »',
    '{actor} revoked the app password “{object}”',
  ),
  'appPassword.restored': kind(
    'password',
    'notice',
    '{actor} a rétabli le mot de passe d’application « {object} »',
    '{actor} took back the revocation of the app password “{object}”',
  ),

  'share.given': kind(
    'sharing',
    'notice',
    '{actor} a partagé « {object} » avec {other} ({role})',
    '{actor} shared “{object}” with {other} ({role})',
  ),
  'share.changed': kind(
    'sharing',
    'notice',
    '{actor} a modifié le partage de « {object} » avec {other} ({role})',
    '{actor} changed the share of “{object}” with {other} ({role})',
  ),
  'share.ended': kind(
    'sharing',
    'notice',
    '{actor} a mis fin au partage de « {object} » avec {other}',
    '{actor} ended the share of “{object}” with {other}',
  ),
  'share.expired': kind(
    'sharing',
    'info',
    'Le partage de « {object} » avec {other} est arrivé à son terme',
    'The share of “{object}” with {other} reached its end',
  ),
  'share.accepted': kind('sharing', 'info', '{actor} a accepté « {object} »', '{actor} accepted “{object}”'),
  'share.declined': kind('sharing', 'info', '{actor} a refusé « {object} »', '{actor} declined “{object}”'),
  'access.asked': kind(
    'sharing',
    'info',
    '{actor} a demandé l’accès à « {object} »',
    '{actor} asked for access to “{object}”',
  ),
  'access.declined': kind(
    'sharing',
    'info',
    '{actor} a refusé à {other} l’accès à « {object} »',
    '{actor} declined the request of {other} for “{object}”',
  ),
  'guest.invited': kind(
    'sharing',
    'warning',
    '{actor} a invité {other}, de l’extérieur, dans « {object} » ({role})',
    '{actor} invited {other}, from outside, to “{object}” ({role})',
  ),
  'guest.changed': kind(
    'sharing',
    'notice',
    '{actor} a modifié l’invitation de {other} dans « {object} » ({role})',
    '{actor} changed the invitation of {other} to “{object}” ({role})',
  ),
  'guest.ended': kind(
    'sharing',
    'notice',
    '{actor} a mis fin à l’invitation de {other} dans « {object} »',
    '{actor} ended the invitation of {other} to “{object}”',
  ),
  'guest.came': kind(
    'sharing',
    'notice',
    'L’invité·e {actor} a choisi un mot de passe',
    'The guest {actor} chose a password',
  ),
  'guest.forgotten': kind('sharing', 'info', 'L’invité·e {object} a été oublié·e', 'The guest {object} was forgotten'),
  'link.made': kind(
    'sharing',
    'warning',
    '{actor} a créé un lien public vers « {object} »',
    '{actor} made a public link to “{object}”',
  ),
  'link.changed': kind(
    'sharing',
    'notice',
    '{actor} a modifié le lien public vers « {object} »',
    '{actor} changed the public link to “{object}”',
  ),
  'link.ended': kind(
    'sharing',
    'notice',
    '{actor} a supprimé le lien public vers « {object} »',
    '{actor} ended the public link to “{object}”',
  ),
  'link.used': often(
    1,
    kind('sharing', 'info', 'Le lien public vers « {object} » a été utilisé', 'The public link to “{object}” was used'),
  ),

  'folder.deleted': kind(
    'folder',
    'notice',
    '{actor} a mis « {object} » à la corbeille ({cards|contact|contacts})',
    '{actor} put “{object}” into the trash ({cards|contact|contacts})',
  ),
  'folder.restored': kind('folder', 'notice', '{actor} a restauré « {object} »', '{actor} restored “{object}”'),
  'folder.erased': kind(
    'folder',
    'notice',
    '« {object} » a été supprimé définitivement',
    '“{object}” was deleted for ever',
  ),
  'trash.emptied': kind(
    'folder',
    'notice',
    '{actor} a vidé la corbeille ({items|élément|éléments})',
    '{actor} emptied the trash ({items|item|items})',
  ),
  'folder.handedOver': kind(
    'folder',
    'warning',
    'Les dossiers de {object} sont passés à {other} ({folders|dossier|dossiers}, {cards|contact|contacts})',
    'The folders of {object} went to {other} ({folders|folder|folders}, {cards|contact|contacts})',
  ),
  'handover.offered': kind(
    'folder',
    'notice',
    '{actor} a proposé de céder « {object} » à {other}',
    '{actor} offered “{object}” to {other}',
  ),
  'handover.withdrawn': kind(
    'folder',
    'info',
    '{actor} ne cède plus « {object} » à {other}',
    '{actor} no longer offers “{object}” to {other}',
  ),
  'handover.accepted': kind(
    'folder',
    'warning',
    '{actor} a repris « {object} » de {other}',
    '{actor} took over “{object}” from {other}',
  ),
  'handover.declined': kind(
    'folder',
    'info',
    '{actor} n’a pas repris « {object} » de {other}',
    '{actor} declined “{object}” from {other}',
  ),
  'cards.deleted': kind(
    'folder',
    'warning',
    '{actor} a supprimé {cards|contact|contacts} de « {object} »',
    '{actor} deleted {cards|contact|contacts} of “{object}”',
  ),
  'history.undone': kind(
    'folder',
    'notice',
    '{actor} a annulé des modifications ({cards|contact|contacts})',
    '{actor} undid changes ({cards|contact|contacts})',
  ),
  'history.rewound': kind(
    'folder',
    'notice',
    '{actor} a ramené « {object} » à un état antérieur ({cards|contact|contacts})',
    '{actor} took “{object}” back in time ({cards|contact|contacts})',
  ),
  'history.erased': kind(
    'folder',
    'warning',
    '{actor} a effacé l’historique d’un contact',
    '{actor} erased the history of a contact',
  ),

  'import.done': kind(
    'transfer',
    'notice',
    '{actor} a importé {made|contact|contacts} dans « {object} »',
    '{actor} imported {made|contact|contacts} into “{object}”',
  ),
  'import.undone': kind(
    'transfer',
    'notice',
    '{actor} a annulé un import dans « {object} »',
    '{actor} took back an import into “{object}”',
  ),
  'export.folder': kind('transfer', 'notice', '{actor} a exporté « {object} »', '{actor} exported “{object}”'),
  'export.cards': kind(
    'transfer',
    'notice',
    '{actor} a exporté {cards|contact choisi|contacts choisis}',
    '{actor} exported {cards|chosen contact|chosen contacts}',
  ),
  'export.everything': kind(
    'transfer',
    'warning',
    '{actor} a exporté tous ses dossiers ({folders})',
    '{actor} exported all their folders ({folders})',
  ),

  'person.made': kind('administration', 'notice', '{actor} a créé {object}', '{actor} made {object}'),
  'person.changed': kind('administration', 'notice', '{actor} a modifié {object}', '{actor} changed {object}'),
  'person.keptOut': kind(
    'administration',
    'warning',
    '{actor} a bloqué l’accès de {object}',
    '{actor} keeps {object} out',
  ),
  'person.letIn': kind(
    'administration',
    'notice',
    '{actor} a rétabli l’accès de {object}',
    '{actor} lets {object} in again',
  ),
  'administrator.made': kind(
    'administration',
    'warning',
    '{actor} a donné les droits d’administration à {object}',
    '{actor} made {object} an administrator',
  ),
  'administrator.ended': kind(
    'administration',
    'warning',
    '{actor} a retiré les droits d’administration à {object}',
    '{actor} took the administrator’s rights from {object}',
  ),
  'group.made': kind(
    'administration',
    'notice',
    '{actor} a créé le groupe {object}',
    '{actor} made the group {object}',
  ),
  'group.changed': kind(
    'administration',
    'notice',
    '{actor} a modifié les membres de {object} ({added} de plus, {removed} de moins)',
    '{actor} changed the members of {object} ({added} more, {removed} fewer)',
  ),
  'group.removed': kind(
    'administration',
    'notice',
    '{actor} a supprimé le groupe {object}',
    '{actor} removed the group {object}',
  ),
  'mail.retried': kind(
    'administration',
    'info',
    '{actor} a relancé l’envoi d’un courriel',
    '{actor} had a mail tried again',
  ),
  'mail.dropped': kind(
    'administration',
    'notice',
    '{actor} a abandonné un courriel en échec',
    '{actor} threw away a mail that failed',
  ),
  'directory.requested': kind(
    'administration',
    'notice',
    '{actor} a demandé la lecture de l’annuaire',
    '{actor} had the directory read',
  ),
  'directory.synced': kind(
    'administration',
    'info',
    'Annuaire lu : {written} fiches écrites, {removed} retirées',
    'The directory was read: {written} entries written, {removed} removed',
  ),
  'settings.changed': kind(
    'administration',
    'warning',
    'Réglages du serveur modifiés : {names}',
    'The settings of the server were changed: {names}',
  ),

  'audit.searched': often(
    50,
    kind('log', 'info', '{actor} a consulté le journal d’audit', '{actor} looked at the audit log'),
  ),
  'audit.exported': kind('log', 'notice', '{actor} a exporté le journal d’audit', '{actor} exported the audit log'),
  'audit.purged': kind(
    'log',
    'info',
    '{records} enregistrements du journal, plus anciens que la durée de conservation, ont été effacés',
    '{records} records of the log, older than it is kept, were erased',
  ),
} satisfies Record<string, Kind>;

/** The key of a kind. */
export type AuditKind = keyof typeof auditKinds;

/** The row of a kind; also of one that a later version wrote, and this one does not know. */
export function auditKindOf(key: string): Kind {
  const known: Readonly<Record<string, Kind>> = auditKinds;
  return Object.hasOwn(known, key) ? known[key]! : { topic: 'log', severity: 'notice', fr: key, en: key };
}
