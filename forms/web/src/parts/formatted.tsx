// Inline markup as the engine sends it. It knows a fixed set of elements; nothing here reads HTML.

import type { ComponentChildren, VNode } from "preact";
import type { Markup, ShownText } from "../engine/node";

// Only these properties come through, and only by CSSOM: the page's policy forbids style attributes.
const kStyles = ["color", "font-family"];

function styleOnto(style: Markup & object) {
  const rules = "style" in style && typeof style.style === "string" ? style.style.split(";") : [];
  return (element: HTMLElement | null) => {
    for (const rule of rules) {
      const [name, value] = rule.split(/:(.*)/s).map((part) => part.trim());
      if (element && name && value && kStyles.includes(name)) element.style.setProperty(name, value);
    }
  };
}

function piece(one: Markup, key: number): ComponentChildren {
  if ("text" in one) return one.text;
  const children = one.children?.map(piece);
  switch (one.element) {
    case "br":
      return <br key={key} />;
    case "a":
      return (
        <a key={key} href={one.url} target="_blank" rel="noopener noreferrer">
          {children}
        </a>
      );
    case "strong":
      return <strong key={key}>{children}</strong>;
    case "em":
      return <em key={key}>{children}</em>;
    case "span":
      return (
        <span key={key} ref={styleOnto(one)}>
          {children}
        </span>
      );
    default:
      // A heading inside a label or hint: large, but no heading of the page's outline.
      return (
        <span key={key} class={`inline-heading inline-${one.element}`}>
          {children}
        </span>
      );
  }
}

/** A label or hint: its markup where there is some, else its text with its line breaks. */
export function Formatted({ text }: { text: ShownText | undefined }): VNode | null {
  if (!text) return null;
  if (text.formatted) return <>{text.formatted.map(piece)}</>;
  return <>{text.text}</>;
}
