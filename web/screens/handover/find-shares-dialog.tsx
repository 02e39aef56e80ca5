import { type ReactNode, useMemo, useState } from 'react';
import type { AccessRequest, ListedFolder } from '../../../client/src/requests.ts';
import type { ShareInvitation } from '../../../client/src/types.ts';
import { foldText } from '../../../src/lib/fold.ts';
import { describeError } from '../../api/errors.ts';
import { useCollection, useInvitations, useSession } from '../../api/hooks.ts';
import { useLanguage, useMessages } from '../../locales/messages.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SearchField } from '../../ui/fields/search-field.tsx';
import { SkeletonLines } from '../../ui/loading/skeleton.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { AskRow } from './ask-row.tsx';
import { useHandoverTexts } from './handover-texts.ts';
import rows from '../../ui/rows.module.css';
import styles from './handover.module.css';
import { InvitationRow } from './invitation-row.tsx';
import { useListedFolders } from './use-listed-folders.ts';

/** « Rechercher des partages… »: what waits to be accepted or was declined, then what colleagues let one ask for. */
export function FindSharesDialog({ onClose }: { readonly onClose: () => void }) {
  const { common } = useMessages();
  const texts = useHandoverTexts();
  const { accountId } = useSession();
  const [text, setText] = useState('');
  const invitations = useInvitations();
  const requests = useCollection('AccessRequest', [accountId]).list;
  const waiting = useMemo(() => openInvitations(invitations.list, text), [invitations.list, text]);
  const listed = useListedFolders(text, invitations.list);
  const isLoading = invitations.status === 'loading' || listed.status === 'loading';
  return (
    <Dialog
      title={texts.findTitle}
      onClose={onClose}
      size="wide"
      footer={
        <Button variant="primary" onPress={onClose}>
          {common.close}
        </Button>
      }
    >
      <SearchField label={texts.findLabel} placeholder={texts.findLabel} value={text} onChange={setText} autoFocus />
      <p className="visually-hidden" role="status">
        {isLoading ? common.loading : texts.found(waiting.length + listed.total)}
      </p>
      <Section id="found-with-you" title={texts.withYou}>
        {waiting.length === 0 ? (
          <p className={rows['detail']}>{text === '' ? texts.withYouEmpty : texts.nothingFound}</p>
        ) : (
          <ByOwner list={waiting} ownerOf={ownerOfInvitation}>
            {(invitation) => <InvitationRow key={invitation.id} invitation={invitation} />}
          </ByOwner>
        )}
      </Section>
      <Section id="found-listed" title={texts.listed} hint={texts.listedHint}>
        {listed.status === 'loading' ? <SkeletonLines count={2} label={common.loading} /> : null}
        {listed.status === 'failed' ? (
          <ErrorState title={texts.findFailed} text={describeError(listed.error)} onRetry={listed.retry} />
        ) : null}
        {listed.status === 'ready' && listed.list.length === 0 ? (
          <p className={rows['detail']}>{text === '' ? texts.listedEmpty : texts.nothingFound}</p>
        ) : null}
        <ByOwner list={listed.list} ownerOf={ownerOfListed}>
          {(folder) => <AskRow key={folder.addressBookId} folder={folder} request={requestFor(requests, folder)} />}
        </ByOwner>
        {listed.list.length < listed.total ? (
          <Button size="small" onPress={listed.showMore}>
            {texts.showMore}
          </Button>
        ) : null}
      </Section>
    </Dialog>
  );
}

function requestFor(requests: readonly AccessRequest[], { addressBookId }: ListedFolder): AccessRequest | undefined {
  return requests.find((request) => request.addressBookId === addressBookId);
}

interface Owner {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
}

const ownerOfListed = ({ ownerId, ownerName, ownerEmail }: ListedFolder): Owner => ({
  id: ownerId,
  name: ownerName,
  email: ownerEmail,
});

const ownerOfInvitation = ({ ownerPrincipalId, ownerName, ownerEmail }: ShareInvitation): Owner => ({
  id: ownerPrincipalId,
  name: ownerName,
  email: ownerEmail,
});

/** What has not been accepted, whose every word begins a word of the owner's name or the folder's. */
function openInvitations(all: readonly ShareInvitation[], text: string): readonly ShareInvitation[] {
  const wanted = wordsOf(text);
  return all.filter(({ status, ownerName, sharedName }) => {
    if (status === 'accepted') return false;
    const words = wordsOf(`${ownerName} ${sharedName}`);
    return wanted.every((word) => words.some((other) => other.startsWith(word)));
  });
}

function wordsOf(text: string): readonly string[] {
  return foldText(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

interface SectionProps {
  readonly id: string;
  readonly title: string;
  readonly hint?: string;
  readonly children: ReactNode;
}

function Section({ id, title, hint, children }: SectionProps) {
  return (
    <section className={styles['section']} aria-labelledby={id}>
      <div>
        <h3 id={id} className={styles['heading']}>
          {title}
        </h3>
        {hint ? <p className={rows['detail']}>{hint}</p> : null}
      </div>
      {children}
    </section>
  );
}

interface ByOwnerProps<T> {
  readonly list: readonly T[];
  readonly ownerOf: (item: T) => Owner;
  readonly children: (item: T) => ReactNode;
}

/** A list under the names of those whose folders they are. */
function ByOwner<T>({ list, ownerOf, children }: ByOwnerProps<T>) {
  const language = useLanguage();
  const { compare } = new Intl.Collator(language, { sensitivity: 'base' });
  const groups = [...Map.groupBy(list, (item) => ownerOf(item).id).values()]
    .map((items) => ({ owner: ownerOf(items[0]!), items }))
    .sort((a, b) => compare(a.owner.name, b.owner.name));
  return groups.map(({ owner, items }) => (
    <div key={owner.id} className={styles['owner']}>
      <h4 className={styles['who']}>
        <Avatar name={owner.name} seed={owner.email ?? owner.name} size={28} />
        <span>
          {owner.name} <span className={rows['detail']}>{owner.email}</span>
        </span>
      </h4>
      <ul className={styles['list']}>{items.map(children)}</ul>
    </div>
  ));
}
