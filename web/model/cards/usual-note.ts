import type { OnlineService, Phone } from '../../../src/format/jscontact/types.ts';
import type { EntryFieldRow } from '../../fields.ts';
import type { Messages } from '../../locales/messages.ts';
import { contextOf, phoneKindOf } from './card-values.ts';
import type { Entry } from './entries.ts';

/** What tells an entry from others of its field, where nobody gave it a label: « Bureau », « Portable », « Signal ». */
export function usualNote({ kinds }: EntryFieldRow, entry: Entry, fields: Messages['contacts']['fields']): string {
  if (kinds === 'phoneKinds') return fields.phoneKinds[phoneKindOf(entry as unknown as Phone)];
  if (kinds === 'services') return (entry as OnlineService).service ?? '';
  const context = contextOf(entry);
  return context === 'other' ? '' : fields.contexts[context];
}
