import elk, { type ElkNode } from 'elkjs/lib/elk.bundled.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A rectangle by its left upper corner. */
export interface Place extends Point, Size {}

export interface LayoutNode extends Size {
  readonly id: string;
  /** The frame around it. */
  readonly frame?: string | undefined;
}

export interface LayoutFrame {
  readonly id: string;
  /** What its head needs. */
  readonly head: Size;
}

export interface LayoutEdge {
  readonly from: string;
  readonly to: string;
  /** The label's size, and its text for those who look into the layout. */
  readonly label?: Size & { readonly text: string };
}

export interface Laid extends Size {
  readonly places: ReadonlyMap<string, Place>;
  /** By the edges' order. */
  readonly routes: readonly (readonly Point[])[];
  readonly labels: readonly Place[];
}

const FRAME_PAD_PX = 18;

/** ELK's layered algorithm (https://eclipse.dev/elk/reference.html), everything in coordinates of the whole picture. */
const LAYOUT = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.json.shapeCoords': 'ROOT',
  'elk.json.edgeCoords': 'ROOT',
  'elk.randomSeed': '1',
  'elk.spacing.nodeNode': '34',
  'elk.spacing.edgeNode': '18',
  'elk.spacing.edgeEdge': '14',
  'elk.spacing.edgeLabel': '4',
  'elk.layered.spacing.nodeNodeBetweenLayers': '40',
  'elk.layered.spacing.edgeNodeBetweenLayers': '18',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  // The machine's own order is that of a sale: what leads back is drawn upwards.
  'elk.layered.cycleBreaking.strategy': 'MODEL_ORDER',
};

/** Where everything goes; frames stand in the order of their first nodes. */
export async function layOut(
  nodes: readonly LayoutNode[],
  frames: readonly LayoutFrame[],
  edges: readonly LayoutEdge[],
): Promise<Laid> {
  const box = ({ id, width, height }: LayoutNode): ElkNode => ({ id, width, height });
  const framed = (id: string): ElkNode => {
    const { width = 0, height = 0 } = frames.find((one) => one.id === id)?.head ?? {};
    const pad = `left=${FRAME_PAD_PX},bottom=${FRAME_PAD_PX},right=${FRAME_PAD_PX}`;
    return {
      id,
      layoutOptions: {
        'elk.padding': `[top=${height},${pad}]`,
        'elk.nodeSize.constraints': 'MINIMUM_SIZE',
        'elk.nodeSize.minimum': `(${width},${height})`,
      },
      children: nodes.filter((one) => one.frame === id).map(box),
    };
  };
  const graph: ElkNode = {
    id: 'chart',
    layoutOptions: LAYOUT,
    children: [...new Set(nodes.map(({ id, frame }) => frame ?? id))].flatMap((id) => {
      const alone = nodes.find((one) => one.id === id);
      return alone === undefined ? [framed(id)] : [box(alone)];
    }),
    edges: edges.map(({ from, to, label }, i) => ({
      id: `arrow ${i}`,
      sources: [from],
      targets: [to],
      labels: label === undefined ? [] : [label],
    })),
  };
  const laid = await new elk.default().layout(graph);
  const places = new Map<string, Place>();
  const note = (children: readonly ElkNode[]) => {
    for (const node of children) {
      places.set(node.id, placeOf(node));
      note(node.children ?? []);
    }
  };
  note(laid.children ?? []);
  const drawn = laid.edges ?? [];
  return {
    width: laid.width ?? 0,
    height: laid.height ?? 0,
    places,
    routes: drawn.map(({ sections: [section] = [] }) =>
      section === undefined ? [] : [section.startPoint, ...(section.bendPoints ?? []), section.endPoint],
    ),
    labels: drawn.map(({ labels: [label] = [] }) => placeOf(label ?? {})),
  };
}

export const NOWHERE: Place = { x: 0, y: 0, width: 0, height: 0 };

function placeOf({ x = 0, y = 0, width = 0, height = 0 }: Partial<Place>): Place {
  return { x, y, width, height };
}

const CORNER_PX = 8;

/** Straight lines with round corners, for a path of an SVG. */
export function rounded(points: readonly Point[]): string {
  return points
    .map((at, i) => {
      const before = points[i - 1];
      const after = points[i + 1];
      if (before === undefined) return `M${round(at.x)} ${round(at.y)}`;
      if (after === undefined) return `L${round(at.x)} ${round(at.y)}`;
      const from = towards(at, before);
      const to = towards(at, after);
      return `L${round(from.x)} ${round(from.y)}Q${round(at.x)} ${round(at.y)} ${round(to.x)} ${round(to.y)}`;
    })
    .join('');
}

/** A little way from a corner to its neighbour, at most half of it. */
function towards(corner: Point, other: Point): Point {
  const length = Math.hypot(other.x - corner.x, other.y - corner.y);
  const share = length === 0 ? 0 : Math.min(CORNER_PX / length, 0.5);
  return { x: corner.x + (other.x - corner.x) * share, y: corner.y + (other.y - corner.y) * share };
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** About; a Chinese character is as wide as it is high. */
export function widthOf(text: string, fontPx: number): number {
  let ems = 0;
  for (const character of text) ems += character < '\u2e80' ? 0.56 : 1;
  return ems * fontPx;
}
