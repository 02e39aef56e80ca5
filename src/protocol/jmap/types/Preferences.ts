import { getPreferences, setPreferences } from '../../../core/preferences/preferences.ts';
import type { Preferences } from '../../../core/preferences/preferences.ts';
import { stateOf } from '../../../core/sync/states.ts';
import { AppError, notFound } from '../../../errors.ts';
import { capability } from '../capabilities.ts';
import type { Properties, TypeTable } from '../engine/define.ts';
import { getMethod } from '../engine/getMethod.ts';
import { setMethod } from '../engine/setMethod.ts';

const singleton = 'singleton';

const properties = {
  id: { serverSet: true },
  language: { default: null },
  theme: { default: null },
} satisfies Properties;

const common: TypeTable = {
  type: 'Preferences',
  capability: capability.vendor,
  account: 'own',
  state: (call, accountId) => stateOf(call.context, accountId, 'Preferences'),
};

const allowed = { language: ['fr', 'en', null], theme: ['light', 'dark', null] } as const;

/** Preferences/get: docs/jmap-extension.md. */
export const preferencesGet = getMethod({
  ...common,
  properties,
  load: async (call, _accountId, ids) =>
    ids === null || ids.includes(singleton) ? [{ id: singleton, ...(await getPreferences(call.context)) }] : [],
});

/** Preferences/set. */
export const preferencesSet = setMethod({
  ...common,
  properties,
  singleton: true,
  async update({ call }, id, patch) {
    if (id !== singleton) throw notFound('preferences');
    const { next } = patch.apply({ id: singleton, ...(await getPreferences(call.context)) });
    const wrong = (['language', 'theme'] as const).filter(
      (name) => !(allowed[name] as readonly unknown[]).includes(next[name]),
    );
    if (wrong.length > 0) throw new AppError('invalid', 'Not one of the choices', { properties: wrong });
    await setPreferences(call.context, { language: next['language'], theme: next['theme'] } as Preferences);
    return null;
  },
});
