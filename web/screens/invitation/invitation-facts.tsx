import { CalendarClock, CalendarDays, ContactRound, UsersRound } from 'lucide-react';
import type { ShareInvitation } from '../../../client/src/types.ts';
import { useLanguage, useMessages } from '../../locales/messages.ts';
import { dayInWords } from '../../model/sharing/end-date.ts';
import { Fact, NoteOf } from './answer-page.tsx';
import styles from './invitation.module.css';
import { RightsList } from './rights-list.tsx';

/** What a person must know before they say yes: what one may do, how much there is, until when, by whom. */
export function InvitationFacts({ invitation }: { readonly invitation: ShareInvitation }) {
  const { sharing, common } = useMessages();
  const language = useLanguage();
  const { role, rights, cardCount, expiresAt, via, note, ownerName, sharedByName, sharedAt } = invitation;
  const texts = sharing.invitation;
  return (
    <>
      {note ? <NoteOf title={texts.noteOf(sharedByName)} note={note} /> : null}
      <section className={styles['section']}>
        <h2>
          {texts.youMay} <span className={styles['role']}>{common.roles[role]}</span>
        </h2>
        <RightsList rights={rights} />
      </section>
      <ul className={styles['facts']}>
        <Fact icon={<ContactRound size={16} aria-hidden />}>{common.contactCount(cardCount)}</Fact>
        {expiresAt ? (
          <Fact icon={<CalendarClock size={16} aria-hidden />}>{sharing.ends(dayInWords(expiresAt, language))}</Fact>
        ) : null}
        {via.length > 0 ? (
          <Fact icon={<UsersRound size={16} aria-hidden />}>{texts.via(via.map(({ name }) => name).join(', '))}</Fact>
        ) : null}
        <Fact icon={<CalendarDays size={16} aria-hidden />}>
          {texts.sharedOn(dayInWords(sharedAt, language))}
          {sharedByName === ownerName ? null : ` · ${texts.sharedBy(sharedByName)}`}
        </Fact>
      </ul>
    </>
  );
}
