import type { Methods } from './engine/define.ts';
import { addressBookChanges, addressBookGet, addressBookSet } from './types/AddressBook.ts';
import { appPasswordGet, appPasswordSet } from './types/AppPassword.ts';
import { blobCopy, blobLookup } from './types/Blob.ts';
import { blobGet } from './types/BlobGet.ts';
import { blobUpload } from './types/BlobUpload.ts';
import { cardActivityGet, cardActivityQuery } from './types/history/CardActivity.ts';
import {
  addressBookRewind,
  cardVersionErase,
  cardVersionGet,
  cardVersionQuery,
  cardVersionRestore,
  cardVersionUndo,
} from './types/history/CardVersion.ts';
import {
  contactCardChanges,
  contactCardGet,
  contactCardQuery,
  contactCardQueryChanges,
  contactCardSet,
} from './types/ContactCard.ts';
import { contactCardCopy } from './types/ContactCardCopy.ts';
import { contactCardExport } from './types/transfer/ContactCardExport.ts';
import { contactCardParse } from './types/ContactCardParse.ts';
import { cardLinkChanges, cardLinkGet, cardLinkSet } from './types/personal/CardLink.ts';
import {
  contactImportChanges,
  contactImportGet,
  contactImportPreview,
  contactImportReport,
  contactImportSet,
} from './types/transfer/ContactImport.ts';
import { contactImportFetchZimbra, contactImportPreviewZimbra } from './types/transfer/ZimbraAccount.ts';
import { coreEcho } from './types/Core.ts';
import { auditRecordGet, auditRecordQuery } from './types/administration/AuditRecord.ts';
import { directoryStatusGet, directoryStatusRead } from './types/administration/DirectoryStatus.ts';
import { duplicateGet, duplicateQuery, duplicateSet } from './types/duplicates/Duplicate.ts';
import { mergeGet, mergeQuery, mergeSet, mergeUndo } from './types/duplicates/Merge.ts';
import { heldMailGet, heldMailRetry, heldMailSet } from './types/administration/HeldMail.ts';
import {
  managedPrincipalCreatePasswordLink,
  managedPrincipalGet,
  managedPrincipalGiveFolders,
  managedPrincipalQuery,
  managedPrincipalSet,
  managedPrincipalSetPassword,
} from './types/administration/ManagedPrincipal.ts';
import { keywordQuery } from './types/Keyword.ts';
import {
  preferencesBeginMailboxConsent,
  preferencesGet,
  preferencesSet,
  preferencesTestSentMailbox,
} from './types/Preferences.ts';
import { privateNoteChanges, privateNoteGet, privateNoteQuery, privateNoteSet } from './types/personal/PrivateNote.ts';
import {
  principalChanges,
  principalGet,
  principalQuery,
  principalQueryChanges,
  principalSet,
} from './types/Principal.ts';
import { pushSubscriptionGet, pushSubscriptionSet } from './types/PushSubscription.ts';
import { quotaChanges, quotaGet, quotaQuery, quotaQueryChanges } from './types/Quota.ts';
import { shareChanges, shareGet, shareQuery, shareResend, shareSet } from './types/Share.ts';
import { shareInvitationChanges, shareInvitationGet, shareInvitationSet } from './types/ShareInvitation.ts';
import {
  shareNotificationChanges,
  shareNotificationGet,
  shareNotificationQuery,
  shareNotificationQueryChanges,
  shareNotificationSet,
} from './types/ShareNotification.ts';
import { suggestionQuery } from './types/Suggestion.ts';
import { accessRequestChanges, accessRequestGet, accessRequestSet } from './types/requests/AccessRequest.ts';
import { folderHandoverChanges, folderHandoverGet, folderHandoverSet } from './types/requests/FolderHandover.ts';
import { listedFolderQuery } from './types/requests/ListedFolder.ts';
import {
  trashItemChanges,
  trashItemEmpty,
  trashItemGet,
  trashItemQuery,
  trashItemRestore,
  trashItemSet,
} from './types/TrashItem.ts';

