import type { Context } from '../../core/context.ts';
import { sharedBooks, visibleBooks } from '../../core/sharing/access.ts';
import { directoryAccountId } from '../../core/sharing/directoryAccount.ts';
import { isReadOnly } from '../../core/sharing/rights.ts';
import { historyDays } from '../../core/version/purgeVersions.ts';
import type { JsonObject } from '../../lib/json.ts';
import { maxBlobSize } from '../../core/blob/putBlob.ts';
import { capability, principalsOwner } from './capabilities.ts';
import { digestAlgorithms, lookupTypes, maxDataSources } from './types/blobTables.ts';

/** An account as the session and the Principals show it (RFC 8620 §2). */
export type Account = {
  readonly name: string;
  readonly isPersonal: boolean;
  readonly isReadOnly: boolean;
  readonly accountCapabilities: Readonly<Record<string, JsonObject>>;
};

/** How an account looks to the person who asks. */
export function accountFor(
  context: Context,
  account: { readonly id: string; readonly name: string; readonly isReadOnly: boolean },
): Account {
  const { actor, settings } = context;
  if (account.id === directoryAccountId) return { name: account.name, isPersonal: false, ...directoryFacts };
  const isPersonal = account.id === actor.principalId;
  return {
    name: account.name,
    isPersonal,
    isReadOnly: account.isReadOnly,
    accountCapabilities: {
      // In another's account a folder can only be made below a shared one: nothing that RFC 9610 could express.
      [capability.contacts]: {
        maxAddressBooksPerCard: 1,
        mayCreateAddressBook: isPersonal && !actor.isGuest && actor.scope === undefined,
      },
      [capability.parse]: {},
      [capability.blob]: {
        maxSizeBlobSet: maxBlobSize,
        maxDataSources,
        supportedTypeNames: Object.keys(lookupTypes),
        supportedDigestAlgorithms: Object.keys(digestAlgorithms),
      },
      // How much another keeps in folders that one may not read is not one's business.
      ...(isPersonal ? { [capability.quota]: {} } : {}),
      ...(isPersonal ? { [capability.principals]: { currentUserPrincipalId: actor.principalId } } : {}),
      [principalsOwner]: { accountIdForPrincipal: actor.principalId, principalId: account.id },
      // Of one's own account: whether one is a guest, who has nothing but what is shared.
      [capability.vendor]: {
        trashDays: settings.trashDays,
        historyDays: historyDays(context),
        ...(isPersonal ? { isGuest: actor.isGuest === true } : {}),
      },
    },
  };
}

/** Whether nothing can be changed in the person's own account: a guest's, or by an app password that is made so. */
export async function isOwnReadOnly(context: Context): Promise<boolean> {
  const { scope, principalId, isGuest } = context.actor;
  if (isGuest) return true;
  if (!scope) return false;
  if (!scope.mayWrite) return true;
  return (await visibleBooks(context.db, context, principalId)).every(({ rights }) => isReadOnly(rights));
}

/** Of « Annuaire » one reads cards, and nothing else. */
const directoryFacts = {
  isReadOnly: true,
  accountCapabilities: {
    [capability.contacts]: { maxAddressBooksPerCard: 1, mayCreateAddressBook: false },
    [capability.vendor]: { isDirectory: true },
  },
} as const;

/** The accounts of others with a folder that the person may read, also before accepting it; true: nothing in them may be changed. */
export async function readableAccounts(context: Context): Promise<ReadonlyMap<string, boolean>> {
  const readable = (await sharedBooks(context.db, context)).filter(({ rights }) => rights.mayRead);
  const byAccount = Map.groupBy(readable, ({ book }) => book.account_id);
  return new Map([...byAccount].map(([id, books]) => [id, books.every(({ rights }) => isReadOnly(rights))]));
}
