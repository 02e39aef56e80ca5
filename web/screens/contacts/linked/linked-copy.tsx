import { Link2, Link2Off } from 'lucide-react';
import type { CardLink } from '../../../../client/src/personal.ts';
import type { ContactCard, Id } from '../../../../client/src/types.ts';
import { useSession } from '../../../api/hooks.ts';
import { contentOf } from '../../../model/cards/card-summary.ts';
import { findNode, folderKey } from '../../../model/folders/folder-tree.ts';
import { folderPath } from '../../../model/route.ts';
import { Button } from '../../../ui/button.tsx';
import { Link } from '../../../ui/link.tsx';
import { useFolderTree } from '../../folders/use-folder-tree.ts';
import { useCard } from '../card/use-card.ts';
import { usePersonal } from '../card/use-personal.ts';
import { ConflictChoice } from '../edit/conflicts.tsx';
import styles from './linked-copy.module.css';
import { keepMine, takeTheirs, unlink } from './linked-operations.ts';
import { useLinkedTexts } from './linked-texts.ts';

/** « Copie liée de … dans … »: what a copy follows, for who made it; nothing for any other card. */
export function LinkedCopy({ accountId, card }: { readonly accountId: Id; readonly card: ContactCard }) {
  const { object: link } = usePersonal('CardLink', card.id);
  if (!link || link.isUnlinked || link.cardAccountId !== accountId) return null;
  return <Linked card={card} link={link} />;
}

function Linked({ card, link }: { readonly card: ContactCard; readonly link: CardLink }) {
  const texts = useLinkedTexts();
  const { accountId: ownAccountId } = useSession();
  const { nodes } = useFolderTree();
  const { sourceAccountId, sourceAddressBookId, sourceName, status } = link;
  const isSeen = sourceAccountId !== null && sourceAddressBookId !== null;
  const folder = isSeen ? findNode(nodes, folderKey(sourceAccountId, sourceAddressBookId)) : undefined;
  const Icon = status === 'following' ? Link2 : Link2Off;
  return (
    <section className={styles['linked']} aria-label={texts.label}>
      <div className={styles['line']}>
        <Icon size={16} aria-hidden className={styles['icon']} />
        <p className={styles['text']}>
          {status === 'following' ? texts.following(sourceName, folder?.name ?? '') : texts[status](sourceName)}
        </p>
        <span className={styles['actions']}>
          {isSeen ? (
            <Link
              to={folderPath(sourceAccountId, sourceAddressBookId, {
                accountId: sourceAccountId,
                cardId: link.sourceId,
              })}
            >
              {texts.show}
            </Link>
          ) : null}
          <Button size="small" variant="quiet" onPress={() => void unlink({ ownAccountId, link })}>
            {texts.unlink}
          </Button>
        </span>
      </div>
      {link.conflicts.length > 0 && isSeen && status === 'following' ? (
        <Conflicts card={card} link={link} sourceAccountId={sourceAccountId} ownAccountId={ownAccountId} />
      ) : null}
    </section>
  );
}

interface ConflictsProps {
  readonly card: ContactCard;
  readonly link: CardLink;
  readonly sourceAccountId: Id;
  readonly ownAccountId: Id;
}

/** What both changed; the value of the original is as it is now. */
function Conflicts({ card, link, sourceAccountId, ownAccountId }: ConflictsProps) {
  const texts = useLinkedTexts();
  const { card: source } = useCard(sourceAccountId, link.sourceId);
  if (!source) return null;
  const [mine, theirs] = [contentOf(card), contentOf(source)];
  const linked = { ownAccountId, link };
  return (
    <div className={styles['conflicts']}>
      <p>
        <strong>{texts.conflictTitle}</strong> {texts.conflictText}
      </p>
      <ul className={styles['list']}>
        {link.conflicts.map((field) => (
          <ConflictChoice
            key={field}
            conflict={{ field, mine, theirs }}
            words={texts}
            onChoose={(whose) =>
              void (whose === 'mine' ? keepMine(linked, field) : takeTheirs(linked, field, card, source))
            }
          />
        ))}
      </ul>
    </div>
  );
}
