/** Media types that a browser shows as a picture wherever it is. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/svg+xml']);

export function isPicture(type: string): boolean {
  return SHOWN.has(type);
}

/** Bytes in the page itself. */
export function dataUri(type: string, bytes: Uint8Array): string {
  return `data:${type};base64,${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')}`;
}

export interface PictureProps {
  /** Unique on the page; letters, digits and dashes. */
  readonly id: string;
  readonly title: string;
  readonly type: string;
  readonly bytes: Uint8Array;
  /** Where the same lies as a file, relative to the page; absent: only in the page. */
  readonly file?: string;
}

/**
 * A picture in a frame of limited size. Its link shows the same picture dot for dot over the whole window, by `:target`:
 * browsers refuse to follow a link to a data URI.
 */
export function Picture({ id, title, type, bytes, file }: PictureProps) {
  return (
    <figure class="picture" id={id}>
      <a class="open" href={`#${id}`} title="full size">
        <img src={dataUri(type, bytes)} alt={title} />
      </a>
      <figcaption>
        <span>{title}</span>
        {file !== undefined && <a href={fileLink(file)}>{file}</a>}
        <a class="close" href={`#${id}-small`}>
          close
        </a>
      </figcaption>
      <span id={`${id}-small`} />
    </figure>
  );
}

/** A relative path as a link: never another scheme or host, whatever the name is. */
export function fileLink(file: string): string {
  return `./${file.split('/').map(encodeURIComponent).join('/')}`;
}
