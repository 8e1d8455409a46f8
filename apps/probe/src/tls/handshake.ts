import type { Socket } from 'node:net'
import { connect, type SecureContextOptions, type TLSSocket } from 'node:tls'
import { type CertificateFacts, readChain } from './certificate-facts.ts'

export interface Handshake {
  /** `TLSv1.3` */
  readonly protocol: string
  readonly cipher: string
  /** Peer first, as it was sent. */
  readonly chain: readonly CertificateFacts[]
  /** OpenSSL's word on the chain, whatever the name: `CERT_HAS_EXPIRED`; undefined: trusted by this machine. */
  readonly distrust?: string
  /** The server asks for a certificate of the client. */
  readonly asksForCertificate: boolean
}

export type HandshakeResult =
  | { readonly ok: true; readonly handshake: Handshake; readonly socket: TLSSocket }
  | { readonly ok: false; readonly fault: HandshakeFault; readonly detail: string }

/** `not-tls`: something else answered. `no-common-version`: no common version. `cut`: closed or reset without a word. */
export type HandshakeFault = 'silent' | 'cut' | 'not-tls' | 'no-common-version' | 'refused' | 'hostile' | 'ended'

export interface HandshakeOptions {
  /** Sent as SNI; addresses are not. */
  readonly serverName?: string
  /** Further roots, PEM. */
  readonly roots?: readonly string[]
  readonly minVersion?: SecureContextOptions['minVersion']
  readonly maxVersion?: SecureContextOptions['maxVersion']
  readonly limitMs?: number
  readonly signal?: AbortSignal
  readonly alpn?: readonly string[]
}

/**
 * A TLS handshake over an open connection that takes every certificate: what it shows is judged by others. Never rejects, and
 * closes the connection when it fails.
 */
export async function handshake(socket: Socket, options: HandshakeOptions): Promise<HandshakeResult> {
  const { rootCertificates } = await import('node:tls')
  const { roots = [], minVersion = 'TLSv1', maxVersion = 'TLSv1.3', limitMs = 10_000, signal, serverName } = options
  return await new Promise((resolve) => {
    let tls: TLSSocket
    const give = (result: HandshakeResult): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', stop)
      if (result.ok) tls.removeAllListeners().on('error', () => {})
      else {
        tls?.removeAllListeners().on('error', () => {})
        tls?.destroy()
        socket.removeAllListeners().on('error', () => {})
        socket.destroy()
      }
      resolve(result)
    }
    const fail = (fault: HandshakeFault, detail: string): void => give({ ok: false, fault, detail })
    const stop = (): void => fail('ended', '')
    const timer = setTimeout(() => fail('silent', ''), limitMs)
    signal?.addEventListener('abort', stop, { once: true })
    try {
      tls = connect({
        socket,
        ...(serverName !== undefined && { servername: serverName }),
        rejectUnauthorized: false,
        checkServerIdentity: () => undefined,
        minVersion,
        maxVersion,
        // Old servers are to be described, not helped: what is old is told in the report.
        ...(minVersion === 'TLSv1' && { ciphers: 'DEFAULT@SECLEVEL=0' }),
        ...(roots.length > 0 && { ca: [...rootCertificates, ...roots] }),
        ...(options.alpn && { ALPNProtocols: [...options.alpn] }),
      })
    } catch (error) {
      return fail('hostile', (error as Error).message)
    }
    tls.once('secureConnect', () => {
      try {
        give({ ok: true, socket: tls, handshake: factsOf(tls) })
      } catch (error) {
        fail('hostile', (error as Error).message)
      }
    })
    tls.once('error', (error: NodeJS.ErrnoException) => fail(faultOf(error), error.code ?? error.message))
    tls.once('close', () => fail('cut', ''))
  })
}

function factsOf(tls: TLSSocket): Handshake {
  const distrust = tls.authorized ? undefined : String(tls.authorizationError ?? 'UNKNOWN')
  return {
    protocol: tls.getProtocol() ?? '',
    cipher: tls.getCipher().name,
    chain: readChain(tls),
    ...(distrust !== undefined && { distrust }),
    asksForCertificate: false,
  }
}

function faultOf({ code = '', message }: NodeJS.ErrnoException): HandshakeFault {
  const text = `${code} ${message}`
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|UNEXPECTED_MESSAGE|RECORD_LAYER/i.test(text))
    return 'not-tls'
  if (/UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|NO_PROTOCOLS_AVAILABLE|INTERNAL_ERROR.*version/i.test(text))
    return 'no-common-version'
  if (/ECONNRESET|EPIPE|socket disconnected/i.test(text)) return 'cut'
  if (/ALERT/i.test(text)) return 'refused'
  return 'hostile'
}
