import { useRef, useState } from 'react';
import { keyOfAddress } from '../../../model/cards/group-members.ts';
import { TokenField } from '../../../ui/fields/token-field.tsx';
import { FolderIcon } from '../../folders/folder-icon.tsx';
import { addMembersToGroup, type NamedGroup } from './group-operations.ts';
import styles from './group-members.module.css';
import { useGroupsTexts } from './groups-texts.ts';
import { useMemberSearch } from './use-member-search.ts';

interface MemberFieldProps {
  readonly group: NamedGroup;
  readonly members: readonly string[];
}

const whole = /^[^\s@,;<>()]+@[^\s@,;<>()][^\s@,;<>().]*\.[^\s@,;<>()]+$/u;
const separators = /[,;\n\t]/;

/** « Ajouter un membre »: whoever is found by a name joins at once, and an address that is nobody's card. */
export function MemberField({ group, members }: MemberFieldProps) {
  const texts = useGroupsTexts();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const { options, isLoading } = useMemberSearch(text);
  const fresh = options.filter(({ key }) => !members.includes(key));
  const add = (keys: readonly string[]) => {
    setText('');
    if (keys.length > 0) void addMembersToGroup(keys, group);
  };
  const commit = (typed: string) => {
    const parts = typed
      .split(separators)
      .map((part) => part.trim())
      .filter(Boolean);
    const addresses = parts.filter((part) => whole.test(part));
    // What is no address stays: it is a name that is being looked for.
    add(addresses.map(keyOfAddress));
    setText(parts.filter((part) => !addresses.includes(part)).join(' '));
  };
  return (
    <div className={styles['field']}>
      <TokenField
        label={texts.add}
        description={texts.addHint}
        tokens={[]}
        tokensLabel={texts.added}
        removeLabel=""
        onRemove={() => {}}
        text={text}
        onText={setText}
        onCommit={commit}
        isComplete={(typed) => whole.test(typed.trim())}
        hasSeparator={(typed) => separators.test(typed)}
        options={fresh}
        optionId={({ key }) => key}
        renderOption={({ name, email, folder }) => (
          <span className={styles['option']}>
            <span className={styles['words']}>
              <span className={styles['name']}>{name}</span>
              {email && email !== name ? <span className={styles['rest']}>{email}</span> : null}
            </span>
            <span className={styles['origin']}>
              <FolderIcon kind={folder.kind} color={folder.color} size={14} />
              <span className={styles['rest']}>{folder.name}</span>
            </span>
          </span>
        )}
        onChoose={({ key }) => add([key])}
        isLoading={isLoading}
        emptyText={texts.noMatch}
        inputRef={input}
      />
    </div>
  );
}
