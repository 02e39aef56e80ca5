/** The form of a contact: code of its own, fetched when it is opened, or before when there is nothing else to do. */
export async function loadEditor() {
  const [{ CardEditor }, { NewCard }] = await Promise.all([
    import('./edit/card-editor.tsx'),
    import('./edit/new-card.tsx'),
  ]);
  return { CardEditor, NewCard };
}
