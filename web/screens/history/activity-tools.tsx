import { History } from 'lucide-react';
import type { Id } from '../../../client/src/types.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/fields/select.tsx';
import { Menu } from '../../ui/menu.tsx';
import styles from './history.module.css';
import { useHistoryTexts } from './history-texts.ts';

/** Somebody who did something in the folder. */
export interface Person {
  readonly id: Id;
  readonly name: string;
}

interface ActivityToolsProps {
  readonly people: readonly Person[];
  /** null: everybody. */
  readonly person: Person | null;
  readonly onPerson: (person: Person | null) => void;
  readonly mayRewind: boolean;
  readonly onRewind: (to: string) => void;
}

const everybody = '*';
const hour = 3_600_000;

const moments = {
  hour: () => Date.now() - hour,
  today: () => new Date().setHours(0, 0, 0, 0),
  day: () => Date.now() - 24 * hour,
  week: () => Date.now() - 7 * 24 * hour,
} as const;

/** Whose changes are shown, and going back to a moment: of the whole folder, or of that person's changes. */
export function ActivityTools({ people, person, onPerson, mayRewind, onRewind }: ActivityToolsProps) {
  const texts = useHistoryTexts();
  const options = [{ id: everybody, label: texts.everybody }, ...people.map(({ id, name }) => ({ id, label: name }))];
  const label = person ? texts.rewindOf(person.name) : texts.rewind;
  const entries = (Object.keys(moments) as (keyof typeof moments)[]).map((name) => ({
    id: name,
    label: texts.moments[name],
    onAction: () => onRewind(new Date(moments[name]()).toISOString()),
  }));
  return (
    <div className={styles['tools']}>
      <Select
        label={texts.who}
        options={options}
        value={person?.id ?? everybody}
        onChange={(id) => onPerson(people.find((each) => each.id === id) ?? null)}
      />
      {mayRewind ? (
        <Menu label={label} entries={entries}>
          <Button icon={<History size={16} aria-hidden />}>{label}</Button>
        </Menu>
      ) : null}
    </div>
  );
}
