import { setting } from './setting.ts';
import { text } from './values.ts';

/** One mail provider whose mailboxes people open by consent (OAuth 2.0); see docs/operation/collecting.md. */
export const oauthSettings = {
  oauthName: setting(
    'COTERIE_OAUTH_NAME',
    'Mail',
    text,
    'The name of the mail provider at which people give their consent, for example `Microsoft 365`.',
  ),
  oauthAuthorizeUrl: setting(
    'COTERIE_OAUTH_AUTHORIZE_URL',
    '',
    endpoint,
    'The provider’s authorization endpoint (OAuth 2.0), where people consent to their folder of sent mail being read; without it nobody is asked for consent.',
  ),
  oauthTokenUrl: setting('COTERIE_OAUTH_TOKEN_URL', '', endpoint, 'The provider’s token endpoint.'),
  oauthClientId: setting('COTERIE_OAUTH_CLIENT_ID', '', text, 'The id under which Coterie is registered there.'),
  oauthClientSecretFile: setting(
    'COTERIE_OAUTH_CLIENT_SECRET_FILE',
    '',
    text,
    'A file that contains the secret of that registration; without it there is none (a public client with PKCE).',
  ),
  oauthScope: setting(
    'COTERIE_OAUTH_SCOPE',
    '',
    text,
    'The scopes to consent to, separated by spaces, for example `openid email offline_access https://outlook.office.com/IMAP.AccessAsUser.All`.',
  ),
  oauthImap: setting(
    'COTERIE_OAUTH_IMAP',
    '',
    server,
    'The IMAP server of that provider, for example `outlook.office365.com`; port 993 unless another is named.',
  ),
};

function endpoint(value: string): string | null {
  if (value === '') return null;
  const url = URL.parse(value);
  const isLocal = url?.hostname === '127.0.0.1' || url?.hostname === 'localhost';
  if (url && (url.protocol === 'https:' || (url.protocol === 'http:' && isLocal))) return value;
  throw new Error(`must be an address that begins with https://, not "${value}"`);
}

function server(value: string): { readonly host: string; readonly port: number } | null {
  if (value === '') return null;
  const match = /^([a-z\d](?:[a-z\d.-]*[a-z\d])?)(?::(\d{1,5}))?$/iu.exec(value);
  const port = Number(match?.[2] ?? 993);
  if (match && port > 0 && port < 65_536) return { host: match[1]!.toLowerCase(), port };
  throw new Error(`must be the name of a server, such as imap.example.org or imap.example.org:993, not "${value}"`);
}
