import type { ShareInvitation } from '../../../client/src/types.ts';
import { useSession } from '../../api/hooks.ts';
import { useMessages } from '../../locales/messages.ts';
import { Button } from '../../ui/button.tsx';
import { answerAtOnce } from '../invitation/invitation-operations.ts';
import { useHandoverTexts } from './handover-texts.ts';
import rows from '../../ui/rows.module.css';

/** A folder that is shared with the person, who has not accepted it. */
export function InvitationRow({ invitation }: { readonly invitation: ShareInvitation }) {
  const { common } = useMessages();
  const texts = useHandoverTexts();
  const { accountId } = useSession();
  const { sharedName, ownerName, role, via, status } = invitation;
  const facts = [
    common.roles[role],
    ...(via.length > 0 ? [texts.via(via.map(({ name }) => name).join(', '))] : []),
    ...(status === 'declined' ? [texts.wasDeclined] : []),
  ];
  return (
    <li className={rows['row']}>
      <div className={rows['what']}>
        <span className={rows['name']}>{sharedName}</span>
        <span className={rows['detail']}>{facts.join(' · ')}</span>
      </div>
      <Button
        size="small"
        aria-label={texts.acceptShareOf(sharedName, ownerName)}
        onPress={() => answerAtOnce(accountId, invitation, 'accepted')}
      >
        {texts.acceptShare}
      </Button>
    </li>
  );
}
