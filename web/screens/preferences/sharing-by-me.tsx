import { useState } from 'react';
import { describeError } from '../../api/errors.ts';
import { useAddressBooks, useCollection, useSession } from '../../api/hooks.ts';
import type { InAccount } from '../../api/inAccount.ts';
import { load } from '../../api/store.ts';
import type { AddressBook, Share } from '../../../client/src/types.ts';
import { useLanguage, useMessages } from '../../locales/messages.ts';
import { folderTitle } from '../../model/folders/folder-title.ts';
import { sharesOf } from '../../model/sharing/shares.ts';
import { overviewOf, type SeenFolder, sharesWithin } from '../../model/sharing/overview.ts';
import { Button } from '../../ui/button.tsx';
import { loadDialog } from '../../ui/dialog-host.tsx';
import { SearchField } from '../../ui/fields/search-field.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { SkeletonLines } from '../../ui/loading/skeleton.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { FolderIcon } from '../folders/folder-icon.tsx';
import type { EndSharesDialogProps } from '../sharing/end-shares-dialog.tsx';
import { kindOfFolder } from '../sharing/folder-line.tsx';
import { GranteeLine, granteeName } from '../sharing/grantee-line.tsx';
import { openPropertiesDialog } from '../sharing/open-dialogs.tsx';
import { ShareRow } from '../sharing/share-row.tsx';
import rows from '../sharing/share-row.module.css';
import styles from './sharing-section.module.css';

type OwnBook = InAccount<AddressBook>;

/** « Qui voit quoi »: every folder of one's own that somebody else sees, with whoever does, and what ends it. */
export function SharedByMe() {
  const { sharing, folders } = useMessages();
  const { accountId } = useSession();
  const locale = useLanguage();
  const shares = useCollection('Share', [accountId]);
  const books = useAddressBooks();
  const [text, setText] = useState('');
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
  if (shares.list.length === 0) return <p className={styles['empty']}>{texts.byMeEmpty}</p>;
  const own = books.list.filter((book) => book.accountId === accountId);
  const titleOf = (book: OwnBook) => folderTitle(book, accountId, folders);
  const shown = overviewOf({ books: own, shares: shares.list, titleOf, locale, text });
  return (
    <>
      <p className={styles['hint']}>{sharing.overview.hint}</p>
      <div className={styles['tools']}>
        <SearchField
          label={sharing.overview.filter}
          placeholder={sharing.overview.filter}
          value={text}
          onChange={setText}
        />
        <EndFound shown={shown} isFiltered={text.trim() !== ''} />
      </div>
      {shown.length === 0 ? <p className={styles['empty']}>{sharing.overview.nothingFound(text.trim())}</p> : null}
      {shown.map((seen) => (
        <SeenFolderBlock key={seen.book.id} seen={seen} own={own} shares={shares.list} titleOf={titleOf} />
      ))}
    </>
  );
}

/** What is found by the filter, or everything, ends at once. */
function EndFound({
  shown,
  isFiltered,
}: {
  readonly shown: readonly SeenFolder<OwnBook>[];
  readonly isFiltered: boolean;
}) {
  const { overview } = useMessages().sharing;
  const ending = shown.flatMap(({ own, book, title }) =>
    own.map((share) => ({ share: { ...share, accountId: book.accountId }, folder: title })),
  );
  if (ending.length === 0) return null;
  const title = isFiltered ? overview.stopFound(ending.length) : overview.stopAll;
  return (
    <Button size="small" onPress={() => openEndShares({ title, verb: title, shares: ending })}>
      {title}
    </Button>
  );
}

interface SeenFolderBlockProps {
  readonly seen: SeenFolder<OwnBook>;
  readonly own: readonly OwnBook[];
  readonly shares: readonly Share[];
  readonly titleOf: (book: OwnBook) => string;
}

function SeenFolderBlock({ seen, own, shares, titleOf }: SeenFolderBlockProps) {
  const { sharing } = useMessages();
  const { accountId } = useSession();
  const locale = useLanguage();
  const { book, title } = seen;
  const { overview, preferences } = sharing;
  const stop = () => {
    const bookOf = (id: string) => own.find((other) => other.id === id);
    const ending = sharesWithin(book.id, own, shares).map((share) => {
      const of = bookOf(share.addressBookId);
      return { share: { ...share, accountId }, folder: of ? titleOf(of) : title };
    });
    openEndShares({ title: overview.stopOf(title), verb: overview.stop, shares: ending, staying: stayingOf() });
  };
  // Whoever is filtered for: everybody who goes on seeing it is named.
  const stayingOf = () => {
    const { inherited } = sharesOf(book, own, shares, locale);
    if (inherited.length === 0) return undefined;
    const names = new Set(inherited.map(({ share }) => granteeName(share, sharing)));
    const from = new Set(inherited.map(({ from: above }) => titleOf({ ...above, accountId })));
    return overview.staying([...names].join(', '), [...from].join(', '));
  };
  return (
    <div>
      <div className={styles['folder']}>
        <FolderIcon kind={kindOfFolder(book, accountId)} color={book.color} size={20} />
        <h4>{title}</h4>
        <span className={styles['tools']}>
          <LinkButton label={overview.stopOf(title)} onPress={stop}>
            {overview.stop}
          </LinkButton>
          <LinkButton label={preferences.propertiesOf(title)} onPress={() => openPropertiesDialog(book)}>
            {preferences.properties}
          </LinkButton>
        </span>
      </div>
      <ul className={styles['list']}>
        {seen.own.map((share) => (
          <ShareRow key={share.id} share={{ ...share, accountId }} folder={title} />
        ))}
        {seen.inherited.map(({ share, from }) => (
          <li key={share.id} className={rows['row']}>
            <GranteeLine share={share}>
              <span className={rows['from']}>{sharing.inheritedFrom(titleOf({ ...from, accountId }))}</span>
            </GranteeLine>
          </li>
        ))}
      </ul>
    </div>
  );
}

function openEndShares(props: Omit<EndSharesDialogProps, 'onClose'>): void {
  void loadDialog(
    () => import('../sharing/end-shares-dialog.tsx'),
    ({ EndSharesDialog }, close) => <EndSharesDialog {...props} onClose={close} />,
  );
}
