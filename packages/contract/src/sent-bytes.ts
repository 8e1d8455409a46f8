import Type from 'typebox'

/** The body of an operation that takes bytes (`application/octet-stream`) instead of JSON. */
export const SentBytes = (mostBytes: number, description: string) =>
  Type.Unsafe<Uint8Array>({
    type: 'string',
    format: 'binary',
    maxLength: mostBytes,
    description,
    'x-media-type': 'application/octet-stream',
  })

/** Whether a body is bytes and not JSON. */
export const takesBytes = (body: object | undefined): boolean => body !== undefined && 'x-media-type' in body

/** A file of any size as an operation answers it: read as it is sent, and only the part that was asked for. */
export interface RepliedFile {
  /** What it is sent as; `application/octet-stream` for what a browser must not open. */
  readonly mediaType: string
  readonly name: string
  /** A browser may show it; else it saves it (RFC 6266). */
  readonly isInline: boolean
  readonly sizeBytes: number
  /** Opaque; changes with the bytes (RFC 9110 §8.8.3). */
  readonly tag: string
  read(start: number, end: number): AsyncIterable<Uint8Array>
}

/** The reply of an operation that answers a file of any size, with ranges (RFC 9110 §14). */
export const ReplyFile = () =>
  Type.Unsafe<RepliedFile>({ type: 'string', format: 'binary', 'x-media-types': ['application/octet-stream'] })
