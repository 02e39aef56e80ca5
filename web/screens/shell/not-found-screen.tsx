import { Compass } from 'lucide-react';
import { useMessages } from '../../locales/messages.ts';
import { navigate } from '../../model/navigation.ts';
import { Button } from '../../ui/button.tsx';
import { useDocumentTitle } from '../../ui/document-title.ts';
import { EmptyState } from '../../ui/states.tsx';

/** An address that leads nowhere. */
export function NotFoundScreen() {
  const { common } = useMessages();
  useDocumentTitle(common.notFoundTitle);
  return (
    <EmptyState headingLevel={1} icon={<Compass size={24} />} title={common.notFoundTitle} text={common.notFoundText}>
      <Button variant="primary" onPress={() => navigate('/')}>
        {common.toContacts}
      </Button>
    </EmptyState>
  );
}
