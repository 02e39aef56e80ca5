import type { PrincipalRow } from '../../db/schema.ts';
import { notFound } from '../../errors.ts';
import { audit } from '../audit/audit.ts';
import { transact } from '../change/transact.ts';
import type { World } from '../context.ts';
import { writeDirectoryCard } from '../listing/directoryCard.ts';
import { emailKey } from './emailKey.ts';
import { inDirectory } from './inDirectory.ts';
import { loginsOf, readEmail, readPrincipalName, requireFree } from './insertPrincipal.ts';
import type { NewPrincipal } from './insertPrincipal.ts';
import { claimLogins, releaseLogins } from './logins.ts';
import { principalNameKey } from './nameKey.ts';
import { writeTokens } from './tokens.ts';
import { directoryChanged } from './directoryState.ts';

/** Changes what the directory says of a person or group; what is not named stays. */
export function updatePrincipal(world: World, id: string, change: Partial<NewPrincipal>): Promise<PrincipalRow> {
  return transact(world, async (tx) => {
    const before = await tx.first(tx.build.selectFrom('principal').selectAll().where('id', '=', id));
    if (!before) throw notFound('principal');
    if (before.source !== 'local') throw inDirectory();
    const email = change.email === undefined ? before.email : readEmail(change.email);
    if (email !== null) await requireFree(tx, email, id);
    const name = change.name === undefined ? before.name : readPrincipalName(change.name);
    const after: PrincipalRow = {
      ...before,
      name,
      name_key: principalNameKey(name),
      email,
      email_key: before.is_active === 1 && email !== null ? emailKey(email) : null,
      description: change.description === undefined ? before.description : change.description,
      time_zone: change.timeZone === undefined ? before.time_zone : change.timeZone,
    };
    await tx.run(
      tx.build
        .updateTable('principal')
        .set({ ...after, email_key: before.email_key })
        .where('id', '=', id),
    );
    await claimLogins(tx, { principalId: id, email, wanted: loginsOf(email) }, world.now());
    if (before.is_active === 0) await releaseLogins(tx, id);
    await writeTokens(tx, after);
    await writeDirectoryCard(tx, id);
    await directoryChanged(tx, id);
    const details = { name: name !== before.name, email: email !== before.email };
    if (details.name || details.email)
      await audit(tx, world, { kind: 'person.changed', object: { type: 'Principal', id }, details });
    return after;
  });
}
