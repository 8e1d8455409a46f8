import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls, TLSSocket } from 'node:tls'
import type { Clock } from '@vaxel/base'
import { formatHost, type ResolvedTarget } from '@vaxel/sip'
import { familyOf } from './ip-address.ts'
import type { TlsTrust } from './network.ts'
import { revocationOf } from './revoked.ts'
import { pinOf } from './vouched-names.ts'
import { checkSipIdentity, type ServerCertificate, tlsVersions } from './tls-settings.ts'

export interface OpenConnectionOptions {
  readonly clock: Clock
  readonly connectMs: number
  /** Authorities that servers must come from, PEM; the system's own when absent. */
  readonly trustedCa?: readonly string[]
  /** Shown to servers that ask for one. */
  readonly certificate?: ServerCertificate
  /** Instead of the authorities and, with pins, of the name. */
  readonly trust?: TlsTrust
}

/**
 * Opens a TCP or TLS connection. TLS verifies the chain and the target's `serverName` (its address when there is none).
 * Rejects with a readable Error: refused, not in time, not verified.
 */
export function openConnection(target: ResolvedTarget, options: OpenConnectionOptions): Promise<Socket> {
  const where = `${target.protocol.toUpperCase()} ${formatHost(target.address, target.port)}`
  return new Promise((resolve, reject) => {
    const socket = target.protocol === 'tls' ? startTls(target, options) : startTcp(target)
    const fail = (reason: string, cause?: unknown) => {
      timer.stop()
      socket.destroy()
      reject(new Error(`Cannot connect to ${where}: ${reason}`, { cause }))
    }
    const timer = options.clock.startTimer(options.connectMs, () => fail(`no answer within ${options.connectMs} ms`))
    const onError = (error: Error) => fail(reasonOf(error), error)
    socket.on('error', onError)
    socket.once(target.protocol === 'tls' ? 'secureConnect' : 'connect', () => {
      const mistrust = mistrustOf(socket, options.trust)
      if (mistrust !== undefined) return fail(mistrust)
      timer.stop()
      socket.off('error', onError)
      resolve(socket)
    })
  })
}

const startTcp = ({ address, port }: ResolvedTarget): Socket => connectTcp({ host: address, port, noDelay: true })

/** Nothing was sent yet: a certificate that is none of the pinned ones, or was taken back, ends the connection before it is used. */
function mistrustOf(socket: Socket, trust: TlsTrust | undefined): string | undefined {
  if (!trust || !(socket instanceof TLSSocket)) return undefined
  if (!trust.pins?.length) return revocationOf(socket, trust.revocationLists, trust.ca)
  const certificate = socket.getPeerX509Certificate()
  const isPinned = certificate !== undefined && trust.pins.includes(pinOf(certificate))
  return isPinned ? undefined : 'its certificate is none of those that are pinned'
}

function startTls(target: ResolvedTarget, { trustedCa, certificate, trust }: OpenConnectionOptions): TLSSocket {
  const name = target.serverName ?? target.address
  const ca = trust?.ca?.length ? trust.ca : trustedCa
  const hasPins = (trust?.pins?.length ?? 0) > 0
  return connectTls({
    ...tlsVersions,
    host: target.address,
    port: target.port,
    ...(familyOf(name) === 0 ? { servername: name } : {}),
    checkServerIdentity: (_host, peer) => checkSipIdentity(name, peer),
    // Pins are looked at in its stead, by mistrustOf.
    rejectUnauthorized: !hasPins,
    ...(ca === undefined ? {} : { ca: [...ca] }),
    ...(certificate === undefined ? {} : { cert: certificate.certPem, key: certificate.keyPem }),
  })
}

function reasonOf(error: Error): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ECONNREFUSED':
      return 'nothing listens there'
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'no route to it'
    case 'ECONNRESET':
      return 'it closed the connection'
    default:
      return error.message
  }
}
