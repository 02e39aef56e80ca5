import { UserRoundPlus } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { useAddressBook, useAddressBooks, useCollection, useSession } from '../../api/hooks.ts';
import { useLanguage, useMessages } from '../../locales/messages.ts';
import { folderTitle } from '../../model/folders/folder-title.ts';
import { roleOf } from '../../model/rights.ts';
import { sharesOf } from '../../model/sharing/shares.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button, classes } from '../../ui/button.tsx';
import { ColorPicker } from '../../ui/fields/color-picker.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { SkeletonLines } from '../../ui/loading/skeleton.tsx';
import { updateFolder } from '../folders/folder-operations.ts';
import { NameField } from '../folders/name-field.tsx';
import { useNameForm } from '../folders/use-name-form.ts';
import { ListingField } from '../handover/listing-field.tsx';
import { useListingForm } from '../handover/use-listing-form.ts';
import { EndedDialog } from './ended-dialog.tsx';
import { GranteeLine } from './grantee-line.tsx';
import { openShareDialog } from './open-dialogs.tsx';
import styles from './properties-dialog.module.css';
import type { FolderDialogProps } from './share-dialog.tsx';
import { FolderAddress } from './share-fields.tsx';
import { ShareRow } from './share-row.tsx';
import rows from './share-row.module.css';

/** « Éditer propriétés ». */
export function PropertiesDialog({ book: opened, onClose }: FolderDialogProps) {
  const { sharing } = useMessages();
  const book = useAddressBook(opened.accountId, opened.id);
  if (!book) return <EndedDialog title={sharing.propertiesTitle} text={sharing.folderGone} onClose={onClose} />;
  return <OpenPropertiesDialog book={book} onClose={onClose} />;
}

function OpenPropertiesDialog({ book, onClose }: FolderDialogProps) {
  const { sharing, folders } = useMessages();
  const { accountId } = useSession();
  const [color, setColor] = useState(book.color);
  const isOwn = book.accountId === accountId;
  // A sharee's name and colour of the shared folder are their own; what lies below is changed for everybody.
  const mayEdit = isOwn || book.isShareRoot || book.myRights.mayWrite;
  const mayRename = mayEdit && book.role === null;
  const title = folderTitle(book, accountId, folders);
  const mayList = isOwn && book.role === null;
  const listing = useListingForm(book);
  const groupInput = useRef<HTMLInputElement>(null);
  const form = useNameForm(title, async (name) => {
    const listed = mayList ? listing.patch() : {};
    if (listed === null) return groupInput.current?.focus();
    const patch = {
      ...(mayRename && name.trim() !== book.name ? { name: name.trim() } : {}),
      ...(color !== book.color ? { color } : {}),
      ...listed,
    };
    if (Object.keys(patch).length > 0) await updateFolder(book, patch);
    onClose();
  });
  return (
    <FormDialog
      title={sharing.propertiesTitle}
      onClose={onClose}
      onSubmit={() => void form.submit()}
      size="wide"
      isPending={form.isPending}
      problem={form.failure}
      actions={
        book.myRights.mayShare ? (
          <span className={styles['add']}>
            <Button icon={<UserRoundPlus size={16} aria-hidden />} onPress={() => openShareDialog(book)}>
              {sharing.addShare}
            </Button>
          </span>
        ) : null
      }
    >
      {mayEdit ? (
        <div className={styles['fields']}>
          {mayRename ? (
            <NameField
              label={sharing.name}
              value={form.name}
              onChange={form.setName}
              problem={form.problem}
              autoFocus={false}
            />
          ) : null}
          <ColorPicker value={color} onChange={setColor} />
        </div>
      ) : null}
      <Facts book={book} name={mayRename ? null : title} />
      <FolderAddress book={book} />
      {mayList ? <ListingField form={listing} inputRef={groupInput} /> : null}
      {book.myRights.mayShare ? <Shares book={book} title={title} /> : null}
    </FormDialog>
  );
}

/** What cannot be changed here. */
function Facts({ book, name }: { readonly book: FolderDialogProps['book']; readonly name: string | null }) {
  const { sharing, common } = useMessages();
  const { session, accountId } = useSession();
  const role = roleOf(book.myRights);
  const isOwn = book.accountId === accountId;
  return (
    <dl className={styles['facts']}>
      {name === null ? null : <Fact term={sharing.name}>{name}</Fact>}
      <Fact term={sharing.type}>{sharing.contactsFolder}</Fact>
      <Fact term={sharing.content}>{common.contactCount(book.cardCount)}</Fact>
      {isOwn ? null : (
        <>
          <Fact term={sharing.owner}>{session.accounts[book.accountId]?.name}</Fact>
          <Fact term={sharing.myRole} isWide>
            {common.roles[role]}
            <span className={styles['hint']}>{sharing.roleHints[role]}</span>
          </Fact>
        </>
      )}
    </dl>
  );
}

interface FactProps {
  readonly term: string;
  readonly isWide?: boolean;
  readonly children: ReactNode;
}

function Fact({ term, isWide = false, children }: FactProps) {
  return (
    <div className={classes(styles['fact'], isWide && styles['wide'])}>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** « Partages pour ce dossier »: its own, then those that come from the folders above. */
function Shares({ book, title }: { readonly book: FolderDialogProps['book']; readonly title: string }) {
  const { sharing, folders } = useMessages();
  const { accountId } = useSession();
  const language = useLanguage();
  const books = useAddressBooks().list.filter((other) => other.accountId === book.accountId);
  const shares = useCollection('Share', [book.accountId]);
  const { own, inherited } = sharesOf(book, books, shares.list, language);
  return (
    <section className={styles['shares']} aria-labelledby="shares-of-folder">
      <h3 id="shares-of-folder" className={styles['heading']}>
        {sharing.sharesHeading}
      </h3>
      {shares.status === 'loading' ? <SkeletonLines count={2} label={sharing.sharesHeading} /> : null}
      {shares.status === 'failed' ? (
        <Banner tone="danger" isInline>
          {sharing.sharesFailed}
        </Banner>
      ) : null}
      {shares.status === 'ready' && own.length + inherited.length === 0 ? (
        <p className={styles['none']}>{sharing.sharesNone}</p>
      ) : null}
      <ul className={rows['list']}>
        {own.map((share) =>
          // One's own access is not for oneself to change: leaving the folder is in its menu.
          share.principalId === accountId ? (
            <li key={share.id} className={rows['row']}>
              <GranteeLine share={share}>
                <span className={rows['from']}>{sharing.you}</span>
              </GranteeLine>
            </li>
          ) : (
            <ShareRow key={share.id} share={{ ...share, accountId: book.accountId }} folder={title} />
          ),
        )}
        {inherited.map(({ share, from }) => (
          <li key={share.id} className={rows['row']}>
            <GranteeLine share={share}>
              <span className={rows['from']}>
                {sharing.inheritedFrom(folderTitle({ ...from, accountId: book.accountId }, accountId, folders))}
              </span>
            </GranteeLine>
          </li>
        ))}
      </ul>
    </section>
  );
}
