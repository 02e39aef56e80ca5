import { createHash } from 'node:crypto';
import { colors } from '../../core/addressbook/colors.ts';
import type { Context } from '../../core/context.ts';
import { directoryAccount } from '../../core/directorybook/directoryBook.ts';
import { findPrincipals } from '../../core/principal/findPrincipals.ts';
import { maxSharesPerBook } from '../../core/share/createShare.ts';
import { isAllowed, mostDays } from '../../core/share/outside.ts';
import { sessionAccounts } from '../../core/sharing/sessionAccounts.ts';
import { isAdministrator } from '../../core/sharing/administrator.ts';
import type { JsonObject } from '../../lib/json.ts';
import { accountFor, isOwnReadOnly } from './accounts.ts';
import type { Account } from './accounts.ts';
import { capability, limits } from './capabilities.ts';

/** What a client needs to know first: RFC 8620 §2. */
export type Session = {
  readonly capabilities: Readonly<Record<string, object>>;
  readonly accounts: Readonly<Record<string, Account>>;
  readonly primaryAccounts: Readonly<Record<string, string>>;
  readonly username: string;
  readonly apiUrl: string;
  readonly downloadUrl: string;
  readonly uploadUrl: string;
  readonly eventSourceUrl: string;
  readonly state: string;
};

const standardCapabilities = {
  [capability.core]: { ...limits, collationAlgorithms: [] },
  [capability.contacts]: {},
  [capability.principals]: {},
  [capability.parse]: {},
  [capability.blob]: {},
  [capability.quota]: {},
};

/** Those for which a person's own account is the first to turn to: RFC 8620 §2. */
const primaryFor = [
  capability.contacts,
  capability.parse,
  capability.principals,
  capability.blob,
  capability.quota,
  capability.vendor,
];

function capabilitiesOf(context: Context): Session['capabilities'] {
  const { settings } = context;
  const roles = ['none', 'viewer', 'contributor', 'manager', 'admin'];
  return {
    ...standardCapabilities,
    [capability.webSocket]: { url: `${settings.publicUrl.replace(/^http/u, 'ws')}/jmap/ws`, supportsPush: true },
    ...(settings.vapidPublicKey === undefined
      ? {}
      : { [capability.webPush]: { applicationServerKey: settings.vapidPublicKey } }),
    [capability.vendor]: {
      roles,
      colors,
      maxSharesPerAddressBook: maxSharesPerBook(context),
      sendsMail: settings.mailEnabled,
      composeUrl: settings.composeUrl ?? null,
      // Guests own nothing that could move in.
      zimbraUrl: context.actor.isGuest ? null : (context.zimbra?.url ?? null),
      ...outsideOf(context),
    },
  };
}

/** What may be shared with people outside, and for how many days at most; null: as long as one likes. */
function outsideOf(context: Context): JsonObject {
  return {
    mayShareWithGuests: isAllowed(context, 'guest') && context.settings.mailEnabled,
    maySharePublicly: isAllowed(context, 'public'),
    maxGuestDays: mostDays(context, 'guest'),
    maxPublicDays: mostDays(context, 'public'),
  };
}

/** The session of the person who asks; its state is the hash of what it says. */
export async function sessionOf(context: Context): Promise<Session> {
  const { actor, settings } = context;
  const [person] = await findPrincipals(context, [actor.principalId]);
  const own = { id: actor.principalId, name: person?.name ?? '', isReadOnly: await isOwnReadOnly(context) };
  const directory = await directoryAccount(context);
  const administrates = await isAdministrator(context.db, context);
  const all = [own, ...(await sessionAccounts(context)), ...(directory ? [directory] : [])];
  const primary = primaryFor.map((uri) => [uri, actor.principalId]);
  const session = {
    capabilities: capabilitiesOf(context),
    accounts: Object.fromEntries(
      all.map((account) => [account.id, withAdministration(accountFor(context, account), administrates)]),
    ),
    primaryAccounts: Object.fromEntries(primary) as Record<string, string>,
    username: person?.email ?? '',
    apiUrl: `${settings.publicUrl}/jmap/api`,
    downloadUrl: `${settings.publicUrl}/jmap/download/{accountId}/{blobId}/{name}?accept={type}`,
    uploadUrl: `${settings.publicUrl}/jmap/upload/{accountId}`,
    eventSourceUrl: `${settings.publicUrl}/jmap/eventsource?types={types}&closeafter={closeafter}&ping={ping}`,
  };
  const state = createHash('sha256').update(JSON.stringify(session)).digest('base64url').slice(0, 16);
  return { ...session, state };
}

/** One's own account says whether one administers this server: clients show what is for administrators alone. */
function withAdministration(account: Account, isAdministrator: boolean): Account {
  if (!account.isPersonal || !isAdministrator) return account;
  const { accountCapabilities } = account;
  const vendor = { ...accountCapabilities[capability.vendor], isAdministrator };
  return { ...account, accountCapabilities: { ...accountCapabilities, [capability.vendor]: vendor } };
}
