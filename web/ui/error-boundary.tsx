import { Component, type ReactNode } from 'react';
import { isOutdated, reloadOnce, wantsReload } from '../api/version.ts';
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

interface Failure {
  readonly failed: boolean;
  /** The server has a newer app. */
  readonly isOld: boolean;
}

/** Catches a crash while rendering and offers to reload. A class because React knows no other way. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, Failure> {
  override state: Failure = { failed: false, isOld: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidCatch() {
    if (this.props.onCrash) return this.props.onCrash();
    // What was to be shown may be gone with an older app.
    void isOutdated().then((isOld) => {
      if (isOld && !(wantsReload() && reloadOnce())) this.setState({ isOld });
    });
  }

  override componentDidUpdate(previous: ErrorBoundaryProps) {
    if (this.state.failed && previous.resetKey !== this.props.resetKey) this.setState({ failed: false, isOld: false });
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    if (this.props.onCrash) return null;
    const { common } = messages();
    return (
      <div role="alert">
        <EmptyState
          title={this.state.isOld ? common.updated : common.errorTitle}
          text={this.state.isOld ? common.updatedText : common.errorCrash}
        >
          <Button variant="primary" onPress={() => location.reload()}>
            {this.state.isOld ? common.reloadShort : common.reload}
          </Button>
        </EmptyState>
      </div>
    );
  }
}
