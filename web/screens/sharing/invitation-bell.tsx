import { Bell } from 'lucide-react';
import { useInvitations } from '../../api/hooks.ts';
import { useMessages } from '../../locales/messages.ts';
import { navigate } from '../../model/navigation.ts';
import { IconButton } from '../../ui/button.tsx';

/** The bell of the top bar with the number of shares that wait for an answer. */
export function InvitationBell() {
  const { shell } = useMessages();
  const waiting = useInvitations().list.filter((invitation) => invitation.status === 'waiting').length;
  return (
    <IconButton label={shell.invitations(waiting)} onPress={() => navigate('/preferences/sharing')}>
      <Bell size={18} aria-hidden />
    </IconButton>
  );
}