/** Every method of this server by its name. */
export const methods: Methods = {
  'Core/echo': coreEcho,
  'PushSubscription/get': pushSubscriptionGet,
  'PushSubscription/set': pushSubscriptionSet,

  'Blob/copy': blobCopy,
  'Blob/get': blobGet,
  'Blob/upload': blobUpload,
  'Blob/lookup': blobLookup,

  'AddressBook/get': addressBookGet,
  'AddressBook/changes': addressBookChanges,
  'AddressBook/set': addressBookSet,
  'AddressBook/rewind': addressBookRewind,

  'ContactCard/get': contactCardGet,
  'ContactCard/changes': contactCardChanges,
  'ContactCard/query': contactCardQuery,
  'ContactCard/queryChanges': contactCardQueryChanges,
  'ContactCard/set': contactCardSet,
  'ContactCard/copy': contactCardCopy,
  'ContactCard/parse': contactCardParse,
  'ContactCard/export': contactCardExport,
  'Keyword/query': keywordQuery,

  'CardVersion/get': cardVersionGet,
  'CardVersion/query': cardVersionQuery,
  'CardVersion/restore': cardVersionRestore,
  'CardVersion/undo': cardVersionUndo,
  'CardVersion/erase': cardVersionErase,

  'CardActivity/get': cardActivityGet,
  'CardActivity/query': cardActivityQuery,

  'PrivateNote/get': privateNoteGet,
  'PrivateNote/changes': privateNoteChanges,
  'PrivateNote/set': privateNoteSet,
  'PrivateNote/query': privateNoteQuery,

  'CardLink/get': cardLinkGet,
  'CardLink/changes': cardLinkChanges,
  'CardLink/set': cardLinkSet,

  'Quota/get': quotaGet,
  'Quota/changes': quotaChanges,
  'Quota/query': quotaQuery,
  'Quota/queryChanges': quotaQueryChanges,

  'Principal/get': principalGet,
  'Principal/changes': principalChanges,
  'Principal/set': principalSet,
  'Principal/query': principalQuery,
  'Principal/queryChanges': principalQueryChanges,

  'ShareNotification/get': shareNotificationGet,
  'ShareNotification/changes': shareNotificationChanges,
  'ShareNotification/set': shareNotificationSet,
  'ShareNotification/query': shareNotificationQuery,
  'ShareNotification/queryChanges': shareNotificationQueryChanges,

  'Share/get': shareGet,
  'Share/changes': shareChanges,
  'Share/set': shareSet,
  'Share/query': shareQuery,
  'Share/resend': shareResend,

  'ShareInvitation/get': shareInvitationGet,
  'ShareInvitation/changes': shareInvitationChanges,
  'ShareInvitation/set': shareInvitationSet,

  'FolderHandover/get': folderHandoverGet,
  'FolderHandover/changes': folderHandoverChanges,
  'FolderHandover/set': folderHandoverSet,

  'ListedFolder/query': listedFolderQuery,

  'AccessRequest/get': accessRequestGet,
  'AccessRequest/changes': accessRequestChanges,
  'AccessRequest/set': accessRequestSet,

  'TrashItem/get': trashItemGet,
  'TrashItem/changes': trashItemChanges,
  'TrashItem/set': trashItemSet,
  'TrashItem/query': trashItemQuery,
  'TrashItem/empty': trashItemEmpty,
  'TrashItem/restore': trashItemRestore,

  'ContactImport/get': contactImportGet,
  'ContactImport/changes': contactImportChanges,
  'ContactImport/set': contactImportSet,
  'ContactImport/preview': contactImportPreview,
  'ContactImport/report': contactImportReport,
  'ContactImport/previewZimbra': contactImportPreviewZimbra,
  'ContactImport/fetchZimbra': contactImportFetchZimbra,

  'Duplicate/get': duplicateGet,
  'Duplicate/query': duplicateQuery,
  'Duplicate/set': duplicateSet,

  'Merge/get': mergeGet,
  'Merge/query': mergeQuery,
  'Merge/set': mergeSet,
  'Merge/undo': mergeUndo,

  'Suggestion/query': suggestionQuery,

  'Preferences/get': preferencesGet,
  'Preferences/set': preferencesSet,
  'Preferences/testSentMailbox': preferencesTestSentMailbox,
  'Preferences/beginMailboxConsent': preferencesBeginMailboxConsent,

  'AppPassword/get': appPasswordGet,
  'AppPassword/set': appPasswordSet,

  'ManagedPrincipal/get': managedPrincipalGet,
  'ManagedPrincipal/set': managedPrincipalSet,
  'ManagedPrincipal/query': managedPrincipalQuery,
  'ManagedPrincipal/setPassword': managedPrincipalSetPassword,
  'ManagedPrincipal/createPasswordLink': managedPrincipalCreatePasswordLink,
  'ManagedPrincipal/giveFolders': managedPrincipalGiveFolders,

  'AuditRecord/get': auditRecordGet,
  'AuditRecord/query': auditRecordQuery,

  'DirectoryStatus/get': directoryStatusGet,
  'DirectoryStatus/read': directoryStatusRead,

  'HeldMail/get': heldMailGet,
  'HeldMail/set': heldMailSet,
  'HeldMail/retry': heldMailRetry,
};
