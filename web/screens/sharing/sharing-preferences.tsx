import { useMessages } from '../../locales/messages.ts';

/** Preferences › « Partages »: shared with me and shared by me. */
export function SharingPreferences() {
  const { preferences } = useMessages();
  return <h2>{preferences.sections.sharing}</h2>;
}
