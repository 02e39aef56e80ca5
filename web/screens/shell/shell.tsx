import type { ReactNode } from 'react';
import { useAppearance } from '../../model/appearance.ts';
import type { Route } from '../../model/route.ts';

/** The frame around every signed-in screen. */
export function Shell({ children }: { readonly route: Route; readonly children: ReactNode }) {
  useAppearance();
  return <main>{children}</main>;
}
