export function TrashPane() {
  return null;
}
