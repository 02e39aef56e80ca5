import { Plus } from 'lucide-react';
import { useMessages } from '../../locales/messages.ts';
import { Button } from '../../ui/button.tsx';
import { SearchField } from '../../ui/fields/search-field.tsx';
import { SkeletonLines } from '../../ui/loading/skeleton.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { describe } from './administration-operations.ts';
import rows from '../../ui/rows.module.css';
import styles from './administration.module.css';
import { openPrincipalDialog } from './principal-dialog.tsx';
import { PrincipalRow } from './principal-row.tsx';
import { useManaged } from './use-managed.ts';

/** « Personnes » and « Groupes »: a list to search in, with what can be done with each. */
export function PrincipalsSection({ kind }: { readonly kind: 'individual' | 'group' }) {
  const { administration: words, common } = useMessages();
  const { text, setText, page, error, more, reload } = useManaged(kind);
  const isGroup = kind === 'group';
  const label = isGroup ? words.searchGroups : words.searchPeople;
  return (
    <>
      <div className={styles['tools']}>
        <SearchField label={label} placeholder={label} value={text} onChange={setText} />
        <Button
          variant="primary"
          icon={<Plus size={16} aria-hidden />}
          onPress={() => openPrincipalDialog({ kind, onDone: reload })}
        >
          {isGroup ? words.addGroup : words.addPerson}
        </Button>
      </div>
      {error !== undefined ? <ErrorState text={describe(error)} onRetry={reload} /> : null}
      {page === undefined && error === undefined ? <SkeletonLines count={5} label={common.loading} /> : null}
      {page ? (
        <section aria-label={label}>
          <p className={rows['detail']} role="status">
            {page.total === 0 && text.trim() !== ''
              ? words.nothingFound
              : isGroup
                ? words.countGroups(page.total)
                : words.countPeople(page.total)}
          </p>
          <ul className={styles['list']}>
            {page.list.map((principal) => (
              <PrincipalRow key={principal.id} principal={principal} onChanged={reload} />
            ))}
          </ul>
          {page.total > page.list.length ? <Button onPress={more}>{words.more}</Button> : null}
        </section>
      ) : null}
    </>
  );
}
