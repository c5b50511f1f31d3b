import { type DecodedPng, decode } from 'fast-png';

/** A 1-bit picture, 1 = ink, rows padded to bytes. */
export interface Picture {
  readonly widthDots: number;
  readonly heightDots: number;
  readonly rows: Uint8Array;
}

/** A metre of paper at eight dots to the millimetre: a longer picture is a mistake, or meant to fill the memory. */
const HEIGHT_MAX = 8_000;
/** Where the two sizes stand in a PNG (its first chunk, IHDR). */
const SIZES_AT = 16;

/** A PNG in black and white, dot by dot; or what is wrong with it, in words. */
export function pictureOfPng(bytes: Uint8Array, widthMax: number): Picture | string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < SIZES_AT + 8) return 'a picture is no PNG';
  const [width, height] = [view.getUint32(SIZES_AT), view.getUint32(SIZES_AT + 4)];
  if (width < 1 || width > widthMax) return `a picture is ${width} dots wide, and the paper takes 1 to ${widthMax}`;
  if (height < 1 || height > HEIGHT_MAX) return `a picture is ${height} dots high, and 1 to ${HEIGHT_MAX} are allowed`;
  let png: DecodedPng;
  try {
    png = decode(bytes);
  } catch (error) {
    return `a picture is no PNG that can be read (${error instanceof Error ? error.message : String(error)})`;
  }
  return inked(png);
}

function inked(png: DecodedPng): Picture {
  const { width, height } = png;
  const rowBytes = Math.ceil(width / 8);
  const rows = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (lightness(png, y * width + x) >= 0.5) continue;
      const at = y * rowBytes + (x >> 3);
      rows[at] = (rows[at] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return { widthDots: width, heightDots: height, rows };
}

/** 0 is black, 1 white; what is transparent shows the paper. */
function lightness({ data, depth, channels, palette, width }: DecodedPng, pixel: number): number {
  if (palette !== undefined) {
    const [red = 255, green = 255, blue = 255, alpha = 255] = palette[indexAt(data, depth, width, pixel)] ?? [];
    return onPaper(luminance(red, green, blue) / 255, alpha / 255);
  }
  if (depth < 8) return indexAt(data, depth, width, pixel) / (2 ** depth - 1);
  const most = 2 ** depth - 1;
  const at = (channel: number) => (data[pixel * channels + channel] ?? most) / most;
  const grey = channels >= 3 ? luminance(at(0), at(1), at(2)) : at(0);
  return onPaper(grey, channels === 2 || channels === 4 ? at(channels - 1) : 1);
}

/** Samples of less than a byte are packed, each row from a byte of its own. */
function indexAt(data: DecodedPng['data'], depth: number, width: number, pixel: number): number {
  if (depth >= 8) return data[pixel] ?? 0;
  const perByte = 8 / depth;
  const [x, y] = [pixel % width, Math.floor(pixel / width)];
  const byte = data[y * Math.ceil(width / perByte) + Math.floor(x / perByte)] ?? 0;
  return (byte >> (8 - depth * ((x % perByte) + 1))) & (2 ** depth - 1);
}

function luminance(red: number, green: number, blue: number): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

function onPaper(grey: number, alpha: number): number {
  return grey * alpha + (1 - alpha);
}
