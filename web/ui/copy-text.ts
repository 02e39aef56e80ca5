/** Puts a text on the clipboard; outside of secure contexts there is none, but the old command still copies what is selected. */
export async function copyText(text: string, input: HTMLInputElement | HTMLTextAreaElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = input ?? document.body.appendChild(hiddenField(text));
    field.focus();
    field.select();
    const isCopied = document.execCommand('copy');
    if (!input) field.remove();
    return isCopied;
  }
}

function hiddenField(text: string): HTMLTextAreaElement {
  const field = document.createElement('textarea');
  field.className = 'visually-hidden';
  field.value = text;
  return field;
}
