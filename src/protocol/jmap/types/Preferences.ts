import { listForgotten, setForgotten } from '../../../core/collected/forget.ts';
import { beginConsent } from '../../../core/collected/mailboxConsent.ts';
import { getSentMailbox, setSentMailbox, testSentMailbox } from '../../../core/collected/sentMailbox.ts';
import type { WantedSentMailbox } from '../../../core/collected/sentMailbox.ts';
import { getLayout, setLayout } from '../../../core/preferences/layout.ts';
import { getMailChoices, mailKinds, setMailChoices } from '../../../core/preferences/mailChoices.ts';
import type { MailChoices } from '../../../core/preferences/mailChoices.ts';
import { listKeywordColors, setKeywordColors } from '../../../core/card/keywordColors.ts';
import { getPreferences, setPreferences } from '../../../core/preferences/preferences.ts';
import type { Preferences } from '../../../core/preferences/preferences.ts';
import { stateOf } from '../../../core/sync/states.ts';
import type { Context } from '../../../core/context.ts';
import { AppError, invalid, notFound } from '../../../errors.ts';
import { isObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { capability } from '../capabilities.ts';
import { requireAccount } from '../engine/define.ts';
import type { Method, Properties, TypeTable } from '../engine/define.ts';
import { getMethod } from '../engine/getMethod.ts';
import { setMethod } from '../engine/setMethod.ts';

const singleton = 'singleton';

const properties = {
  id: { serverSet: true },
  language: { default: null },
  theme: { default: null },
  collects: { default: true },
  mails: { default: {} },
  forgottenAddresses: { default: {} },
  keywordColors: { default: {} },
  layout: { default: {} },
  sentMailbox: { default: null },
  mayNameSentMailbox: { serverSet: true },
  consentAt: { serverSet: true },
} satisfies Properties;

const common: TypeTable = {
  type: 'Preferences',
  capability: capability.vendor,
  account: 'own',
  state: (call, accountId) => stateOf(call.context, accountId, 'Preferences'),
};

const allowed = {
  language: ['fr', 'en', null],
  theme: ['light', 'dark', null],
  collects: [true, false],
} as const satisfies { readonly [P in keyof Preferences]: readonly Preferences[P][] };

const choices = Object.keys(allowed) as (keyof Preferences)[];

/** Preferences/get: docs/jmap-extension.md. */
export const preferencesGet = getMethod({
  ...common,
  properties,
  load: async (call, _accountId, ids) =>
    ids === null || ids.includes(singleton) ? [await preferencesOf(call.context)] : [],
});

/** Preferences/set. */
export const preferencesSet = setMethod({
  ...common,
  properties,
  singleton: true,
  async update({ call }, id, patch) {
    if (id !== singleton) throw notFound('preferences');
    const { context } = call;
    const { next, changed } = patch.apply(await preferencesOf(context));
    const wrong = choices.filter((name) => !(allowed[name] as readonly unknown[]).includes(next[name]));
    if (wrong.length > 0) throw new AppError('invalid', 'Not one of the choices', { properties: wrong });
    if (choices.some((name) => changed.has(name))) {
      const { language, theme, collects } = next;
      await setPreferences(context, { language, theme, collects } as Preferences);
    }
    if (changed.has('mails')) await setMailChoices(context, readMails(next['mails']!));
    if (changed.has('forgottenAddresses')) await setForgotten(context, readAddresses(next['forgottenAddresses']!));
    if (changed.has('keywordColors')) await setKeywordColors(context, readColors(next['keywordColors']!));
    if (changed.has('layout')) await setLayout(context, readLayout(next['layout']!));
    if (!changed.has('sentMailbox')) return null;
    await setSentMailbox(context, next['sentMailbox'] === null ? null : readMailbox(next['sentMailbox']));
    return { sentMailbox: (await getSentMailbox(context)) as JsonObject | null };
  },
});

/** Preferences/testSentMailbox: tries a mailbox before it is named. */
export const preferencesTestSentMailbox: Method = {
  capability: capability.vendor,
  arguments: ['accountId', 'sentMailbox'],
  async run(call, args) {
    const accountId = await requireAccount(call, args, 'own');
    const wanted = readMailbox({ mailbox: 'INBOX', ...args.optionalObject('sentMailbox') });
    return { accountId, ...(await testSentMailbox(call.context, wanted)) };
  },
};

/** Preferences/beginMailboxConsent: where the person goes to consent to their folder of sent mail being read. */
export const preferencesBeginMailboxConsent: Method = {
  capability: capability.vendor,
  arguments: ['accountId'],
  async run(call, args) {
    const accountId = await requireAccount(call, args, 'own');
    return { accountId, url: await beginConsent(call.context) };
  },
};

async function preferencesOf(context: Context): Promise<JsonObject> {
  const forgotten = await listForgotten(context);
  return {
    id: singleton,
    ...(await getPreferences(context)),
    mails: await getMailChoices(context),
    forgottenAddresses: Object.fromEntries(forgotten.map((address) => [address, true])),
    keywordColors: await listKeywordColors(context),
    layout: await getLayout(context),
    sentMailbox: (await getSentMailbox(context)) as JsonObject | null,
    mayNameSentMailbox: context.sentMail !== undefined && !context.actor.isGuest,
    consentAt: (!context.actor.isGuest && context.sentMail?.provider?.name) || null,
  };
}

/** What is left out is wanted. */
function readMails(value: Json): MailChoices {
  const isRight =
    isObject(value) &&
    Object.entries(value).every(
      ([kind, wants]) => mailKinds.some((each) => each === kind) && typeof wants === 'boolean',
    );
  if (!isRight) throw invalid('mails', `mails is an object of ${mailKinds.join(', ')} and Booleans`);
  return { created: true, modified: true, ended: true, answered: true, asked: true, ...value };
}

/** RFC 8620 §5.3 gives sets as objects of `true`, so that one can be patched in. */
function readAddresses(value: Json): string[] {
  if (!isObject(value) || Object.values(value).some((one) => one !== true))
    throw invalid('forgottenAddresses', 'forgottenAddresses is an object of addresses and true');
  return Object.keys(value);
}

function readColors(value: Json): Readonly<Record<string, string>> {
  if (!isObject(value) || Object.values(value).some((color) => typeof color !== 'string'))
    throw invalid('keywordColors', 'keywordColors is an object of keywords and colours');
  return value as Readonly<Record<string, string>>;
}

function readLayout(value: Json): JsonObject {
  if (!isObject(value)) throw invalid('layout', 'layout is an object');
  return value;
}

function readMailbox(value: Json | undefined): WantedSentMailbox {
  if (!isObject(value)) throw invalid('sentMailbox', 'sentMailbox is an object or null');
  const { host, port, username, mailbox, password } = value;
  const texts = [host, username, mailbox, password ?? ''];
  if (texts.some((text) => typeof text !== 'string') || typeof port !== 'number')
    throw invalid('sentMailbox', 'sentMailbox has host, port, username, password and mailbox');
  return { host, port, username, mailbox, ...(password ? { password } : {}) } as WantedSentMailbox;
}
