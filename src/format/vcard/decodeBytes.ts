/** Reads the bytes of a vCard file as text: by its BOM, as UTF-8, or line by line as the old programs wrote. */
export function decodeVCardBytes(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  // "B" and a zero byte: UTF-16 without a BOM.
  if (bytes[0] === 0x42 && bytes[1] === 0) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0 && bytes[1] === 0x42) return new TextDecoder('utf-16be').decode(bytes);
  return decodeStrictly(bytes) ?? decodeByLine(bytes);
}

function decodeStrictly(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

// Outlook mixes encodings in one file and names them in CHARSET; without a name it is the Windows code page.
function decodeByLine(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let start = 0; start < bytes.length;) {
    const feed = bytes.indexOf(10, start);
    const end = feed < 0 ? bytes.length : feed + 1;
    const line = bytes.subarray(start, end);
    lines.push(decodeStrictly(line) ?? decodeAs(charsetOf(line), line));
    start = end;
  }
  return lines.join('');
}

function charsetOf(line: Uint8Array): string {
  const header = new TextDecoder('latin1').decode(line.subarray(0, 200));
  return /^[^:]*;CHARSET="?([A-Za-z0-9_-]+)/i.exec(header)?.[1] ?? 'windows-1252';
}

/** Decodes bytes in a named charset, or in windows-1252 when the name is unknown. */
export function decodeAs(charset: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
