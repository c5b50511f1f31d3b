/** A 1-bit picture, 1 = ink, rows padded to whole bytes, the leftmost dot in bit 7. */
export interface Raster {
  readonly widthDots: number;
  readonly heightDots: number;
  readonly rows: Uint8Array;
}

export function newRaster(widthDots: number, heightDots: number): Raster {
  return { widthDots, heightDots, rows: new Uint8Array(((widthDots + 7) >> 3) * heightDots) };
}

export function rowBytes(raster: Raster): number {
  return (raster.widthDots + 7) >> 3;
}

export function isInk(raster: Raster, x: number, y: number): boolean {
  return ((raster.rows[y * rowBytes(raster) + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0;
}

/** Inks the dots of a rectangle; `flip` turns them over instead. What lies outside the raster is cut off. */
export function fill(raster: Raster, x: number, y: number, width: number, height: number, flip = false): void {
  const stride = rowBytes(raster);
  const left = Math.max(x, 0);
  const right = Math.min(x + width, raster.widthDots);
  const bottom = Math.min(y + height, raster.heightDots);
  if (left >= right) return;
  const firstByte = left >> 3;
  const lastByte = (right - 1) >> 3;
  for (let row = Math.max(y, 0); row < bottom; row++) {
    for (let byte = firstByte; byte <= lastByte; byte++) {
      let mask = 0xff;
      if (byte === firstByte) mask &= 0xff >> (left & 7);
      if (byte === lastByte) mask &= 0xff << (7 - ((right - 1) & 7));
      const at = row * stride + byte;
      const old = raster.rows[at] ?? 0;
      raster.rows[at] = flip ? old ^ mask : old | mask;
    }
  }
}

/** Inks the dots of `source` at a place, each of its dots `scaleX` wide and `scaleY` high. */
export function stamp(target: Raster, source: Raster, x: number, y: number, scaleX = 1, scaleY = 1): void {
  if (scaleX === 1 && scaleY === 1 && x >= 0) stampPlain(target, source, x, y);
  else stampScaled(target, source, x, y, scaleX, scaleY);
}

/** Byte by byte. Dots beyond the right edge are cut off; those of a source's padding must be white. */
function stampPlain(target: Raster, source: Raster, x: number, y: number): void {
  const stride = rowBytes(target);
  const sourceStride = rowBytes(source);
  const shift = x & 7;
  const firstByte = x >> 3;
  const lastMask = 0xff << ((8 - (target.widthDots & 7)) & 7);
  for (let row = 0; row < source.heightDots; row++) {
    const targetRow = y + row;
    if (targetRow < 0 || targetRow >= target.heightDots) continue;
    const base = targetRow * stride;
    for (let byte = 0; byte < sourceStride; byte++) {
      const bits = source.rows[row * sourceStride + byte] ?? 0;
      if (bits === 0) continue;
      const at = firstByte + byte;
      if (at < stride) {
        const ink = bits >> shift;
        target.rows[base + at] = (target.rows[base + at] ?? 0) | (at === stride - 1 ? ink & lastMask : ink);
      }
      if (shift > 0 && at + 1 < stride) {
        const ink = (bits << (8 - shift)) & 0xff;
        target.rows[base + at + 1] = (target.rows[base + at + 1] ?? 0) | (at + 1 === stride - 1 ? ink & lastMask : ink);
      }
    }
  }
}

function stampScaled(target: Raster, source: Raster, x: number, y: number, scaleX: number, scaleY: number): void {
  for (let row = 0; row < source.heightDots; row++) {
    for (let from = 0; from < source.widthDots; ) {
      if (!isInk(source, from, row)) {
        from++;
        continue;
      }
      let to = from + 1;
      while (to < source.widthDots && isInk(source, to, row)) to++;
      fill(target, x + from * scaleX, y + row * scaleY, (to - from) * scaleX, scaleY);
      from = to;
    }
  }
}

/** Turned by 90° clockwise. */
export function turned(source: Raster): Raster {
  const result = newRaster(source.heightDots, source.widthDots);
  for (let y = 0; y < source.heightDots; y++)
    for (let x = 0; x < source.widthDots; x++)
      if (isInk(source, x, y)) fill(result, source.heightDots - 1 - y, x, 1, 1);
  return result;
}

/** Standing on its head. */
export function upsideDown(source: Raster): Raster {
  const result = newRaster(source.widthDots, source.heightDots);
  for (let y = 0; y < source.heightDots; y++)
    for (let x = 0; x < source.widthDots; x++)
      if (isInk(source, x, y)) fill(result, source.widthDots - 1 - x, source.heightDots - 1 - y, 1, 1);
  return result;
}

/** The upper rows only. */
export function top(source: Raster, heightDots: number): Raster {
  const height = Math.min(heightDots, source.heightDots);
  return { ...source, heightDots: height, rows: source.rows.subarray(0, height * rowBytes(source)) };
}
