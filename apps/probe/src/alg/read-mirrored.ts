import { inflateRawSync } from 'node:zlib'
import { type Mac, type MirrorNote, mirrorProof, mirrorProofHeader, sameBytes } from '@vaxel/site'

export type Mirrored =
  | {
      readonly kind: 'mirrored'
      /** What the server received, byte by byte. */
      readonly request: string
      readonly note: MirrorNote
      /** Contact of the answer as it came here. */
      readonly contact?: string
      readonly to: string
    }
  /** A final answer that is not the mirror's: of something on the way, or changed on the way. */
  | { readonly kind: 'foreign'; readonly status: number; readonly server?: string; readonly to: string }

/** Reads a final answer to the request of that Call-ID; undefined for all else. The server's bytes are latin1 texts here. */
export function readMirrored(answer: string, nonce: string, mac: Mac): Mirrored | undefined {
  const status = Number(/^SIP\/2\.0 (\d{3})/.exec(answer)?.[1])
  const end = answer.indexOf('\r\n\r\n')
  if (!status || status < 200 || end < 0) return undefined
  const lines = answer.slice(0, end).split('\r\n')
  const line = (name: RegExp): string | undefined => lines.find((one) => name.test(one))
  // A gateway may put another host into Call-ID, or another Call-ID into the whole dialog: the branch is ours as well.
  if (!lines.some((one) => /^(via|v|call-id|i)\s*:/i.test(one) && one.includes(nonce))) return undefined
  const to = line(/^(to|t)\s*:/i) ?? ''
  const proof = line(new RegExp(`^${mirrorProofHeader}:`, 'i'))?.slice(mirrorProofHeader.length + 1)
  const server = line(/^(server|user-agent)\s*:/i)?.replace(/^[^:]*:\s*/, '')
  const foreign = { kind: 'foreign', status, to, ...(server && { server }) } as const
  if (proof === undefined) return foreign
  try {
    const deflated = Buffer.from(answer.slice(end + 4).trim(), 'base64')
    if (!sameBytes(Buffer.from(mirrorProof(deflated, mac)), Buffer.from(proof.trim()))) return foreign
    const plain = inflateRawSync(deflated, { maxOutputLength: 70_000 }).toString('latin1')
    const split = plain.indexOf('\n')
    const note = readNote(plain.slice(0, split))
    if (!note) return foreign
    const contact = line(/^(contact|m)\s*:/i)?.replace(/^[^:]*:\s*/, '')
    return { kind: 'mirrored', request: plain.slice(split + 1), note, to, ...(contact && { contact }) }
  } catch {
    return foreign
  }
}

/** The server's own words, and still no reason to trust their shape. */
function readNote(text: string): MirrorNote | undefined {
  const value = JSON.parse(text) as { from?: { address?: unknown; port?: unknown } | null; contact?: unknown } | null
  const { address, port } = value?.from ?? {}
  if (typeof address !== 'string' || typeof port !== 'number') return undefined
  const contact = value?.contact
  return { from: { address, port }, ...(typeof contact === 'string' && { contact }) }
}
