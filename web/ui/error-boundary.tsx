import { Component, type ReactNode } from 'react';
import { messages } from '../locales/messages.ts';
import { Button } from './button.tsx';
import { EmptyState } from './states.tsx';

interface ErrorBoundaryProps {
  /** Another value tries anew: the address of the page. */
  readonly resetKey?: string;
  /** What to do instead of showing the crash: nothing is rendered then. */
  readonly onCrash?: () => void;
  readonly children: ReactNode;
}

/** Catches a crash while rendering and offers to reload. A class because React knows no other way. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidCatch() {
    this.props.onCrash?.();
  }

  override componentDidUpdate(previous: ErrorBoundaryProps) {
    if (this.state.failed && previous.resetKey !== this.props.resetKey) this.setState({ failed: false });
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    if (this.props.onCrash) return null;
    const { common } = messages();
    return (
      <div role="alert">
        <EmptyState title={common.errorTitle} text={common.errorCrash}>
          <Button variant="primary" onPress={() => location.reload()}>
            {common.reload}
          </Button>
        </EmptyState>
      </div>
    );
  }
}
