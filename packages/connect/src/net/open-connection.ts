import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import type { Clock } from '@vaxel/base'
import { formatHost, type ResolvedTarget } from '@vaxel/sip'
import { familyOf } from './ip-address.ts'
import { checkSipIdentity, type ServerCertificate, tlsVersions } from './tls-settings.ts'

export interface OpenConnectionOptions {
  readonly clock: Clock
  readonly connectMs: number
  /** Authorities that servers must come from, PEM; the system's own when absent. */
  readonly trustedCa?: readonly string[]
  /** Shown to servers that ask for one. */
  readonly certificate?: ServerCertificate
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
      timer.stop()
      socket.off('error', onError)
      resolve(socket)
    })
  })
}

const startTcp = ({ address, port }: ResolvedTarget): Socket => connectTcp({ host: address, port, noDelay: true })

function startTls(target: ResolvedTarget, { trustedCa, certificate }: OpenConnectionOptions): TLSSocket {
  const name = target.serverName ?? target.address
  return connectTls({
    ...tlsVersions,
    host: target.address,
    port: target.port,
    ...(familyOf(name) === 0 ? { servername: name } : {}),
    checkServerIdentity: (_host, peer) => checkSipIdentity(name, peer),
    rejectUnauthorized: true,
    ...(trustedCa === undefined ? {} : { ca: [...trustedCa] }),
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
