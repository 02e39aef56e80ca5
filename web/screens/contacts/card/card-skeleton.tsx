import { useMessages } from '../../../locales/messages.ts';
import { Skeleton, SkeletonLines } from '../../../ui/loading/skeleton.tsx';
import styles from './card.module.css';

/** Where a card will stand in a moment. */
export function CardSkeleton() {
  const { contacts } = useMessages();
  return (
    <div className={styles['page']}>
      <div className={styles['head']}>
        <span className={styles['face']} />
        <span className={styles['names']}>
          <Skeleton width="12rem" height="1.25rem" />
          <Skeleton width="8rem" />
        </span>
      </div>
      <SkeletonLines count={5} label={contacts.card.loading} />
    </div>
  );
}
