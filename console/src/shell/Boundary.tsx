import { Component, type ReactNode } from "react";
import { Failure } from "./Failure";

/** Keeps one broken page from taking the frame with it. */
export class Boundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <div className="page">
        <Failure error={error} onRetry={() => this.setState({ error: null })} />
      </div>
    );
  }
}
