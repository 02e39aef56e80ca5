/** After a refused submit the first field that is wrong takes the focus, and its error is read out. */
export function focusFirstInvalid(form: HTMLElement): void {
  // The fields say that they are invalid with the next rendering.
  requestAnimationFrame(() =>
    form.querySelector<HTMLElement>('input[aria-invalid="true"], textarea[aria-invalid="true"]')?.focus(),
  );
}
