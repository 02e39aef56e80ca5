import type { PreviewedFolder, PreviewedShare, ZimbraPreview } from '../../../client/src/zimbra.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/fields/checkbox.tsx';
import { RadioGroup } from '../../ui/fields/radio-group.tsx';
import { FolderIcon } from '../folders/folder-icon.tsx';
import { RemarkList } from './remark-list.tsx';
import type { ZimbraChoices } from './zimbra-operations.ts';
import { useZimbraTexts } from './zimbra-texts.ts';
import styles from './zimbra.module.css';

interface ZimbraPreviewProps {
  readonly preview: ZimbraPreview;
  readonly choices: ZimbraChoices;
  readonly isRereading: boolean;
  readonly onChoose: (choices: ZimbraChoices) => void;
  readonly onBegin: () => void;
  readonly onBack: () => void;
}

/** What would come, before anything does. */
export function ZimbraPreviewView({ preview, choices, isRereading, onChoose, onBegin, onBack }: ZimbraPreviewProps) {
  const words = useZimbraTexts();
  const { verdicts, folders } = preview;
  const numbers = [
    words.contacts(preview.contacts),
    ...(['groups', 'photos', 'tags'] as const)
      .filter((name) => preview[name] > 0)
      .map((name) => words[name](preview[name])),
  ];
  const left = verdicts.changedHere + verdicts.deletedHere + verdicts.leftOut;
  const standings = [
    ...(verdicts.new > 0 ? [words.verdicts.new(verdicts.new)] : []),
    ...(verdicts.changed > 0 ? [words.verdicts.changed(verdicts.changed)] : []),
    ...(verdicts.same + verdicts.there > 0 ? [words.verdicts.present(verdicts.same + verdicts.there)] : []),
    ...(left > 0 ? [words.verdicts.left(left)] : []),
  ];
  return (
    <>
      <section className={styles['section']} aria-label={words.found}>
        <h3>{words.found}</h3>
        <p>
          <strong>{numbers.join(' · ')}</strong>
          <br />
          {standings.join(' · ')}
        </p>
        <ul className={styles['rows']} aria-label={words.folders(folders.length)}>
          {folders.map((folder) => (
            <FolderLine key={folder.id} folder={folder} />
          ))}
        </ul>
        <Checkbox
          isSelected={choices.withTrash}
          onChange={(withTrash) => onChoose({ ...choices, withTrash })}
          description={words.withTrashHint}
        >
          {words.withTrash}
        </Checkbox>
      </section>
      <SharesSection folders={folders} choices={choices} onChoose={onChoose} />
      {preview.links.length > 0 ? (
        <section className={styles['section']} aria-label={words.links(preview.links.length)}>
          <h3>{words.links(preview.links.length)}</h3>
          <ul className={styles['rows']}>
            {preview.links.map(({ name, ownerEmail, isHere }) => (
              <li key={`${name} ${ownerEmail ?? ''}`}>
                <span>
                  {name} {ownerEmail ? <small>({ownerEmail})</small> : null}
                </span>
                <small>{isHere ? words.linkHere : words.linkAway}</small>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {preview.problemCount > 0 ? (
        <RemarkList title={words.remarks(preview.problemCount)} problems={preview.problems} />
      ) : null}
      <div className={styles['actions']}>
        <Button variant="primary" onPress={onBegin} isPending={isRereading}>
          {words.begin}
        </Button>
        <Button onPress={onBack}>{words.other}</Button>
      </div>
    </>
  );
}

function FolderLine({ folder }: { readonly folder: PreviewedFolder }) {
  const words = useZimbraTexts();
  const kind = folder.id === '7' ? 'contacts' : folder.id === '13' ? 'collected' : 'own';
  return (
    <li style={{ paddingInlineStart: `${(Math.min(folder.path.length, 6) - 1) * 1.25}rem` }}>
      <span className={styles['folder']}>
        <FolderIcon kind={kind} color={folder.color} />
        <span>{folder.name}</span>
      </span>
      <small>
        {words.contacts(folder.count)} · {words.folderStates[folder.state]}
      </small>
    </li>
  );
}

interface SharesProps {
  readonly folders: readonly PreviewedFolder[];
  readonly choices: ZimbraChoices;
  readonly onChoose: (choices: ZimbraChoices) => void;
}

function SharesSection({ folders, choices, onChoose }: SharesProps) {
  const words = useZimbraTexts();
  const shared = folders.flatMap((folder) =>
    folder.shares.map((share, at) => ({ folder, share, key: `${folder.id} ${at}` })),
  );
  const ids = ['none', 'quiet', 'mail'] as const;
  const mayBeMade = shared.some(({ share }) => share.state === 'new' || share.state === 'outside');
  return (
    <section className={styles['section']} aria-label={words.shares}>
      <h3>{words.shares}</h3>
      {shared.length === 0 ? (
        <p>{words.sharesNone}</p>
      ) : (
        <>
          <ul className={styles['rows']}>
            {shared.map(({ folder, share, key }) => (
              <li key={key}>
                <span>
                  {folder.name} → {share.type === 'public' ? words.everybody : share.name}
                </span>
                <small>{standingOf(words, share)}</small>
              </li>
            ))}
          </ul>
          {mayBeMade ? (
            <RadioGroup
              label={words.sharesQuestion}
              value={choices.shares}
              onChange={(shares) => onChoose({ ...choices, shares })}
              options={ids.map((id) => ({
                id,
                label: words.shareChoices[id][0],
                description: words.shareChoices[id][1],
              }))}
            />
          ) : null}
        </>
      )}
    </section>
  );
}

function standingOf(words: ReturnType<typeof useZimbraTexts>, { state, role, isExact }: PreviewedShare): string {
  if (state !== 'new') return words.shareStates[state] ?? state;
  const name = words.roles[role] ?? role;
  return isExact ? name : `${name} (${words.less})`;
}
