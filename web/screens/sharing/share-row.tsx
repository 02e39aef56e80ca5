import type { InAccount } from '../../api/inAccount.ts';
import type { Share } from '../../../client/src/types.ts';
import { useMessages } from '../../locales/messages.ts';
import { openDialog } from '../../ui/dialog-host.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { GranteeLine, granteeName } from './grantee-line.tsx';
import {
  EditShareDialog,
  ResendShareDialog,
  RevokeShareDialog,
  type ShareActionProps,
} from './share-action-dialogs.tsx';
import styles from './share-row.module.css';

interface ShareRowProps {
  readonly share: InAccount<Share>;
  /** What the dialogs call the folder. */
  readonly folder: string;
}

/** One share with « Modifier », « Retirer » and « Renvoyer ». */
export function ShareRow({ share, folder }: ShareRowProps) {
  const { sharing, common } = useMessages();
  const name = granteeName(share, sharing);
  const open = (Dialog: (props: ShareActionProps) => React.ReactNode) => () =>
    openDialog((close) => <Dialog share={share} folder={folder} onClose={close} />);
  const isGone = share.granteeKind === 'unknown';
  return (
    <li className={styles['row']}>
      <GranteeLine share={share} />
      <div className={styles['actions']}>
        {isGone ? null : (
          <LinkButton label={sharing.editOf(name)} onPress={open(EditShareDialog)}>
            {common.edit}
          </LinkButton>
        )}
        <LinkButton label={sharing.revokeOf(name)} onPress={open(RevokeShareDialog)}>
          {sharing.revoke}
        </LinkButton>
        {isGone || share.type === 'public' ? null : (
          <LinkButton label={sharing.resendOf(name)} onPress={open(ResendShareDialog)}>
            {sharing.resend}
          </LinkButton>
        )}
      </div>
    </li>
  );
}
