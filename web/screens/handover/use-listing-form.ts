import { useState } from 'react';
import type { AddressBook } from '../../../client/src/types.ts';
import type { ChosenPrincipal } from './principal-field.tsx';

/** Who may find a folder. */
export type Audience = 'nobody' | 'everybody' | 'group';

/** The fields of « Proposé dans l’annuaire ». */
export interface ListingForm {
  readonly audience: Audience;
  readonly setAudience: (audience: Audience) => void;
  readonly group: ChosenPrincipal | null;
  readonly setGroup: (group: ChosenPrincipal | null) => void;
  readonly isGroupMissing: boolean;
  readonly groupMissing: () => void;
  readonly description: string;
  readonly setDescription: (description: string) => void;
  /** What is to be changed of the folder; null: a group is to be chosen first. */
  readonly patch: () => Pick<Partial<AddressBook>, 'listedFor' | 'description'> | null;
}

/** Keeps what is chosen, and says what of it is another than before. */
export function useListingForm({ listedFor, description: described }: AddressBook): ListingForm {
  const groupId = listedFor?.principalId ?? null;
  const [audience, setAudience] = useState<Audience>(
    listedFor === null ? 'nobody' : groupId === null ? 'everybody' : 'group',
  );
  const [group, setGroup] = useState<ChosenPrincipal | null>(groupId === null ? null : { id: groupId, name: '' });
  const [isGroupMissing, setGroupMissing] = useState(false);
  const [description, setDescription] = useState(described ?? '');
  return {
    audience,
    setAudience,
    group,
    setGroup(chosen) {
      setGroup(chosen);
      setGroupMissing(false);
    },
    isGroupMissing,
    groupMissing: () => setGroupMissing(true),
    description,
    setDescription,
    patch() {
      if (audience === 'group' && group === null) {
        setGroupMissing(true);
        return null;
      }
      const principalId = audience === 'group' ? group!.id : null;
      const wanted = audience === 'nobody' ? null : { principalId };
      const isSame = (wanted === null) === (listedFor === null) && principalId === groupId;
      const text = description.trim() || null;
      return {
        ...(isSame ? {} : { listedFor: wanted }),
        ...(audience === 'nobody' || text === described ? {} : { description: text }),
      };
    },
  };
}
