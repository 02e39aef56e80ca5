import { X } from 'lucide-react';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { isSetFailure } from '../../../client/src/errors.ts';
import { describeError } from '../../api/errors.ts';
import { useAddressBooks, usePreferences, useSession } from '../../api/hooks.ts';
import { call } from '../../api/jmap.ts';
import { useMessages } from '../../locales/messages.ts';
import { setPreferences } from '../../model/appearance.ts';
import type { CardRef } from '../../model/cards/card-ref.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/fields/checkbox.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { showFailure } from '../../ui/toasts.tsx';
import { deleteCards } from '../contacts/move/card-operations.ts';
import collecting from './collecting.module.css';
import styles from './preferences-screen.module.css';
import { SentMailboxSection } from './sent-mailbox-section.tsx';

/** « Personnes contactées »: whether one’s correspondents are collected, who is not, and from where. */
export function CollectingPreferences() {
  const { preferences } = useMessages();
  const words = preferences.collecting;
  const { accountId } = useSession();
  const current = usePreferences();
  if (!current) return null;
  const collects = (wants: boolean) => {
    setPreferences(accountId, { collects: wants }).catch((error: unknown) => showFailure(describeError(error)));
  };
  return (
    <>
      <h2 className={styles['heading']}>{preferences.sections.collecting}</h2>
      <div className={styles['choices']}>
        <p>{words.intro}</p>
        <Checkbox isSelected={current.collects} onChange={collects}>
          {words.collects}
        </Checkbox>
        <EmptyFolder />
      </div>
      <Forgotten addresses={Object.keys(current.forgottenAddresses)} />
      {current.mayNameSentMailbox ? (
        <SentMailboxSection mailbox={current.sentMailbox} consentAt={current.consentAt} />
      ) : null}
    </>
  );
}

const idsAtOnce = 5_000;

/** The cards go to the trash, and « Annuler » takes them out again. */
function EmptyFolder() {
  const { preferences } = useMessages();
  const { accountId } = useSession();
  const { list } = useAddressBooks();
  const [isPending, setPending] = useState(false);
  const book = list.find((one) => one.accountId === accountId && one.role === 'collected');
  const empty = async (bookId: string) => {
    const refs: CardRef[] = [];
    for (;;) {
      const filter = { inAddressBook: bookId };
      const { ids } = await call('ContactCard/query', { accountId, filter, position: refs.length, limit: idsAtOnce });
      refs.push(...ids.map((id) => ({ accountId, id, bookId })));
      if (ids.length < idsAtOnce) break;
    }
    await deleteCards(refs);
  };
  if (!book) return null;
  return (
    <Button
      isDisabled={book.cardCount === 0 || isPending}
      onPress={() => {
        setPending(true);
        empty(book.id)
          .catch((error: unknown) => showFailure(describeError(error)))
          .finally(() => setPending(false));
      }}
    >
      {preferences.collecting.empty(book.cardCount)}
    </Button>
  );
}

function Forgotten({ addresses }: { readonly addresses: readonly string[] }) {
  const { preferences } = useMessages();
  const words = preferences.collecting;
  const { accountId } = useSession();
  const [address, setAddress] = useState('');
  const [problem, setProblem] = useState<string>();
  const set = (wanted: readonly string[]) => {
    const forgottenAddresses = Object.fromEntries(wanted.map((one) => [one, true as const]));
    return setPreferences(accountId, { forgottenAddresses });
  };
  const add = () => {
    const wanted = address.trim().toLowerCase();
    if (!wanted.includes('@')) return setProblem(words.addressWrong);
    set([...addresses, wanted]).then(
      () => {
        setAddress('');
        setProblem(undefined);
      },
      (error: unknown) => setProblem(isSetFailure(error) ? words.addressWrong : describeError(error)),
    );
  };
  return (
    <section className={collecting['section']} aria-label={words.forgotten}>
      <h3>{words.forgotten}</h3>
      <p className={styles['hint']}>{words.forgottenHint}</p>
      <ul className={collecting['addresses']}>
        {addresses.map((one) => (
          <li key={one}>
            {one}
            <IconButton
              size="small"
              label={words.remember(one)}
              onPress={() => {
                set(addresses.filter((other) => other !== one)).catch((error: unknown) =>
                  showFailure(describeError(error)),
                );
              }}
            >
              <X size={16} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      <Form
        className={collecting['line']!}
        validationBehavior="aria"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <TextField
          label={words.forget}
          type="email"
          value={address}
          onChange={(text) => {
            setAddress(text);
            setProblem(undefined);
          }}
          error={problem}
        />
        <Button type="submit">{words.forgetSubmit}</Button>
      </Form>
    </section>
  );
}
