import { useState } from 'react';
import { describeError } from '../../api/errors.ts';
import { call, downloadUrl } from '../../api/jmap.ts';
import { currentLanguage, useMessages } from '../../locales/messages.ts';
import { byAccount, type CardRef } from '../../model/cards/card-ref.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Checkbox } from '../../ui/fields/checkbox.tsx';
import { RadioGroup } from '../../ui/fields/radio-group.tsx';
import { Select } from '../../ui/fields/select.tsx';
import { showToast } from '../../ui/toasts.tsx';
import type { ImportTarget } from './import-operations.ts';
import { saveFrom } from './save-file.ts';

interface ExportDialogProps {
  readonly folder?: ImportTarget | undefined;
  readonly refs?: readonly CardRef[] | undefined;
  /** Whether there is an account of one's own to export. */
  readonly hasAccount: boolean;
  readonly onClose: () => void;
}

type What = 'selection' | 'folder' | 'all';

/** The formats of the dialog as the server knows them. */
const formats = {
  outlook: { format: 'csv', extension: 'csv', layout: 'outlook' },
  google: { format: 'csv', extension: 'csv', layout: 'google' },
  thunderbird: { format: 'csv', extension: 'csv', layout: 'thunderbird' },
  zimbra: { format: 'csv', extension: 'csv', layout: 'zimbra' },
  everything: { format: 'csv', extension: 'csv', layout: 'everything' },
  vcard3: { format: 'vcard', extension: 'vcf', version: '3.0' },
  vcard4: { format: 'vcard', extension: 'vcf', version: '4.0' },
  ldif: { format: 'ldif', extension: 'ldif' },
} as const;
type FormatName = keyof typeof formats;

/** « Exporter des contacts »: a folder, what is chosen, or everything, in the form of one's choice. */
export function ExportDialog({ folder, refs = [], hasAccount, onClose }: ExportDialogProps) {
  const { transfer } = useMessages();
  const choices = [
    ...(refs.length > 0 ? [{ id: 'selection' as const, label: transfer.whatSelection(refs.length) }] : []),
    ...(folder ? [{ id: 'folder' as const, label: transfer.whatFolder(folder.name) }] : []),
    ...(hasAccount ? [{ id: 'all' as const, label: transfer.whatAll }] : []),
  ];
  const [what, setWhat] = useState<What>(choices[0]?.id ?? 'all');
  const [format, setFormat] = useState<FormatName>('outlook');
  const [isNoted, setNoted] = useState(false);
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<string>();

  const submit = async () => {
    setPending(true);
    try {
      if (what === 'selection') await exportSelection(refs, format, isNoted);
      else
        saveFrom(
          what === 'folder'
            ? folderUrl(folder!, format, isNoted)
            : `/home/~?${query(format, { withFormat: true, isNoted })}`,
        );
      showToast(transfer.exportStarted);
      onClose();
    } catch (error) {
      setProblem(describeError(error));
      setPending(false);
    }
  };

  return (
    <FormDialog
      title={transfer.exportTitle}
      verb={transfer.exportVerb}
      onClose={onClose}
      onSubmit={() => void submit()}
      isPending={isPending}
      isDisabled={choices.length === 0}
      problem={problem}
    >
      <RadioGroup label={transfer.what} options={choices} value={what} onChange={setWhat} />
      <Select
        label={transfer.format}
        value={format}
        onChange={setFormat}
        options={(Object.keys(formats) as FormatName[]).map((id) => {
          const [label, description] = transfer.exportFormats[id]!;
          return { id, label, ...(description ? { description } : {}) };
        })}
      />
      <Checkbox isSelected={isNoted} onChange={setNoted} description={transfer.privateNotesHint}>
        {transfer.privateNotes}
      </Checkbox>
    </FormDialog>
  );
}

/** What a table is made of besides its layout: a French Excel expects semicolons. */
function tableForm(name: FormatName): Readonly<Record<string, string>> {
  const { format, extension: _extension, ...rest } = formats[name];
  const language = currentLanguage();
  return format === 'csv' ? { ...rest, language, separator: language === 'fr' ? ';' : ',' } : rest;
}

interface Wishes {
  readonly withFormat: boolean;
  readonly isNoted: boolean;
}

function query(name: FormatName, { withFormat, isNoted }: Wishes): string {
  const { extension } = formats[name];
  const wishes = { ...(withFormat ? { fmt: extension } : {}), ...(isNoted ? { privateNotes: 'true' } : {}) };
  return new URLSearchParams({ ...wishes, ...tableForm(name) }).toString();
}

function folderUrl({ accountId, bookId }: ImportTarget, name: FormatName, isNoted: boolean): string {
  return `/home/${accountId}/${bookId}.${formats[name].extension}?${query(name, { withFormat: false, isNoted })}`;
}

/** One file for each account that the chosen contacts are in. */
async function exportSelection(refs: readonly CardRef[], name: FormatName, privateNotes: boolean): Promise<void> {
  const { format, extension } = formats[name];
  for (const [accountId, ofAccount] of byAccount(refs)) {
    const ids = ofAccount.map(({ id }) => id);
    const { blobAccountId, blobId } = await call('ContactCard/export', {
      accountId,
      ids,
      format,
      privateNotes,
      ...tableForm(name),
    });
    const file = `contacts.${extension}`;
    saveFrom(downloadUrl(blobAccountId, blobId, file, 'application/octet-stream'), file);
  }
}
