/** The methods that change something. */
export const changing: ReadonlySet<string> = new Set([
  'PUT',
  'POST',
  'DELETE',
  'PROPPATCH',
  'MKCOL',
  'COPY',
  'MOVE',
  'ACL',
]);
