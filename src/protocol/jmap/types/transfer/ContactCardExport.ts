import { exportCards } from '../../../../core/export/exportCards.ts';
import type { ExportForm } from '../../../../core/export/writeForm.ts';
import { writtenLayouts } from '../../../../format/csv/layouts/contactTable.ts';
import { capability } from '../../capabilities.ts';
import { requireAccount } from '../../engine/define.ts';
import type { Method } from '../../engine/define.ts';
import type { Arguments } from '../../engine/readArguments.ts';

/** ContactCard/export: chosen cards as a file, which is a blob in the person's own account. */
export const contactCardExport: Method = {
  capability: capability.vendor,
  arguments: ['accountId', 'ids', 'format', 'layout', 'language', 'separator', 'version', 'privateNotes'],
  async run(call, args) {
    const accountId = await requireAccount(call, args, 'any');
    const form = { ...readForm(args), privateNotes: args.boolean('privateNotes', false) };
    const blobId = await exportCards(call.context, accountId, args.ids('ids'), form);
    return { accountId, blobAccountId: call.context.actor.principalId, blobId };
  },
};

function readForm(args: Arguments): ExportForm {
  const format = args.oneOf('format', ['csv', 'vcard', 'ldif'], 'vcard');
  if (format === 'ldif') return { format };
  if (format === 'vcard') {
    const version = args.oneOf('version', ['', '3.0', '4.0'], '');
    return version === '' ? { format } : { format, version };
  }
  return {
    format,
    layout: args.oneOf('layout', writtenLayouts, 'zimbra'),
    language: args.oneOf('language', ['fr', 'en'], 'fr'),
    separator: args.oneOf('separator', [';', ','], ','),
  };
}
