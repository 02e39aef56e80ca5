import { useSession } from '../../../api/hooks.ts';
import type { DeviceFacts } from './devices-texts.ts';

/** What a person types on a device: the address that stands in every link, and the name that they sign in with. */
export function useDeviceFacts(): DeviceFacts & { readonly principalPath: string } {
  const { session, accountId } = useSession();
  const { origin, host } = new URL(session.apiUrl, location.href);
  return { address: origin, host, login: session.username, principalPath: `/dav/principals/${accountId}/` };
}
