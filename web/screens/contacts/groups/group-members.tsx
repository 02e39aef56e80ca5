import { Mail } from 'lucide-react';
import { useState } from 'react';
import type { ContactCard, Id } from '../../../../client/src/types.ts';
import { describeError } from '../../../api/errors.ts';
import { useLanguage, useMessages } from '../../../locales/messages.ts';
import { contentOf, listName } from '../../../model/cards/card-summary.ts';
import { recipientsOfGroup, sortMembers } from '../../../model/cards/group-members.ts';
import { Button } from '../../../ui/button.tsx';
import { showFailure } from '../../../ui/toasts.tsx';
import { writeToRecipients } from '../send/write-to.tsx';
import styles from './group-members.module.css';
import { removeMember } from './group-operations.ts';
import { useGroupsTexts } from './groups-texts.ts';
import { MemberField } from './member-field.tsx';
import { MemberLine } from './member-line.tsx';
import { useGroupMembers, useMemberAccounts } from './use-group-members.ts';

interface GroupMembersProps {
  readonly accountId: Id;
  readonly card: ContactCard;
  readonly mayWrite: boolean;
}

const shownAtFirst = 60;

/** Who is in a group, from every account that the person reads; more are added, and all are written to. */
export function GroupMembers({ accountId, card, mayWrite }: GroupMembersProps) {
  const {
    contacts: { card: words },
  } = useMessages();
  const texts = useGroupsTexts();
  const language = useLanguage();
  const [isWhole, setWhole] = useState(false);
  const keys = Object.keys(contentOf(card).members ?? {});
  const accounts = useMemberAccounts(accountId);
  const found = useGroupMembers(accounts, keys);
  const members = sortMembers(keys, found ?? new Map(), language);
  const shown = isWhole ? members : members.slice(0, shownAtFirst);
  const group = { accountId, id: card.id, name: listName(card) };
  const write = () =>
    void recipientsOfGroup(keys, accounts).then(writeToRecipients, (error: unknown) =>
      showFailure(describeError(error)),
    );
  return (
    <section className={styles['members']} aria-labelledby="group-members" aria-busy={found === undefined}>
      <div className={styles['head']}>
        <h3 id="group-members" className={styles['title']}>
          {words.members(keys.length)}
        </h3>
        {keys.length > 0 ? (
          <Button size="small" icon={<Mail size={16} aria-hidden />} onPress={write}>
            {texts.write}
          </Button>
        ) : null}
      </div>
      <ul className={styles['list']}>
        {shown.map((member) => (
          <MemberLine
            key={member.key}
            member={member}
            isKnown={found !== undefined}
            onRemove={mayWrite ? () => void removeMember(member.key, group) : undefined}
          />
        ))}
      </ul>
      {shown.length < members.length ? (
        <Button size="small" variant="quiet" onPress={() => setWhole(true)}>
          {texts.showAll(members.length)}
        </Button>
      ) : null}
      {mayWrite ? <MemberField group={group} members={keys} /> : null}
    </section>
  );
}
