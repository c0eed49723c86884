// Which control asks a question, and how the questions of a group stand together. The only file of
// this folder that the frame imports. The table of types and appearances is in README.md.

import type { Node } from "../engine/node";
import { has } from "./appearance";
import { Barcode } from "./barcode";
import { ChoiceList } from "./choice_list";
import { Combobox } from "./combobox";
import type { Control, ControlProps, Layout } from "./control";
import { DateControl, DateTimeControl, TimeControl } from "./date";
import { FieldList } from "./field_list";
import { Geopoint } from "./geopoint";
import { Geotrace } from "./geotrace";
import { Note } from "./note";
import { NumberControl } from "./number";
import { Range } from "./range";
import { Rank } from "./rank";
import { TextControl } from "./text";
import { Trigger } from "./trigger";
import { Upload } from "./upload";

// A list of radio buttons beyond this is not read but searched; and tens of thousands would stop
// the page.
const kListMax = 200;

/** Answers that the form keeps for itself are shown, not asked. */
function asked(Inner: Control): Control {
  return (props: ControlProps) => (
    <Inner {...props} disabled={props.disabled || props.node.readonly === true} />
  );
}

const kNothing: Control = () => null;

const kSelect = asked((props) =>
  isCombobox(props.node) ? <Combobox {...props} /> : <ChoiceList {...props} />,
);
const kRank = asked(Rank);
const kRange = asked(Range);
const kTrigger = asked(Trigger);
const kUpload = asked(Upload);
const kText = asked(TextControl);
const kNumber = asked(NumberControl);
const kDate = asked(DateControl);
const kTime = asked(TimeControl);
const kDateTime = asked(DateTimeControl);
const kGeopoint = asked(Geopoint);
const kGeotrace = asked(Geotrace);
const kBarcode = asked(Barcode);

export function controlFor(node: Node): Control {
  switch (node.control) {
    case "select":
    case "select1":
      return has(node, "label") ? kNothing : kSelect;
    case "rank":
      return kRank;
    case "range":
      return kRange;
    case "trigger":
      return kTrigger;
    case "upload":
      return kUpload;
    case "note":
      return Note;
    case "input":
      return inputFor(node);
    default:
      return kNothing;
  }
}

function inputFor(node: Node): Control {
  switch (node.type) {
    case "int":
    case "decimal":
      return kNumber;
    case "date":
      return kDate;
    case "time":
      return kTime;
    case "dateTime":
      return kDateTime;
    case "geopoint":
      return kGeopoint;
    case "geotrace":
    case "geoshape":
      return kGeotrace;
    case "barcode":
      return kBarcode;
    default:
      return kText;
  }
}

function isCombobox(node: Node): boolean {
  if (has(node, "likert", "list-nolabel", "list")) return false;
  return has(node, "minimal", "search", "autocomplete") || (node.choices?.length ?? 0) > kListMax;
}

/** The layout of a group's questions. */
export function layoutFor(_group: Node): Layout {
  return FieldList;
}

/** True where the control needs the label of the question as a legend of several fields, not as
 *  the `<label>` of one. */
export function isGroupOfFields(node: Node): boolean {
  switch (node.control) {
    case "select":
    case "select1":
      return !isCombobox(node);
    case "range":
      return !has(node, "picker");
    case "rank":
    case "upload":
    case "note":
      return true;
    case "input":
      if (node.type === "date") return has(node, "month-year");
      return (
        node.type === "dateTime" ||
        node.type === "geopoint" ||
        node.type === "geotrace" ||
        node.type === "geoshape"
      );
    default:
      return false;
  }
}
