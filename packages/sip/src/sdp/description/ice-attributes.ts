import { parsePort } from './parse-description.ts'
import { attributeOf, attributesOf, type MediaDescription, type SessionDescription } from './session-description.ts'

/** A UDP candidate (RFC 8839 §5.1). */
export interface Candidate {
  readonly foundation: string
  /** 1 = RTP, 2 = RTCP. */
  readonly component: number
  readonly priority: number
  /** IP literal, or a `.local` name (mDNS) that nobody outside that network can resolve. */
  readonly address: string
  readonly port: number
  readonly type: 'host' | 'srflx' | 'prflx' | 'relay'
}

/** What a description says about ICE (RFC 8839 §5). */
export interface IceDescription {
  readonly ufrag: string
  readonly password: string
  readonly isLite: boolean
  readonly candidates: readonly Candidate[]
  readonly endOfCandidates: boolean
}

const maxCandidates = 64

/** Reads the value of an `a=candidate`; undefined for TCP, unknown types and malformed ones, which are ignored (RFC 8839 §5.1). */
export function parseCandidate(value: string): Candidate | undefined {
  const [foundation, component, transport, priority, address, portText, typ, type] = value.split(/\s+/, 8)
  if (!foundation || transport?.toLowerCase() !== 'udp' || typ !== 'typ') return undefined
  if (type !== 'host' && type !== 'srflx' && type !== 'prflx' && type !== 'relay') return undefined
  const port = parsePort(portText ?? '')
  if (!port || !/^\d{1,3}$/.test(component!) || !/^\d{1,10}$/.test(priority!)) return undefined
  if (!/^[A-Za-z0-9:.%-]{1,255}$/.test(address!)) return undefined
  return { foundation, component: Number(component), priority: Number(priority), address: address!, port, type }
}

export function writeCandidate(candidate: Candidate): string {
  const { foundation, component, priority, address, port, type } = candidate
  return `${foundation} ${component} udp ${priority} ${address} ${port} typ ${type}`
}

/** ICE of a media description, its own or the session's; undefined where ufrag or password are missing or out of bounds. */
export function iceOf(session: SessionDescription, media: MediaDescription): IceDescription | undefined {
  const ufrag = attributeOf(media, 'ice-ufrag') ?? attributeOf(session, 'ice-ufrag')
  const password = attributeOf(media, 'ice-pwd') ?? attributeOf(session, 'ice-pwd')
  if (!ufrag || !password || !/^[A-Za-z0-9+/=_-]{4,256}$/.test(ufrag) || !/^[A-Za-z0-9+/=_-]{22,256}$/.test(password))
    return undefined
  const candidates: Candidate[] = []
  for (const value of attributesOf(media, 'candidate')) {
    if (candidates.length === maxCandidates) break
    const candidate = parseCandidate(value)
    if (candidate) candidates.push(candidate)
  }
  return {
    ufrag,
    password,
    isLite: attributeOf(session, 'ice-lite') !== undefined || attributeOf(media, 'ice-lite') !== undefined,
    candidates,
    endOfCandidates: attributeOf(media, 'end-of-candidates') !== undefined,
  }
}
