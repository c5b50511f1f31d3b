import type { ImageItem, LineItem, PaperOperation } from './operations.js';

/** An operation as a line of JSON, with the dots of pictures in base64. */
export function toRecord(operation: PaperOperation): string {
  return `${JSON.stringify(operation, (key, value: unknown) =>
    key === 'rows' && value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
  )}\n`;
}

/** The operation of a line of JSON; `undefined` for a line that is not one. */
export function fromRecord(line: string): PaperOperation | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line, (key, field: unknown) =>
      key === 'rows' && typeof field === 'string' ? new Uint8Array(Buffer.from(field, 'base64')) : field,
    );
  } catch {
    return undefined;
  }
  return isOperation(value) ? value : undefined;
}

function isOperation(value: unknown): value is PaperOperation {
  if (!isObject(value)) return false;
  switch (value.op) {
    case 'cut':
      return value.kind === 'full' || value.kind === 'partial' || value.kind === 'torn';
    case 'feed': // Backwards if it is negative.
      return typeof value.feedDots === 'number' && Math.abs(value.feedDots) < 1e9;
    case 'line':
      return (
        isDots(value.feedDots) &&
        isDots(value.heightDots) &&
        Array.isArray(value.items) &&
        value.items.every(isItem) &&
        isWorn(value.worn)
      );
    default:
      return false;
  }
}

function isItem(value: unknown): value is LineItem {
  if (!isObject(value) || !isDots(value.x)) return false;
  switch (value.kind) {
    case 'text':
      return typeof value.text === 'string' && isDots(value.style) && isDots(value.cells) && isDots(value.advance);
    case 'qr':
      return typeof value.data === 'string' && isDots(value.version) && isDots(value.moduleDots);
    case 'barcode':
    case 'matrix':
      return isSymbol(value);
    case 'image':
      return isDots(value.widthDots) && isDots(value.heightDots) && hasRows(value);
    case 'page':
      return isDots(value.heightDots) && Array.isArray(value.parts) && value.parts.every(isPart);
    default:
      return false;
  }
}

function isPart(value: unknown): boolean {
  return (
    isObject(value) &&
    isObject(value.area) &&
    isDots(value.heightDots) &&
    Array.isArray(value.items) &&
    value.items.every((item) => isItem(item) && item.kind !== 'page')
  );
}

function isSymbol(value: Record<string, unknown>): boolean {
  const { symbology, data, moduleDots, widthDots } = value;
  if (typeof symbology !== 'string' || typeof data !== 'string' || !isDots(moduleDots) || !isDots(widthDots))
    return false;
  if (value.kind === 'barcode') return typeof value.text === 'string' && isDots(value.barDots);
  return isObject(value.options) && isDots(value.heightDots);
}

function hasRows(value: Partial<Record<keyof ImageItem, unknown>>): boolean {
  return value.rows instanceof Uint8Array && isDots(value.scaleX) && isDots(value.scaleY);
}

function isWorn(value: unknown): boolean {
  if (value === undefined) return true;
  if (!isObject(value)) return false;
  const { fade = 1, deadDots = [] } = value;
  return typeof fade === 'number' && Array.isArray(deadDots) && deadDots.every(isDots);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isDots(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value < 1e9;
}
