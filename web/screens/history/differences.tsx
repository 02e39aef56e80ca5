import { useState } from 'react';
import type { CardVersion } from '../../../client/src/history.ts';
import type { ContactCard, Id } from '../../../client/src/types.ts';
import { useLanguage, useMessages } from '../../locales/messages.ts';
import { cardDifferences } from '../../model/cards/card-differences.ts';
import { photoUrl } from '../../model/cards/card-summary.ts';
import styles from './history.module.css';
import { useHistoryTexts } from './history-texts.ts';

interface DifferencesProps {
  readonly accountId: Id;
  readonly version: Pick<CardVersion, 'before' | 'after' | 'cardId'>;
}

/** What an edit changed, field by field: the old, and what took its place. */
export function Differences({ accountId, version }: DifferencesProps) {
  const {
    contacts: { fields },
  } = useMessages();
  const texts = useHistoryTexts();
  const language = useLanguage();
  const [before, after] = [asCard(version.before), asCard(version.after)];
  const found = cardDifferences(before, after, { fields, language });
  const [oldPhoto, newPhoto] = [
    before && photoUrl(accountId, before, 'list'),
    after && photoUrl(accountId, after, 'list'),
  ];
  const isPhotoNew = oldPhoto !== newPhoto;
  if (found.length === 0 && !isPhotoNew) return <p className={styles['note']}>{texts.nothingSeen}</p>;
  return (
    <dl className={styles['differences']}>
      {isPhotoNew ? (
        <>
          <dt>{texts.photo}</dt>
          <dd>
            <Photo url={oldPhoto} label={texts.photoBefore} none={texts.none} />
            <span aria-hidden>→</span>
            <Photo url={newPhoto} label={texts.photoAfter} none={texts.none} />
          </dd>
        </>
      ) : null}
      {found.map(({ key, label, before: old, after: now }) => (
        <DifferenceRow key={key} label={label} before={old} after={now} />
      ))}
    </dl>
  );
}

function DifferenceRow({
  label,
  before,
  after,
}: {
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
}) {
  const texts = useHistoryTexts();
  return (
    <>
      <dt>{label}</dt>
      <dd>
        <span className="visually-hidden">{texts.before}</span>
        {before === null ? (
          <span className={styles['note']}>{texts.none}</span>
        ) : (
          <del className={styles['old']}>{before}</del>
        )}
        <span aria-hidden>→</span>
        <span className="visually-hidden">{texts.after}</span>
        {after === null ? <span className={styles['note']}>{texts.none}</span> : <ins>{after}</ins>}
      </dd>
    </>
  );
}

function Photo({ url, label, none }: { readonly url: string | null; readonly label: string; readonly none: string }) {
  const [isBroken, setBroken] = useState(false);
  if (!url || isBroken) return <span className={styles['note']}>{none}</span>;
  return (
    <img className={styles['photo']} src={url} alt={label} width={48} height={48} onError={() => setBroken(true)} />
  );
}

function asCard(content: CardVersion['before']): ContactCard | null {
  return content ? (content as ContactCard) : null;
}
