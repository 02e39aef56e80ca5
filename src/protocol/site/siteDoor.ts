import { actorOf } from '../../core/auth/actorOf.ts';
import type { PasswordCheck } from '../../core/auth/checkPassword.ts';
import { usePasswordLink } from '../../core/administration/passwordLinks.ts';
import { consentPath, finishConsent } from '../../core/collected/mailboxConsent.ts';
import { endSession, findSession, startSession } from '../../core/auth/sessions.ts';
import type { SessionStart } from '../../core/auth/sessions.ts';
import { isEmpty, setUpAdministrator } from '../../core/auth/setUp.ts';
import { acceptGuestInvitation } from '../../core/guest/acceptGuestInvitation.ts';
import { ensureAccount } from '../../core/addressbook/ensureAccount.ts';
import type { World } from '../../core/context.ts';
import { AppError } from '../../errors.ts';
import type { Door, HttpReply, HttpRequest } from '../../lib/http/http.ts';
import { empty, json, redirect, text } from '../../lib/http/reply.ts';
import type { PasswordCost } from '../../lib/passwordHash.ts';
import { cookieNames, readCookie, sessionCookie } from './cookies.ts';
import { errorReply } from './errors.ts';
import { markDevice, readKnownDevice } from './knownDevice.ts';
import { readJson } from './readJson.ts';
import { requireOurOrigin } from './sameOrigin.ts';
import { createGuestThrottle, lookAtInvitation, readGuestChoice } from './guestRoutes.ts';
import type { GuestThrottle } from './guestRoutes.ts';
import { createWebApp } from './webApp.ts';

/** Somebody whom the sign-in page of the demonstration offers. */
export type DemoPerson = { readonly name: string; readonly email: string; readonly description: string };

/** What the sign-in page of the demonstration offers. */
export type DemoSignIns = { readonly people: readonly DemoPerson[]; readonly password: string };

/** What the site needs beside the world. */
export type SiteOptions = {
  readonly world: World;
  readonly checkPassword: PasswordCheck;
  readonly sessionDays: number;
  /** null: this is no demonstration. */
  demo(): DemoSignIns | null;
  /** People sign in by the organisation's directory: also by names that are no addresses. */
  readonly usesDirectory: boolean;
  /** The folder of the built web app. */
  readonly webFolder: string;
  readonly passwordCost?: PasswordCost | undefined;
};

type Site = SiteOptions & { readonly guesses: GuestThrottle };
type Route = (request: HttpRequest, site: Site) => Promise<HttpReply>;

const routes: Readonly<Record<string, Route>> = {
  'POST /site/sign-in': signIn,
  'POST /site/sign-out': signOut,
  'POST /site/setup': setUp,
  'POST /site/guest/look': (request, site) => lookAtInvitation(request, site.world, site.guesses),
  'POST /site/guest/accept': acceptAsGuest,
  'POST /site/password': choosePassword,
  [`GET ${consentPath}`]: endConsent,
  'GET /site/context': siteContext,
};

/** Signing in and out, the first administrator, and the web app for everything else. */
export function createSiteDoor(options: SiteOptions): Door {
  const site = { ...options, guesses: createGuestThrottle(options.world) };
  const webApp = createWebApp(site.webFolder);
  return async (request) => {
    const route = routes[`${request.method} ${request.url.pathname}`];
    if (!route && !request.url.pathname.startsWith('/site/')) return elsewhere(request, site) ?? webApp(request);
    if (!route) return text(404, 'Not found\n');
    try {
      requireOurOrigin(request, site.world.settings.publicUrl, { strict: false });
      const reply = await route(request, site);
      return { ...reply, headers: { 'Cache-Control': 'no-store', ...reply.headers } };
    } catch (error) {
      return errorReply(error);
    }
  };
}

async function signIn(request: HttpRequest, site: SiteOptions): Promise<HttpReply> {
  const { world } = site;
  const { email, password } = await readJson(request, ['email', 'password']);
  const knownDevice = readKnownDevice(world, request, email);
  const personId = await site.checkPassword({ email, password, address: request.remoteAddress, knownDevice });
  return signedIn(request, site, { id: personId, email, by: 'password' });
}

async function setUp(request: HttpRequest, site: SiteOptions): Promise<HttpReply> {
  const wanted = await readJson(request, ['token', 'name', 'email', 'password']);
  const person = await setUpAdministrator(site.world, { ...wanted, passwordCost: site.passwordCost });
  return signedIn(request, site, { id: person.id, email: wanted.email, by: 'setupLink' });
}

