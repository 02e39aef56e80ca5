import { createHmac } from 'node:crypto';
import type { World } from '../context.ts';
import { readSetting, writeSetting } from '../settings.ts';
import { audit } from './audit.ts';

/**
 * Records which settings have changed since the last start: only their names, because some contain secrets. Previous
 * values are stored as digests, for the same reason. The first start has nothing to compare with.
 */
export async function auditSettings(world: World, settings: ReadonlyMap<string, string>): Promise<void> {
  const { auditKey, linkKey } = world.settings;
  const digest = (text: string) =>
    createHmac('sha256', auditKey ?? linkKey)
      .update(text)
      .digest('base64url')
      .slice(0, 16);
  const now = Object.fromEntries([...settings].map(([name, text]) => [name, digest(`${name} ${text}`)]));
  await world.db.transaction(async (tx) => {
    const kept = await readSetting(tx, 'settingDigests');
    const before = kept === undefined ? now : (JSON.parse(kept) as Readonly<Record<string, string>>);
    // A setting that an earlier version did not know has the value that it always had.
    const names = Object.keys(now).filter((name) => before[name] !== undefined && before[name] !== now[name]);
    if (names.length > 0) await audit(tx, world, { kind: 'settings.changed', details: { names: names.join(', ') } });
    if (kept === undefined || names.length > 0 || Object.keys(now).some((name) => before[name] === undefined))
      await writeSetting(tx, 'settingDigests', JSON.stringify(now));
  });
}
