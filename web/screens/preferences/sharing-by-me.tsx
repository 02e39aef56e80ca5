import { describeError } from '../../api/errors.ts';
import { useAddressBooks, useCollection, useSession } from '../../api/hooks.ts';
import { load } from '../../api/store.ts';
import { useLanguage, useMessages } from '../../locales/messages.ts';
import { folderTitle } from '../../model/folders/folder-title.ts';
import { sharesOf } from '../../model/sharing/shares.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { FolderIcon } from '../folders/folder-icon.tsx';
import { kindOfFolder } from '../sharing/folder-line.tsx';
import { openPropertiesDialog } from '../sharing/open-dialogs.tsx';
import { ShareRow } from '../sharing/share-row.tsx';
import styles from './sharing-section.module.css';

/** « Dossiers partagés par moi »: every share by folder, with « Modifier », « Retirer » and « Renvoyer ». */
export function SharedByMe() {
  const { sharing, folders } = useMessages();
  const { accountId } = useSession();
  const locale = useLanguage();
  const shares = useCollection('Share', [accountId]);
  const books = useAddressBooks();
  const texts = sharing.preferences;
  if (shares.status === 'failed') {
    return (
      <ErrorState
        title={texts.loadFailed}
        text={describeError(shares.error)}
        onRetry={() => void load('Share', accountId, true)}
      />
    );
  }
  if (shares.status === 'loading' || books.status === 'loading') return <SkeletonLines count={3} label={texts.byMe} />;
  const own = books.list.filter((book) => book.accountId === accountId);
  const { compare } = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  const shared = own
    .map((book) => ({
      book,
      title: folderTitle(book, accountId, folders),
      list: sharesOf(book, own, shares.list, locale).own,
    }))
    .filter(({ list }) => list.length > 0)
    .sort((a, b) => compare(a.title, b.title));
  if (shared.length === 0) return <p className={styles['empty']}>{texts.byMeEmpty}</p>;
  return shared.map(({ book, title, list }) => (
    <div key={book.id}>
      <div className={styles['folder']}>
        <FolderIcon kind={kindOfFolder(book, accountId)} color={book.color} size={20} />
        <h4>{title}</h4>
        <LinkButton label={texts.propertiesOf(title)} onPress={() => openPropertiesDialog(book)}>
          {texts.properties}
        </LinkButton>
      </div>
      <ul className={styles['list']}>
        {list.map((share) => (
          <ShareRow key={share.id} share={{ ...share, accountId }} folder={title} />
        ))}
      </ul>
    </div>
  ));
}
