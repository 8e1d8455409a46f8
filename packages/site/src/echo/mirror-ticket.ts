import { type Mac, sameBytes } from './echo-packet.ts'

/**
 * The SIP mirror: an INVITE to `sip:site-mirror-<check>@…` that carries the ticket below is answered with the very bytes that
 * arrived, deflated and in base64, so that no gateway on the way can undo in the answer what it did to the request.
 */
export const mirrorUserPrefix = 'site-mirror-'
/** Of the request. */
export const mirrorTicketHeader = 'X-Vaxel-Check'
/** Of the answer: the MAC of what was deflated. */
export const mirrorProofHeader = 'X-Vaxel-Mirror'
/** Not Acceptable Here: nothing on the way takes a call for set up. */
export const mirrorStatus = 488

export interface MirrorTicket {
  /** 16 hexadecimal digits. */
  readonly checkId: string
  /** 16 hexadecimal digits, another in each request. */
  readonly nonce: string
}

const macBytes = 16

/** Value of the ticket's header; the MAC covers nothing that a gateway may rewrite. */
export function writeMirrorTicket({ checkId, nonce }: MirrorTicket, mac: Mac): string {
  return `${checkId};nonce=${nonce};mac=${hex(ticketMac({ checkId, nonce }, mac))}`
}

/** A ticket as it was written; undefined for anything else. Says nothing of its MAC. */
export function readMirrorTicket(value: string): (MirrorTicket & { readonly mac: string }) | undefined {
  const found = /^([0-9a-f]{16});nonce=([0-9a-f]{16});mac=([0-9a-f]{32})$/.exec(value.trim())
  return found ? { checkId: found[1]!, nonce: found[2]!, mac: found[3]! } : undefined
}

/** Whether the ticket was written by the holder of the key. */
export function isTicketGenuine(ticket: MirrorTicket & { readonly mac: string }, mac: Mac): boolean {
  return sameBytes(bytesOf(hex(ticketMac(ticket, mac))), bytesOf(ticket.mac))
}

const ticketMac = ({ checkId, nonce }: MirrorTicket, mac: Mac): Uint8Array =>
  mac(bytesOf(`sip-mirror ${checkId} ${nonce}`)).subarray(0, macBytes)

/** Proof that the mirrored bytes are the server's. @param deflated as in the body, before base64 */
export const mirrorProof = (deflated: Uint8Array, mac: Mac): string => {
  const label = bytesOf('sip-mirrored ')
  const whole = new Uint8Array(label.length + deflated.length)
  whole.set(label)
  whole.set(deflated, label.length)
  return hex(mac(whole).subarray(0, macBytes))
}

/** What stands before the mirrored bytes, as one line of JSON. */
export interface MirrorNote {
  /** Where the request came from, as the server saw it. */
  readonly from: { readonly address: string; readonly port: number }
  /** Contact of the answer as it was sent; absent where there was no room for one. */
  readonly contact?: string
}

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0))
const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
