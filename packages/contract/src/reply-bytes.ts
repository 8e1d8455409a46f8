import Type from 'typebox'

/** A file as an operation answers it. */
export interface RepliedBytes {
  readonly mediaType: string
  readonly bytes: Uint8Array
  /** Opaque; changes with the bytes (RFC 9110 §8.8.3). */
  readonly tag: string
  /** Whether a browser may keep it without asking again, since its address changes with it. */
  readonly isForEver: boolean
  /** What it may load (CSP Level 3) instead of nothing; a page of ours may then have it in a frame. A sandbox all the same. */
  readonly loads?: string
}

/** The reply of an operation that answers a file of one of these media types instead of JSON. */
export const ReplyBytes = (mediaTypes: readonly string[]) =>
  Type.Unsafe<RepliedBytes>({ type: 'string', format: 'binary', 'x-media-types': mediaTypes })

/** The media types of a reply that is a file; undefined for JSON. */
export const bytesOf = (reply: object | undefined): readonly string[] | undefined =>
  (reply as { 'x-media-types'?: readonly string[] } | undefined)?.['x-media-types']
