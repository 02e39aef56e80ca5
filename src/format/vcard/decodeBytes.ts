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
  const texts: string[] = [];
  for (let start = 0; start < bytes.length;) {
    const lines = [lineAt(bytes, start)];
    let end = start + lines[0]!.length;
    while (isCutAt(bytes, end)) {
      const line = lineAt(bytes, end);
      lines.push(line);
      end += line.length;
    }
    const whole = lines.length > 1 ? decodeStrictly(joinCutCharacters(bytes.subarray(start, end))) : undefined;
    texts.push(whole ?? lines.map((line) => decodeStrictly(line) ?? decodeAs(charsetOf(line), line)).join(''));
    start = end;
  }
  return texts.join('');
}

function lineAt(bytes: Uint8Array, start: number): Uint8Array {
  const feed = bytes.indexOf(10, start);
  return bytes.subarray(start, feed < 0 ? bytes.length : feed + 1);
}

/** Whether a line that begins here continues the one before in the middle of a character of UTF-8. */
function isCutAt(bytes: Uint8Array, start: number): boolean {
  return (bytes[start] === 0x20 || bytes[start] === 9) && (bytes[start + 1]! & 0xc0) === 0x80;
}

/**
 * RFC 6350 §3.2: simple programs fold in the middle of a character. Those folds are taken back, as octets; what is UTF-8
 * afterwards has been cut in no other way.
 */
export function joinCutCharacters(bytes: Uint8Array): Uint8Array {
  const joined = new Uint8Array(bytes.length);
  let [length, from] = [0, 0];
  const take = (end: number) => {
    joined.set(bytes.subarray(from, end), length);
    length += end - from;
  };
  for (let feed = bytes.indexOf(10); feed >= 0; feed = bytes.indexOf(10, feed + 1)) {
    if (!isCutAt(bytes, feed + 1)) continue;
    take(bytes[feed - 1] === 13 ? feed - 1 : feed);
    from = feed + 2;
  }
  take(bytes.length);
  return joined.subarray(0, length);
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
