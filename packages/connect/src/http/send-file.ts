import { Readable } from 'node:stream'
import type { Logger } from '@vaxel/base'
import type { RepliedFile } from '@vaxel/contract'
import type { FastifyReply, FastifyRequest } from './http-library.ts'
import { isKnown, readRange } from './read-range.ts'

/**
 * Answers a file of any size, or the range of it that is asked for (RFC 9110 §14.2), as it is read. It came from somebody else:
 * it is never sniffed, may do nothing when it is opened by itself, and is saved unless it is of a kind that is only shown or played.
 */
export function sendFile(request: FastifyRequest, reply: FastifyReply, file: RepliedFile, log: Logger): FastifyReply {
  const entityTag = `"${file.tag}"`
  reply.headers({
    etag: entityTag,
    'accept-ranges': 'bytes',
    'cache-control': 'private, max-age=31536000, immutable',
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
  })
  const { range, 'if-none-match': known, 'if-range': unless } = request.headers
  if (isKnown(known, entityTag)) return reply.code(304).send()
  const wanted = unless === undefined || unless === entityTag ? readRange(range, file.sizeBytes) : undefined
  if (wanted === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${file.sizeBytes}`).send()
  const { start, end } = wanted ?? { start: 0, end: file.sizeBytes }
  if (wanted) reply.code(206).header('content-range', `bytes ${start}-${end - 1}/${file.sizeBytes}`)
  reply.headers({
    'content-type': file.mediaType,
    'content-length': String(end - start),
    'content-disposition': disposition(file),
  })
  const content = Readable.from(file.read(start, end), { objectMode: false })
  content.on('error', (error) => log.error('a file could not be sent', { error: String(error) }))
  return reply.send(content)
}

/**
 * Content-Disposition (RFC 6266), with the name in UTF-8 (RFC 8187) and an ASCII one for what does not know that. Half a character in a name,
 * as a cut leaves it, becomes U+FFFD: it has no UTF-8.
 */
export function disposition({ name, isInline }: Pick<RepliedFile, 'name' | 'isInline'>): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*!]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${isInline ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${encoded}`
}
