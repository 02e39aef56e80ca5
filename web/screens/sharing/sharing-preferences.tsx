import { FolderSearch } from 'lucide-react';
import { useSession } from '../../api/hooks.ts';
import { useMessages } from '../../locales/messages.ts';
import { isGuest } from '../../model/outside.ts';
import { Button } from '../../ui/button.tsx';
import { openFindSharesDialog } from '../handover/open-handover.tsx';
import { SharedByMe } from '../preferences/sharing-by-me.tsx';
import { SharedWithMe } from '../preferences/sharing-with-me.tsx';
import styles from '../preferences/sharing-section.module.css';

/** Preferences › « Partages »: shared with me and shared by me. */
export function SharingPreferences() {
  const { sharing, preferences, folders } = useMessages();
  const { session, accountId } = useSession();
  const isInside = !isGuest(session, accountId);
  return (
    <>
      <div>
        <h2 className={styles['title']}>{preferences.sections.sharing}</h2>
        <p className={styles['hint']}>{sharing.preferences.immediate}</p>
      </div>
      <section className={styles['section']} aria-labelledby="shared-with-me">
        <h3 id="shared-with-me" className={styles['heading']}>
          {sharing.preferences.withMe}
        </h3>
        {isInside ? (
          <div className={styles['tools']}>
            <Button size="small" icon={<FolderSearch size={16} aria-hidden />} onPress={openFindSharesDialog}>
              {folders.findShares}
            </Button>
          </div>
        ) : null}
        <SharedWithMe />
      </section>
      {isInside ? (
        <section className={styles['section']} aria-labelledby="shared-by-me">
          <h3 id="shared-by-me" className={styles['heading']}>
            {sharing.overview.title}
          </h3>
          <SharedByMe />
        </section>
      ) : null}
    </>
  );
}
