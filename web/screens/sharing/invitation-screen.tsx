import type { Id } from '../../api/types.ts';
import { useMessages } from '../../locales/messages.ts';
import { EmptyState } from '../../ui/states.tsx';

export interface InvitationScreenProps {
  readonly accountId: Id;
  readonly bookId: Id;
  readonly answer: 'accept' | 'decline';
}

/** The page behind the buttons of the notification mail; it changes nothing before the person says so. */
export function InvitationScreen(_: InvitationScreenProps) {
  const { sharing } = useMessages();
  return <EmptyState title={sharing.title} />;
}
