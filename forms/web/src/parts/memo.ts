import { Component, h, type ComponentType, type VNode } from "preact";

/** A component that is drawn again only when a property or its own state changes. */
export function memo<P extends object>(Inner: ComponentType<P>): ComponentType<P> {
  return class extends Component<P> {
    override shouldComponentUpdate(next: P): boolean {
      const names = Object.keys({ ...this.props, ...next }) as (keyof P)[];
      return names.some((name) => this.props[name] !== next[name]);
    }

    render(): VNode {
      return h(Inner as ComponentType<object>, this.props);
    }
  };
}
