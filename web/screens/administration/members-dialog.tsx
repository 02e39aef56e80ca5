import { X } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { ManagedPrincipal } from '../../../client/src/types.ts';
import { useMessages } from '../../locales/messages.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { openDialog } from '../../ui/dialog-host.tsx';
import { SkeletonLines } from '../../ui/loading/skeleton.tsx';
import { change, describe, membersOf } from './administration-operations.ts';
import rows from '../../ui/rows.module.css';
import styles from './administration.module.css';
import { PrincipalPicker } from './principal-picker.tsx';

/** Who is in a group; of a group made here, somebody more or less. */
export function openMembersDialog(group: ManagedPrincipal, onChanged: () => void): void {
  openDialog((close) => <MembersDialog group={group} onChanged={onChanged} onClose={close} />);
}

interface MembersProps {
  readonly group: ManagedPrincipal;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}

function MembersDialog({ group, onChanged, onClose }: MembersProps) {
  const { administration: words, common } = useMessages();
  const [members, setMembers] = useState<readonly ManagedPrincipal[]>();
  const [problem, setProblem] = useState<string>();
  const { id } = group;
  const load = useCallback(() => {
    membersOf(id).then(setMembers, (error: unknown) => setProblem(describe(error)));
  }, [id]);
  useEffect(load, [load]);
  const set = (memberId: string, isMember: true | null) => {
    setProblem(undefined);
    change(id, { [`memberIds/${memberId}`]: isMember }).then(
      () => {
        load();
        onChanged();
      },
      (error: unknown) => setProblem(describe(error)),
    );
  };
  const isFixed = group.source === 'directory';
  return (
    <Dialog
      title={words.membersOf(group.name)}
      onClose={onClose}
      onSubmit={onClose}
      footer={
        <Button type="submit" variant="primary">
          {common.close}
        </Button>
      }
    >
      {isFixed ? <p>{words.fromDirectory}</p> : null}
      {members ? (
        <ul className={styles['members']} aria-label={words.membersOf(group.name)}>
          {members.map(({ id: memberId, name, email }) => (
            <li key={memberId}>
              <span className={rows['name']}>{name}</span>
              <span className={rows['detail']}>{email}</span>
              {isFixed ? null : (
                <IconButton size="small" label={words.removeMember(name)} onPress={() => set(memberId, null)}>
                  <X size={16} aria-hidden />
                </IconButton>
              )}
            </li>
          ))}
        </ul>
      ) : (
        <SkeletonLines count={3} label={common.loading} />
      )}
      {isFixed || !members ? null : (
        <PrincipalPicker
          label={words.addMember}
          kind={null}
          without={new Set([id, ...members.map((member) => member.id)])}
          chosen={undefined}
          onChoose={(chosen) => set(chosen.id, true)}
        />
      )}
      {problem ? (
        <Banner tone="danger" isInline isLive>
          {problem}
        </Banner>
      ) : null}
    </Dialog>
  );
}
