import { useState } from 'react';
import type { InAccount } from '../../api/inAccount.ts';
import type { Share, ShareMail } from '../../../client/src/types.ts';
import { useMessages } from '../../locales/messages.ts';
import { Banner } from '../../ui/banner.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { granteeName } from './grantee-line.tsx';
import { mailToSend, MessageField, NoteField } from './share-fields.tsx';
import { endShares } from './share-operations.ts';
import styles from './end-shares-dialog.module.css';
import { useShareAction } from './use-share-action.ts';

/** The shares that would end. */
export interface EndSharesDialogProps {
  readonly title: string;
  readonly verb: string;
  /** What ends, with the folder of each. */
  readonly shares: readonly { readonly share: InAccount<Share>; readonly folder: string }[];
  /** Who sees it all the same, through a folder above. */
  readonly staying?: string | undefined;
  readonly onClose: () => void;
}

/** Ends several shares at once: what ends is read first, « Annuler » in the message brings it back. */
export function EndSharesDialog({ title, verb, shares, staying, onClose }: EndSharesDialogProps) {
  const { sharing } = useMessages();
  const [mail, setMail] = useState<ShareMail>({ message: 'standard', note: null });
  const list = shares.map(({ share }) => share);
  const action = useShareAction(() => endShares(list, mailToSend(mail)), onClose);
  const canTell = list.some(({ type, granteeKind }) => type !== 'public' && granteeKind !== 'unknown');
  return (
    <FormDialog
      title={title}
      verb={verb}
      isDangerous
      isPending={action.isWorking}
      isDisabled={list.length === 0}
      problem={action.failure}
      onClose={onClose}
      onSubmit={action.run}
    >
      {staying ? (
        <Banner tone="warning" isInline>
          {staying}
        </Banner>
      ) : null}
      {list.length === 0 ? null : (
        <>
          <p>{sharing.overview.ending(list.length)}</p>
          <ul className={styles['list']}>
            {shares.map(({ share, folder }) => (
              <li key={share.id}>{sharing.overview.grantee(granteeName(share, sharing), folder)}</li>
            ))}
          </ul>
        </>
      )}
      {list.some(({ type }) => type === 'public') ? <p>{sharing.overview.publicEnds}</p> : null}
      {canTell ? <MessageField value={mail} onChange={setMail} isDisabled={action.isWorking} description="" /> : null}
      <NoteField value={mail} onChange={setMail} isDisabled={action.isWorking} />
    </FormDialog>
  );
}
