import { AppError } from '../../../errors.ts';
import { ZimbraError } from '../../../lib/zimbra/zimbraError.ts';
import type { ZimbraProblem } from '../../../lib/zimbra/zimbraError.ts';
import { putBlob } from '../../blob/putBlob.ts';
import type { Context } from '../../context.ts';
import { requireMovingIn } from './createZimbraImport.ts';
import type { ZimbraAccess } from './zimbraServer.ts';

/** An account that was fetched, as an upload of the person's; or why it was not. */
export type Fetched = { readonly blobId: string | null; readonly problem: ZimbraProblem | null };

/** A fetch costs both servers a lot: each person has one at a time. */
const underWay = new Set<string>();

/**
 * Fetches what the person has in the organisation's Zimbra. The password is used for this and forgotten. Errors: `unavailable`
 * where no Zimbra is named, `tooMany` while one is under way.
 */
export async function fetchFromZimbra(context: Context, access: ZimbraAccess): Promise<Fetched> {
  requireMovingIn(context);
  const { zimbra, actor } = context;
  if (!zimbra) throw new AppError('unavailable', 'No Zimbra is named here');
  if (underWay.has(actor.principalId)) throw new AppError('tooMany', 'The account is being fetched');
  underWay.add(actor.principalId);
  try {
    const data = await zimbra.fetchAccount(access, actor.principalId);
    const blobId = await putBlob(context, { accountId: actor.principalId, data, type: 'application/gzip' });
    return { blobId, problem: null };
  } catch (error) {
    if (error instanceof ZimbraError) return { blobId: null, problem: error.problem };
    throw error;
  } finally {
    underWay.delete(actor.principalId);
  }
}
