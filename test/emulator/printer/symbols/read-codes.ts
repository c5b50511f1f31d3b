import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const file = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
prepareZXingModule({ overrides: { wasmBinary: readFileSync(file).buffer as ArrayBuffer } });

/** What a phone would read in a picture: the format and the bytes of each code. */
export async function readCodes(png: Uint8Array): Promise<{ format: string; text: string; bytes: Buffer }[]> {
  const results = await readBarcodes(png, { tryHarder: true });
  return results.map(({ format, text, bytes }) => ({ format, text, bytes: Buffer.from(bytes) }));
}
