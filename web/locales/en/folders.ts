import type { folders as French } from '../fr/folders.ts';
import { pluralIn } from '../plural.ts';

const plural = pluralIn('en');

/** The left pane, its menus and its dialogs. */
export const folders: typeof French = {
  heading: 'Contact Lists',
  contacts: 'Contacts',
  collected: 'Emailed Contacts',
  directory: 'Directory',
  trash: 'Trash',
  tree: 'Contacts folders',
  actionsOf: (name) => `Actions for “${name}”`,
  newFolder: 'New Contacts Folder',
  share: 'Share Contacts Folder',
  importCards: 'Import…',
  exportCards: 'Export…',
  remove: 'Delete',
  rename: 'Rename Folder',
  move: 'Move Folder',
  properties: 'Edit Properties',
  activity: 'Activity',
  expandAll: 'Expand All',
  manageShares: 'Manage Shares',
  emptyTrash: 'Empty Trash',
  createTitle: 'Create New Contacts Folder',
  name: 'Name',
  newName: 'New name',
  moveTitle: 'Move Folder',
  place: 'Location',
  placeTop: 'Top level',
  errors: {
    nameEmpty: 'You must specify a value for the name.',
    nameTooLong: (max) => `The name must be at most ${max} characters long.`,
    nameInvalid: 'The name cannot contain “/”, “:” or straight double quotes.',
    nameReserved: 'That folder name is reserved. Please use another name.',
    nameTaken: (name) => `A folder named “${name}” already exists. Please use a different name.`,
  },
  useProposal: (name) => `Use “${name}”`,
  created: (name) => `Folder “${name}” created`,
  renamed: (name) => `Folder renamed to “${name}”`,
  deleted: (name) => `Folder “${name}” moved to Trash`,
  left: (name) => `You no longer follow “${name}”. Its owner’s folder is untouched.`,
  restored: (name) => `Folder “${name}” restored`,
  moved: (name, place) => `Folder “${name}” moved to “${place}”`,
  movedTop: (name) => `Folder “${name}” moved to the top level`,
  emptyTrashTitle: 'Empty Trash',
  emptyTrashQuestion: (n) =>
    `${plural(n, { one: '# item', other: '# items' })} will be deleted permanently. Only your own trash is concerned. The activity of a folder can still bring its contacts back while the history is kept.`,
  emptyTrashPlain:
    'Everything in your trash will be deleted permanently. Only your own trash is concerned. The activity of a folder can still bring its contacts back while the history is kept.',
  trashEmptied: 'Trash emptied.',
  sharedBy: (owner, role) => `Shared by ${owner} · ${role}`,
  sharedByMe: (n) => plural(n, { one: 'Shared with # person or group', other: 'Shared with # people or groups' }),
  cardNoun: (n) => plural(n, { one: 'contact', other: 'contacts' }),
  itemNoun: (n) => plural(n, { one: 'item', other: 'items' }),
  loadFailed: 'The folders could not be loaded.',
};
