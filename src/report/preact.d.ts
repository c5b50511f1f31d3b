/**
 * What this program uses of Preact's types. Preact's own name the whole DOM (`/// <reference lib="dom" />` in its
 * jsx.d.ts), by which `name`, `status` or `event` would count as declared in all of src; tsconfig.json puts this file in
 * their place. At run time Preact itself is imported.
 */
export type ComponentChild = VNode | string | number | boolean | null | undefined;
export type ComponentChildren = ComponentChild | readonly ComponentChildren[];

export interface VNode<P = object> {
  readonly type: unknown;
  readonly props: P;
  readonly key: unknown;
}

type Attribute = string | number | boolean | undefined;

interface Attributes {
  readonly [name: string]: Attribute | ComponentChildren | { readonly __html: string };
  readonly children?: ComponentChildren;
  readonly dangerouslySetInnerHTML?: { readonly __html: string };
}

export namespace JSX {
  export type Element = VNode;
  export type ElementType = string | ((props: never) => ComponentChild);
  export interface ElementChildrenAttribute {
    readonly children: ComponentChildren;
  }
  export interface IntrinsicElements {
    readonly [name: string]: Attributes;
  }
}

export function jsx(type: unknown, props: unknown, key?: unknown): VNode;
export const jsxs: typeof jsx;
export const jsxDEV: typeof jsx;
export function Fragment(props: { readonly children?: ComponentChildren }): VNode;
