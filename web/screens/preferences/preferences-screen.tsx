import { lazy } from 'react';
import { usePreferences, useSession } from '../../api/hooks.ts';
import { describeError } from '../../api/errors.ts';
import { useMessages } from '../../locales/messages.ts';
import { setPreferences } from '../../model/appearance.ts';
import { useDocumentTitle } from '../../ui/document-title.ts';
import { Link } from '../../ui/link.tsx';
import { RadioGroup } from '../../ui/fields/radio-group.tsx';
import { showFailure } from '../../ui/toasts.tsx';
import { OfflineSection } from './offline-section.tsx';
import { MailPreferences } from './mail-preferences.tsx';
import { zimbraHost } from '../zimbra/zimbra-host.ts';
import styles from './preferences-screen.module.css';
import { useChosenInView } from './use-chosen-in-view.ts';

const SharingPreferences = lazy(() =>
  import('../sharing/sharing-preferences.tsx').then((file) => ({ default: file.SharingPreferences })),
);

const DevicesPreferences = lazy(() =>
  import('./devices/devices-preferences.tsx').then((file) => ({ default: file.DevicesPreferences })),
);

const CollectingPreferences = lazy(() =>
  import('./collecting-preferences.tsx').then((file) => ({ default: file.CollectingPreferences })),
);

const TagsPreferences = lazy(() =>
  import('./tags-preferences.tsx').then((file) => ({ default: file.TagsPreferences })),
);

const ZimbraPreferences = lazy(() =>
  import('../zimbra/zimbra-preferences.tsx').then((file) => ({ default: file.ZimbraPreferences })),
);

const sections = {
  general: GeneralPreferences,
  sharing: SharingPreferences,
  mails: MailPreferences,
  collecting: CollectingPreferences,
  tags: TagsPreferences,
  devices: DevicesPreferences,
  zimbra: ZimbraPreferences,
};
const order = ['general', 'sharing', 'mails', 'collecting', 'tags', 'devices', 'zimbra'] as const;
type Section = keyof typeof sections;

/** « Préférences »: sections on the left, one section on the right. */
export function PreferencesScreen({ section }: { readonly section: string }) {
  const { preferences } = useMessages();
  const chosen: Section = order.find((id) => id === section) ?? 'general';
  useDocumentTitle(`${preferences.sections[chosen]} – ${preferences.title}`);
  const Content = sections[chosen];
  const list = useChosenInView(chosen);
  const { session } = useSession();
  // Where no Zimbra is named few have one to move from: a link leads there.
  const isShown = (id: Section) => id !== 'zimbra' || id === chosen || zimbraHost(session) !== null;
  return (
    <div className={styles['screen']}>
      <nav className={styles['sections']} aria-label={preferences.title}>
        <h1 className={styles['title']}>{preferences.title}</h1>
        <div ref={list} className={styles['links']}>
          {order.filter(isShown).map((id) => (
            <Link key={id} to={`/preferences/${id}`} className={styles['section']!} isCurrent={id === chosen}>
              {preferences.sections[id]}
            </Link>
          ))}
        </div>
      </nav>
      <div className={styles['content']}>
        <Content />
      </div>
    </div>
  );
}

function GeneralPreferences() {
  const { preferences, shell } = useMessages();
  const { accountId } = useSession();
  const current = usePreferences();
  if (!current) return null;
  const choose = (patch: Parameters<typeof setPreferences>[1]) => {
    setPreferences(accountId, patch).catch((error: unknown) => showFailure(describeError(error)));
  };
  return (
    <>
      <h2 className={styles['heading']}>{preferences.sections.general}</h2>
      <RadioGroup
        label={preferences.language}
        value={current.language ?? 'auto'}
        onChange={(language) => choose({ language: language === 'auto' ? null : language })}
        options={[
          { id: 'auto', label: preferences.languageAuto },
          { id: 'fr', label: preferences.languageFr },
          { id: 'en', label: preferences.languageEn },
        ]}
      />
      <RadioGroup
        label={preferences.theme}
        value={current.theme ?? 'auto'}
        onChange={(theme) => choose({ theme: theme === 'auto' ? null : theme })}
        options={[
          { id: 'auto', label: shell.themeSystem },
          { id: 'light', label: shell.themeLight },
          { id: 'dark', label: shell.themeDark },
        ]}
      />
      <p className={styles['hint']}>{preferences.themeHint}</p>
      <OfflineSection />
    </>
  );
}
