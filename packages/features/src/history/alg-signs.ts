import { hostOfAddress } from '@vaxel/base'
import type { TracedMessage } from '@vaxel/core'
import { isPrivateAddress } from '@vaxel/sip'

/** What of a message names an address, as it came in. */
interface Named {
  readonly remote: string
  readonly via: string | undefined
  readonly contact: string | undefined
  readonly callIdHost: string | undefined
  /** Of `c=`, the media's before the session's. */
  readonly media: string | undefined
  /** Of `o=`. */
  readonly origin: string | undefined
  readonly hasCandidates: boolean
  readonly isRequest: boolean
}

/**
 * Signs in a call's messages that something on the way rewrote them, one sentence each: a router with a SIP application
 * layer gateway (ALG) puts its public address where the phone wrote its private one, seldom everywhere, and seldom counts the bytes
 * again. A phone that learned its public address (STUN, rport) writes some of them too; the sentences say so where it may be that.
 * Messages over TLS cannot be rewritten and are not looked at.
 */
export function algSigns(messages: readonly TracedMessage[]): string[] {
  const readable = messages.filter(({ protocol }) => protocol === 'udp' || protocol === 'tcp')
  const signs = [
    ...readable.filter(({ direction }) => direction === 'in').flatMap(signsOfMessage),
    ...changedContact(readable),
  ]
  return [...new Set(signs)]
}

function signsOfMessage(message: TracedMessage): string[] {
  const signs = []
  const length = wrongLength(message.text)
  if (length) signs.push(length)
  const named = readNamed(message)
  const { remote, via, contact, media, origin, callIdHost, hasCandidates, isRequest } = named
  if (isPrivateAddress(remote)) return signs
  const isRewritten = (address: string | undefined) => address === remote
  if (isRewritten(media) && !hasCandidates) {
    const kept = [
      isInside(origin) ? 'its origin (o=)' : undefined,
      isInside(contact) ? 'Contact' : undefined,
      isRequest && isInside(via) ? 'Via' : undefined,
    ].filter((part) => part !== undefined)
    if (kept.length > 0)
      signs.push(
        `The audio address in the description is the router's (${remote}), but ${list(kept)} still ${kept.length > 1 ? 'name' : 'names'} a private address: a gateway rewrote a part, or the phone uses STUN.`,
      )
    else if (isInside(callIdHost))
      signs.push(
        `Via, Contact and the description name the router's address (${remote}), but the Call-ID was made at ${callIdHost}: a gateway rewrote the message.`,
      )
  } else if (isRewritten(contact) && isInside(media))
    signs.push(
      `Contact is the router's address (${remote}), but the description names ${media} for the audio: a gateway rewrote Contact alone, or the phone learned it.`,
    )
  else if (contact !== undefined && !isRewritten(contact) && !isInside(contact) && isInside(media))
    signs.push(
      `Contact names ${contact}, the message came from ${remote}, and the description names ${media}: they cannot all be the phone's.`,
    )
  return signs
}

const isInside = (address: string | undefined): address is string =>
  address !== undefined && /^[\d.]+$/.test(address) && isPrivateAddress(address)

const list = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`

/** The length that a message claims, where it has another one: who changes a body must count it again. */
function wrongLength(text: string): string | undefined {
  const split = text.indexOf('\r\n\r\n')
  if (split < 0) return undefined
  const [head, body] = [text.slice(0, split), text.slice(split + 4)]
  // What was masked, or was no text, has another length here than it had on the wire.
  if (/[…\ufffd]/.test(body)) return undefined
  const claimed = Number(/^(?:Content-Length|l)\s*:\s*(\d+)\s*$/im.exec(head)?.[1] ?? Number.NaN)
  const bytes = Buffer.byteLength(body)
  if (Number.isNaN(claimed) || claimed === bytes) return undefined
  const first = head.slice(0, head.indexOf('\r\n'))
  const what = first.startsWith('SIP/2.0') ? 'An answer' : `${first.split(' ', 1)[0]}`
  return `${what} says that its body has ${claimed} bytes, and it has ${bytes}: a gateway changed the body and not its length${bytes > claimed ? '; what is beyond was cut off' : ''}.`
}

/**
 * A request in the dialog is sent to the Contact that we gave, so another host in it was put there on the way; but for the
 * host that the phone itself called us by, which stays in the ACK of a refusal.
 */
function changedContact(messages: readonly TracedMessage[]): string[] {
  const given = new Map<string, Set<string>>()
  const called = new Set<string>()
  const signs = []
  for (const { direction, sipCallId, text } of messages) {
    if (direction === 'out') {
      const host = hostOf(/^(?:Contact|m)\s*:[^\r\n]*?(sips?:[^>\r\n;]*)/im.exec(text)?.[1])
      if (host === undefined) continue
      if (!given.has(sipCallId)) given.set(sipCallId, new Set())
      given.get(sipCallId)!.add(host)
      continue
    }
    const [, method, uri] = /^([A-Z]+) (\S+) SIP\/2\.0/.exec(text) ?? []
    const isInDialog = /^(?:To|t)\s*:[^\r\n]*;\s*tag=/im.test(text.split('\r\n\r\n', 1)[0] ?? '')
    const host = hostOf(uri)
    if (method === 'INVITE' && !isInDialog && host !== undefined) called.add(`${sipCallId} ${host}`)
    const ours = given.get(sipCallId)
    if (
      !isInDialog ||
      method === 'CANCEL' ||
      host === undefined ||
      !ours ||
      ours.has(host) ||
      called.has(`${sipCallId} ${host}`)
    )
      continue
    // Some phones send all requests to the host of the address of record.
    if (!/^[\d.]+$|:/.test(host)) continue
    signs.push(
      `${method} is addressed to ${host}, which we never named (we named ${[...ours].join(', ')}): a gateway rewrote our address.`,
    )
  }
  return signs
}

function readNamed({ remote, text }: TracedMessage): Named {
  const [head = '', body = ''] = text.split('\r\n\r\n', 2)
  const field = (names: string) => new RegExp(`^(?:${names})\\s*:\\s*([^\\r\\n]*)`, 'im').exec(head)?.[1]
  const addresses = [...body.matchAll(/^c=IN IP[46] ([^\s/]+)/gm)].map(([, address]) => address!)
  return {
    remote: hostOfAddress(remote),
    via: /^SIP\/2\.0\/\w+\s+\[?([^;:\s\]]+)/i.exec(field('Via|v') ?? '')?.[1],
    contact: hostOf(/sips?:[^>;\s]*/i.exec(field('Contact|m') ?? '')?.[0]),
    callIdHost: /@(.+)$/.exec(field('Call-ID|i') ?? '')?.[1]?.trim(),
    media: addresses.at(-1),
    origin: /^o=\S+ \S+ \S+ IN IP[46] (\S+)/m.exec(body)?.[1],
    hasCandidates: /^a=candidate:/m.test(body),
    isRequest: !text.startsWith('SIP/2.0'),
  }
}

/** Host of a SIP URI without brackets and port. */
function hostOf(uri: string | undefined): string | undefined {
  const rest = uri?.replace(/^sips?:/i, '').replace(/^[^@]*@/, '')
  return rest === undefined ? undefined : (/^\[([^\]]*)\]/.exec(rest)?.[1] ?? /^[^:;>?\s]+/.exec(rest)?.[0])
}
