/** `Content-Disposition: attachment` with a file name that every browser understands: RFC 6266, RFC 8187. */
export function attachment(fileName: string): string {
  return `attachment; ${fileNames(fileName)}`;
}

/** `Content-Disposition: inline`, with the name under which it is saved. */
export function inline(fileName: string): string {
  return `inline; ${fileNames(fileName)}`;
}

function fileNames(fileName: string): string {
  // Most names look the same in both forms.
  if (/^[\w.-]+$/u.test(fileName)) return `filename="${fileName}"; filename*=UTF-8''${fileName}`;
  const name = fileName.replace(/[\p{Cc}/\\]+/gu, ' ').trim();
  // The plain form is for programs that do not know the other: without what they could misread.
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^\w .()-]+/gu, '_');
  return `filename="${plain}"; filename*=UTF-8''${encodeRfc8187(name)}`;
}

function encodeRfc8187(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /['()*]/gu,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
