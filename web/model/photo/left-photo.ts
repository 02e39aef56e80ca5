let left: File | undefined;

/** A picture was dropped on a contact: the form that opens next takes it. */
export function leavePhoto(file: File): void {
  left = file;
}

/** The picture that was left for the form; once. */
export function takeLeftPhoto(): File | undefined {
  const file = left;
  left = undefined;
  return file;
}
