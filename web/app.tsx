import { lazy, Suspense } from 'react';
import { I18nProvider, RouterProvider } from 'react-aria-components';
import styles from './app.module.css';
import { describeError } from './api/errors.ts';
import { useSessionStatus } from './api/hooks.ts';
import { start } from './api/site.ts';
import { useLanguage } from './locales/messages.ts';
import { navigate, useRoute } from './model/navigation.ts';
import type { Route } from './model/route.ts';
import { ContactsScreen } from './screens/contacts/contacts-screen.tsx';
import { NotFoundScreen } from './screens/shell/not-found-screen.tsx';
import { Shell } from './screens/shell/shell.tsx';
import { ErrorBoundary } from './ui/error-boundary.tsx';
import { ErrorState } from './ui/states.tsx';
import { Toasts } from './ui/toasts.tsx';

const SignInScreen = lazy(() =>
  import('./screens/sign-in/sign-in-screen.tsx').then((file) => ({ default: file.SignInScreen })),
);
const SetupScreen = lazy(() =>
  import('./screens/sign-in/setup-screen.tsx').then((file) => ({ default: file.SetupScreen })),
);
const GuestScreen = lazy(() =>
  import('./screens/sign-in/guest-screen.tsx').then((file) => ({ default: file.GuestScreen })),
);
const PreferencesScreen = lazy(() =>
  import('./screens/preferences/preferences-screen.tsx').then((file) => ({ default: file.PreferencesScreen })),
);
const PasswordScreen = lazy(() =>
  import('./screens/sign-in/password-screen.tsx').then((file) => ({ default: file.PasswordScreen })),
);
const AdministrationScreen = lazy(() =>
  import('./screens/administration/administration-screen.tsx').then((file) => ({
    default: file.AdministrationScreen,
  })),
);
const DuplicatesScreen = lazy(() =>
  import('./screens/duplicates/duplicates-screen.tsx').then((file) => ({ default: file.DuplicatesScreen })),
);
const InvitationScreen = lazy(() =>
  import('./screens/invitation/invitation-screen.tsx').then((file) => ({ default: file.InvitationScreen })),
);

const HandoverScreen = lazy(() =>
  import('./screens/handover/handover-screen.tsx').then((file) => ({ default: file.HandoverScreen })),
);
const AccessRequestScreen = lazy(() =>
  import('./screens/handover/access-request-screen.tsx').then((file) => ({ default: file.AccessRequestScreen })),
);

/** The whole app: language, routes, and what lies over every screen. */
export function App() {
  const language = useLanguage();
  const route = useRoute();
  return (
    <I18nProvider locale={language}>
      <RouterProvider navigate={navigate}>
        <div className={styles['page']}>
          <ErrorBoundary resetKey={route.screen}>
            <Suspense fallback={null}>
              <Page route={route} />
            </Suspense>
          </ErrorBoundary>
        </div>
        <Toasts />
      </RouterProvider>
    </I18nProvider>
  );
}

function Page({ route }: { readonly route: Route }) {
  const status = useSessionStatus();
  if (route.screen === 'setup') return <SetupScreen token={route.token} />;
  if (route.screen === 'guest') return <GuestScreen token={route.token} />;
  if (route.screen === 'password') return <PasswordScreen token={route.token} />;
  if (status.status === 'loading') return null;
  if (status.status === 'failed') return <ErrorState text={describeError(status.error)} onRetry={() => void start()} />;
  // The sign-in page stands at whatever address was asked for; after it the address is what it was.
  if (status.status === 'signedOut') return <SignInScreen next={null} expired={status.expired} />;
  if (route.screen === 'signIn') return <SignInScreen next={route.next} expired={false} />;
  return (
    <Shell route={route}>
      <SignedInScreen route={route} />
    </Shell>
  );
}

function SignedInScreen({ route }: { readonly route: Route }) {
  if (route.screen === 'contacts') return <ContactsScreen view={route.view} card={route.card} />;
  if (route.screen === 'preferences') return <PreferencesScreen section={route.section} />;
  if (route.screen === 'administration') return <AdministrationScreen section={route.section} />;
  if (route.screen === 'duplicates') return <DuplicatesScreen section={route.section} />;
  if (route.screen === 'invitation')
    return <InvitationScreen accountId={route.accountId} bookId={route.bookId} answer={route.answer} />;
  if (route.screen === 'handover') return <HandoverScreen id={route.id} answer={route.answer} />;
  if (route.screen === 'accessRequest') return <AccessRequestScreen id={route.id} />;
  return <NotFoundScreen />;
}
