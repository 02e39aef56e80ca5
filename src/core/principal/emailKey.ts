/** The form in which addresses are compared: case means nothing, not even before the @ (as every mail server has it). */
export function emailKey(email: string): string {
  return email.trim().normalize('NFC').toLowerCase();
}
