// The nodes of an instance, as the session protocol describes them (forms/cli/PROTOCOL.md, "Nodes").

export type NodeKind = "root" | "group" | "repeat-range" | "repeat" | "value";

export type ControlKind =
  | "input" | "note" | "select" | "select1" | "rank" | "range" | "trigger" | "upload"
  | "group" | "repeat";

export type AnswerType =
  | "string" | "int" | "decimal" | "boolean" | "date" | "time" | "dateTime" | "geopoint"
  | "geotrace" | "geoshape" | "binary" | "barcode" | "intent" | (string & {});

/** A piece of inline markup. Values that an `output` put there are never read as markup. */
export type Markup =
  | { text: string }
  | {
      element: "strong" | "em" | "a" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "span" | "br";
      children: Markup[];
      url?: string;
      style?: Record<string, string> | string;
    };

/** A text as it is shown; `image`, `audio`, `video` are `jr://` addresses. */
export interface ShownText {
  text: string;
  image?: string;
  audio?: string;
  video?: string;
  formatted?: Markup[];
}

export interface Choice {
  value: string;
  label: ShownText;
  properties?: [string, string][];
}

export interface Violation {
  condition: "required" | "constraint";
  message: string | null;
}

/** A soft check that the answer does not pass; it stands until it is overruled with a reason. */
export interface SoftViolation {
  condition: string;
  message: string | null;
  reason?: string | null;
}

export interface ControlOptions {
  rows?: string;
  accuracyThreshold?: string;
  unacceptableAccuracyThreshold?: string;
  media?: { accept: string; type: string; subtype: string };
  start?: string;
  end?: string;
  step?: string;
  tickInterval?: string;
  placeholder?: string;
  quality?: string;
  [name: string]: unknown;
}

export interface Attribute {
  name: string;
  namespace?: string;
  ref: string;
  value: string;
}

export interface Node {
  id: string;
  parent: string | null;
  /** `/data/person[2]/name`: positions on repeat instances only. */
  ref: string;
  kind: NodeKind;
  control: ControlKind | null;
  relevant: boolean;
  readonly?: boolean;
  required?: boolean;
  children?: string[];
  type?: AnswerType;
  /** The lexical value; missing while blank or not relevant. */
  value?: string;
  values?: string[];
  violation?: Violation;
  softViolation?: SoftViolation;
  label?: ShownText;
  hint?: ShownText;
  guidance?: { text: string };
  choices?: Choice[];
  /** The choices are as last sent; the session puts them in. */
  choicesKept?: boolean;
  appearances?: string[];
  classes?: string[];
  options?: ControlOptions;
  maxPixels?: number;
  canAdd?: boolean;
  canRemove?: boolean;
  attributes?: Attribute[];
  /** An expression of this node could not be evaluated. */
  fault?: string;
}

export interface Point {
  latitude: number;
  longitude: number;
  altitude?: number;
  accuracy?: number;
}

/** What a control may answer: see "value" in the protocol. Null clears. */
export type Value = string | number | boolean | null | string[] | Point;