/** A guest comes by their personal link, and is signed in with what they chose. */
async function acceptAsGuest(request: HttpRequest, site: Site): Promise<HttpReply> {
  const choice = await readGuestChoice(request);
  const accepted = await site.guesses.try(request, () =>
    acceptGuestInvitation(site.world, { ...choice, passwordCost: site.passwordCost }),
  );
  return signedIn(request, site, { id: accepted.guestId, email: accepted.email, by: 'guestLink' });
}

/** The provider sends somebody back who was asked for their consent (RFC 6749 §4.1.2); only the same browser counts. */
async function endConsent(request: HttpRequest, { world, sessionDays }: Site): Promise<HttpReply> {
  const { publicUrl } = world.settings;
  const { searchParams } = request.url;
  const secret = readCookie(request, cookieNames(publicUrl).session);
  const personId = secret && (await findSession(world, secret, sessionDays));
  const back = (outcome: string) => redirect(303, `${publicUrl}/preferences/collecting?consent=${outcome}`);
  if (!personId) return back('refused');
  const actor = await actorOf(world, personId, request.headers['accept-language']);
  try {
    await finishConsent({ ...world, actor }, searchParams.get('state') ?? '', searchParams.get('code') ?? '');
    return back('given');
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return back(error.kind === 'unavailable' ? 'unavailable' : 'refused');
  }
}

/** Somebody has chosen a password by a link that an administrator gave them. */
async function choosePassword(request: HttpRequest, site: Site): Promise<HttpReply> {
  const { token, password } = await readJson(request, ['token', 'password']);
  const person = await site.guesses.try(request, () => usePasswordLink(site.world, token, password, site.passwordCost));
  return signedIn(request, site, { ...person, by: 'passwordLink' });
}

type SignedIn = { readonly id: string; readonly email: string; readonly by: SessionStart['by'] };

async function signedIn(request: HttpRequest, site: SiteOptions, { id, email, by }: SignedIn): Promise<HttpReply> {
  const { world, sessionDays: days } = site;
  const { remoteAddress: address } = request;
  const { publicUrl } = world.settings;
  // The session that this browser had, perhaps somebody else's, ends.
  const earlier = readCookie(request, cookieNames(publicUrl).session);
  if (earlier) await endSession(world, earlier, address);
  await ensureAccount({ ...world, actor: await actorOf(world, id, request.headers['accept-language']) });
  const secret = await startSession(world, id, { days, by, address });
  return empty(204, {
    'Set-Cookie': [sessionCookie(publicUrl, secret, days), markDevice(world, request, email)],
  });
}

async function signOut(request: HttpRequest, { world }: SiteOptions): Promise<HttpReply> {
  const { publicUrl } = world.settings;
  const secret = readCookie(request, cookieNames(publicUrl).session);
  if (secret) await endSession(world, secret, request.remoteAddress);
  // Photos stay in the browser's cache for long; who comes after must not find them there.
  return empty(204, { 'Set-Cookie': sessionCookie(publicUrl, '', 0), 'Clear-Site-Data': '"cache"' });
}

/** What a page needs before somebody has signed in; a session that is used has its cookie prolonged on the way. */
async function siteContext(request: HttpRequest, site: SiteOptions): Promise<HttpReply> {
  const { world, sessionDays } = site;
  const { publicUrl, organisation } = world.settings;
  const secret = readCookie(request, cookieNames(publicUrl).session);
  const signedIn = secret !== undefined && (await findSession(world, secret, sessionDays)) !== undefined;
  // Whoever comes in by the directory needs no first account.
  const setup = !site.usesDirectory && (await isEmpty(world.db));
  const cookie = signedIn ? { 'Set-Cookie': sessionCookie(publicUrl, secret, sessionDays) } : {};
  const { usesDirectory } = site;
  return json(200, { organisation, demo: site.demo(), signedIn, setup, publicUrl, usesDirectory }, cookie);
}

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * `localhost` and `127.0.0.1` are one place but two origins: a page opened under the other name than the one in the
 * settings could neither reach the API nor share its session with the links in mails.
 */
function elsewhere(request: HttpRequest, { world }: SiteOptions): HttpReply | null {
  const ours = new URL(world.settings.publicUrl);
  const asked = URL.parse(`http://${request.headers.host ?? ''}`);
  if (!asked || asked.host === ours.host || asked.port !== ours.port || request.method !== 'GET') return null;
  if (!loopbackNames.has(ours.hostname) || !loopbackNames.has(asked.hostname)) return null;
  return redirect(307, `${ours.origin}${request.url.pathname}${request.url.search}`);
}
