import { createHash, randomBytes } from 'node:crypto';
import { AppError } from '../../errors.ts';
import { MailboxError } from '../../lib/mail/mailboxError.ts';
import { hashSecret, newSecret } from '../../lib/ids.ts';
import { transact } from '../change/transact.ts';
import type { Context, World } from '../context.ts';
import { requireUnlimited } from '../scope.ts';
import { sealedFor } from './sentMailbox.ts';
import type { OAuthProvider, SentMail } from './sentMailboxReader.ts';

const validMinutes = 15;

/** The path to which the provider sends people back. */
export const consentPath = '/site/mailbox-consent';

/**
 * Begins a consent (RFC 6749 §4.1, RFC 7636): where the person has to go. Only the browser of the same person can end
 * it, once, within a quarter of an hour. Errors: `unavailable` where there is no provider; `forbidden` by a limited app password.
 */
export async function beginConsent(context: Context): Promise<string> {
  requireUnlimited(context);
  const { provider, seal } = requireProvider(context);
  const { principalId } = context.actor;
  const state = newSecret();
  const verifier = randomBytes(32).toString('base64url');
  const now = context.now();
  const row = {
    state_hash: hashSecret(state),
    principal_id: principalId,
    sealed_verifier: seal.close(verifier, `consent ${principalId}`),
    expires_at: new Date(now.getTime() + validMinutes * 60_000).toISOString(),
  };
  const person = await transact(context, async (tx) => {
    const { build } = tx;
    await tx.run(build.deleteFrom('oauth_attempt').where('expires_at', '<=', now.toISOString()));
    await tx.run(build.deleteFrom('oauth_attempt').where('principal_id', '=', principalId));
    await tx.run(build.insertInto('oauth_attempt').values(row));
    return tx.first(build.selectFrom('principal').select('email').where('id', '=', principalId));
  });
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  return provider.consentUrl({ state, challenge, redirectUri: redirectUri(context), hint: person?.email ?? '' });
}

/**
 * Ends a consent: the folder of sent mail is read from now on. Errors: `forbidden` (consentRefused) when it is somebody
 * else's, has ended or was used, or the provider refuses it; `unavailable` when the provider does not answer.
 */
export async function finishConsent(context: Context, state: string, code: string): Promise<void> {
  const { provider, seal, sentMail } = requireProvider(context);
  const { principalId } = context.actor;
  const verifier = await takeAttempt(context, state, (sealed) => seal.open(sealed, `consent ${principalId}`));
  const tokens = await provider
    .exchange({ code, verifier, redirectUri: redirectUri(context) })
    .catch((error: unknown) => Promise.reject(asAppError(error)));
  if (tokens.refreshToken === undefined) throw refused();
  const username = tokens.username ?? (await ownAddress(context));
  const { host, port } = provider;
  const { sent } = await sentMail.reader
    .probe({ host, port, username, accessToken: tokens.accessToken })
    .catch((error: unknown) => Promise.reject(asAppError(error)));
  const row = {
    host,
    port,
    username,
    sealed_password: seal.close(tokens.refreshToken, sealedFor(principalId, { host, port, username })),
    mailbox: sent ?? 'INBOX',
    auth: 'oauth' as const,
    uid_validity: null,
    last_uid: 0,
    last_read_at: null,
    last_error: sent === null ? 'noMailbox' : null,
    failures: 0,
    next_read_at: context.now().toISOString(),
  };
  await transact(context, async (tx) => {
    const insert = tx.build.insertInto('sent_mailbox').values({ principal_id: principalId, ...row });
    await tx.run(insert.onConflict((conflict) => conflict.column('principal_id').doUpdateSet(row)));
    tx.changed({ accountId: principalId, type: 'Preferences', id: 'singleton', kind: 'updated' });
  });
}

/** An attempt is good for one answer, whatever comes of it. */
async function takeAttempt(context: Context, state: string, open: (sealed: string) => string): Promise<string> {
  const hash = hashSecret(state);
  const row = await transact(context, async (tx) => {
    const { build } = tx;
    const mine = build.selectFrom('oauth_attempt').selectAll().where('state_hash', '=', hash);
    const found = await tx.first(mine.where('principal_id', '=', context.actor.principalId));
    if (found) await tx.run(build.deleteFrom('oauth_attempt').where('state_hash', '=', hash));
    return found;
  });
  if (!row || row.expires_at <= context.now().toISOString()) throw refused();
  return open(row.sealed_verifier);
}

async function ownAddress({ db, actor }: Context): Promise<string> {
  const row = await db.first(db.build.selectFrom('principal').select('email').where('id', '=', actor.principalId));
  if (!row?.email) throw refused();
  return row.email;
}

function redirectUri({ settings }: World): string {
  return `${settings.publicUrl}${consentPath}`;
}

function requireProvider({ sentMail, actor }: Context): {
  readonly provider: OAuthProvider;
  readonly seal: SentMail['seal'];
  readonly sentMail: SentMail;
} {
  if (!sentMail?.provider || actor.isGuest) throw new AppError('unavailable', 'There is no provider to consent at');
  return { provider: sentMail.provider, seal: sentMail.seal, sentMail };
}

function refused(): AppError {
  return new AppError('forbidden', 'This consent has ended, or was refused', { reason: 'consentRefused' });
}

function asAppError(error: unknown): unknown {
  if (!(error instanceof MailboxError)) return error;
  return error.problem === 'loginRefused' ? refused() : new AppError('unavailable', `The mailbox: ${error.problem}`);
}
