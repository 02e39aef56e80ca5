import { Plus } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useSession } from '../../../api/hooks.ts';
import { useMessages } from '../../../locales/messages.ts';
import { Button } from '../../../ui/button.tsx';
import { loadDialog } from '../../../ui/dialog-host.tsx';
import { CopyField } from '../../../ui/fields/copy-field.tsx';
import { downloadProfile } from './apple-profile.ts';
import { DeviceList } from './device-list.tsx';
import { useDevicesTexts } from './devices-texts.ts';
import styles from './devices.module.css';
import { OfferedFolders } from './offered-folders.tsx';
import { useDeviceFacts } from './use-device-facts.ts';

const QrCode = lazy(() => import('../../../ui/qr-code.tsx').then((file) => ({ default: file.QrCode })));

/** « Appareils »: the address to type, the app passwords, and how to go about it on each device. */
export function DevicesPreferences() {
  const { preferences } = useMessages();
  const texts = useDevicesTexts();
  const { accountId } = useSession();
  const facts = useDeviceFacts();
  const add = () =>
    void loadDialog(
      () => import('./new-device-dialog.tsx'),
      ({ NewDeviceDialog }, close) => <NewDeviceDialog accountId={accountId} onClose={close} />,
    );
  return (
    <>
      <h2 className={styles['title']}>{preferences.sections.devices}</h2>
      <p>{texts.intro}</p>
      <section className={styles['section']} aria-labelledby="devices-passwords">
        <div className={styles['line']}>
          <h3 id="devices-passwords">{texts.passwords}</h3>
          <Button variant="primary" icon={<Plus size={16} aria-hidden />} onPress={add}>
            {texts.add}
          </Button>
        </div>
        <p className={styles['hint']}>{texts.passwordsHint}</p>
        <DeviceList accountId={accountId} />
      </section>
      <section className={styles['section']} aria-labelledby="devices-connect">
        <h3 id="devices-connect">{texts.connect}</h3>
        <div className={styles['connect']}>
          <div className={styles['fields']}>
            <CopyField
              label={texts.address}
              value={facts.address}
              copyLabel={texts.copyAddress}
              failedText={texts.copyFailed}
            />
            <CopyField
              label={texts.login}
              value={facts.login}
              copyLabel={texts.copyLogin}
              failedText={texts.copyFailed}
            />
          </div>
          <div className={styles['scan']}>
            <Suspense fallback={<div className={styles['qr']} />}>
              <QrCode text={facts.address} label={texts.qrAddress} />
            </Suspense>
            <p className={styles['hint']}>{texts.qrAddressHint}</p>
          </div>
        </div>
      </section>
      <section className={styles['section']} aria-labelledby="devices-offered">
        <h3 id="devices-offered">{texts.offered}</h3>
        <p className={styles['hint']}>{texts.offeredHint}</p>
        <OfferedFolders />
      </section>
      <section className={styles['section']} aria-labelledby="devices-steps">
        <h3 id="devices-steps">{texts.steps}</h3>
        <div>
          {Object.entries(texts.clients).map(([id, client]) => (
            <details key={id} className={styles['client']}>
              <summary>{client.title}</summary>
              <ol>
                {client.steps(facts).map((step) => (
                  <li key={step}>{step}</li>
                ))}
              </ol>
              {id === 'iphone' || id === 'macos' ? (
                <div className={styles['profile']}>
                  <Button size="small" onPress={() => downloadProfile('Coterie', facts, null)}>
                    {texts.profileWithout}
                  </Button>
                  <p className={styles['hint']}>{texts.profileWithoutHint}</p>
                </div>
              ) : null}
            </details>
          ))}
        </div>
      </section>
    </>
  );
}
