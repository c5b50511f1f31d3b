/** A picture that was sent and waits to be printed, 1 = ink, rows padded to whole bytes. */
export interface StoredPicture {
  readonly widthDots: number;
  readonly heightDots: number;
  readonly scaleX: number;
  readonly scaleY: number;
  readonly rows: Uint8Array;
}

/**
 * Column format (each column from top to bottom, `bytesHigh` bytes, bit 7 uppermost) as rows. Missing data is white.
 */
export function columnsToRows(columns: Uint8Array, widthDots: number, bytesHigh: number): Uint8Array {
  const rowBytes = (widthDots + 7) >> 3;
  const rows = new Uint8Array(rowBytes * bytesHigh * 8);
  for (let x = 0; x < widthDots; x++) {
    const ink = 0x80 >> (x & 7);
    const byteX = x >> 3;
    for (let part = 0; part < bytesHigh; part++) {
      let column = columns[x * bytesHigh + part] ?? 0;
      for (let y = part * 8; column !== 0; y++, column = (column << 1) & 0xff)
        if (column & 0x80) rows[y * rowBytes + byteX] = (rows[y * rowBytes + byteX] ?? 0) | ink;
    }
  }
  return rows;
}

/** The left `widthDots` dots of rows, as an array of its own. Missing data is white. */
export function croppedRows(source: Uint8Array, rowBytes: number, widthDots: number, heightDots: number): Uint8Array {
  const keptBytes = (widthDots + 7) >> 3;
  const rows = new Uint8Array(keptBytes * heightDots);
  for (let y = 0; y < heightDots; y++)
    rows.set(source.subarray(y * rowBytes, Math.min(y * rowBytes + keptBytes, (y + 1) * rowBytes)), y * keptBytes);
  return rows;
}

export function isBlank(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte !== 0) return false;
  return true;
}
