import { fetchFromZimbra } from '../../../../core/import/zimbra/fetchFromZimbra.ts';
import { previewZimbra } from '../../../../core/import/zimbra/previewZimbra.ts';
import { capability } from '../../capabilities.ts';
import { notFound } from '../../../../errors.ts';
import { requireAccount } from '../../engine/define.ts';
import type { Method } from '../../engine/define.ts';
import { isId } from '../../engine/readArguments.ts';
import { realBlobId } from '../Blob.ts';
import { readZimbraChoices } from './ContactImport.ts';

/** ContactImport/previewZimbra: what an archive of a Zimbra account holds and what would become of it; nothing is kept. */
export const contactImportPreviewZimbra: Method = {
  capability: capability.vendor,
  arguments: ['accountId', 'blobAccountId', 'blobId', 'shares', 'withTrash'],
  async run(call, args) {
    const accountId = await requireAccount(call, args, 'own');
    const blobAccountId = args.optionalId('blobAccountId') ?? accountId;
    const blobId = realBlobId(call.createdIds, args.string('blobId'));
    if (!isId(blobId)) throw notFound('blob');
    const preview = await previewZimbra(call.context, { blobAccountId, blobId }, readZimbraChoices(args.all));
    return { accountId, ...preview };
  },
};

const mostLetters = 1_000;

/** ContactImport/fetchZimbra: fetches an account from the organisation's Zimbra as an archive; the password is not kept. */
export const contactImportFetchZimbra: Method = {
  capability: capability.vendor,
  arguments: ['accountId', 'username', 'password', 'code'],
  async run(call, args) {
    const accountId = await requireAccount(call, args, 'own');
    const text = (name: string) => args.string(name).slice(0, mostLetters);
    const code = args.all['code'] === undefined || args.all['code'] === null ? undefined : text('code');
    const access = { username: text('username'), password: text('password'), code };
    return { accountId, ...(await fetchFromZimbra(call.context, access)) };
  },
};
