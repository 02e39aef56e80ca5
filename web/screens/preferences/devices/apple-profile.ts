import { mobileConfig } from '../../../../src/format/apple/mobileConfig.ts';
import type { DeviceFacts } from './devices-texts.ts';

/**
 * Hands the person a profile for Apple's devices. It is made in the browser: a password in it never travels in an
 * address, nor through the server again.
 */
export function downloadProfile(
  title: string,
  { address, login, principalPath }: DeviceFacts & { readonly principalPath: string },
  password: string | null,
): void {
  const ids = [newUuid(), newUuid()] as const;
  const text = mobileConfig({ title, serverUrl: address, principalPath, username: login, password, ids });
  const url = URL.createObjectURL(new Blob([text], { type: 'application/x-apple-aspen-config' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'coterie.mobileconfig';
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** RFC 9562 §5.4; `crypto.randomUUID` is there in secure contexts only. */
function newUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
}
