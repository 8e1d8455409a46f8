import type { RepliedBytes } from '@vaxel/contract'
import type { FastifyReply } from './http-library.ts'

/**
 * Answers a file that somebody gave us: as the type that its bytes are, never sniffed, and, opened by itself, a page that may do
 * nothing. Whoever has it already is told so (RFC 9110 §13.1.2). Only the asker's own browser keeps it.
 */
export function sendBytes(
  reply: FastifyReply,
  { mediaType, bytes, tag, isForEver, loads }: RepliedBytes,
  known: string | undefined,
): FastifyReply {
  const entityTag = `"${tag}"`
  reply
    .header('etag', entityTag)
    .header('cache-control', isForEver ? 'private, max-age=31536000, immutable' : 'private, no-cache')
    .header('content-security-policy', policyOf(loads))
  if (loads !== undefined) reply.header('x-frame-options', 'SAMEORIGIN')
  if (known !== undefined && known.split(',').some((one) => one.trim().replace(/^W\//, '') === entityTag))
    return reply.code(304).send()
  return reply
    .header('content-type', mediaType)
    .header('content-disposition', 'inline')
    .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
}

/** Links of a page in a frame open in tabs that know nothing of it. */
const policyOf = (loads: string | undefined): string =>
  loads === undefined
    ? "default-src 'none'; sandbox; frame-ancestors 'none'"
    : `default-src 'none'; ${loads}; base-uri 'none'; form-action 'none'; sandbox allow-popups allow-popups-to-escape-sandbox; frame-ancestors 'self'`
