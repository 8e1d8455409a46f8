import { createServer, type Server, type Socket } from 'node:net'
import type { Clock, Logger } from '@vaxel/base'
import type { FileDoor } from '@vaxel/core'
import { bindError } from '../net/bind-error.ts'
import { ConnectionGate } from '../net/connection-gate.ts'
import { plainAddress } from '../net/ip-address.ts'
import type { ServerCertificate } from '../net/tls-settings.ts'
import { FtpsConnection } from './ftps-connection.ts'
import { type FtpsLimits, ftpsLimits } from './ftps-limits.ts'
import type { FtpsAround } from './ftps-session.ts'
import { PassivePorts } from './passive-ports.ts'

export interface FtpsServerOptions {
  readonly clock: Clock
  readonly log: Logger
  readonly door: FileDoor
  readonly bind: string
  /** TLS after AUTH TLS; absent: not there. */
  readonly port?: number
  /** TLS from the first byte; absent: not there. */
  readonly implicitPort?: number
  /** For data connections, both included. */
  readonly passivePorts: readonly [from: number, to: number]
  readonly certificate: ServerCertificate
  /** Address that a client at this one is told to connect to. */
  readonly advertise: (peer: string) => string
  readonly limits?: Partial<FtpsLimits>
}

/** A file server that is read from: FTP over TLS (RFC 959, 4217, 2428, 3659), explicit and implicit. */
export interface FtpsServer {
  /** As bound. */
  readonly ports: { readonly explicit?: number; readonly implicit?: number }
  /** For connections from now on. */
  replaceCertificate(certificate: ServerCertificate): void
  /** Connections and data ports that are open. */
  counts(): { readonly connections: number; readonly dataPorts: number }
  close(): Promise<void>
}

/** Throws with a sentence for a person when a port cannot be bound. */
export async function openFtpsServer(options: FtpsServerOptions): Promise<FtpsServer> {
  const { clock, log, door, bind, advertise } = options
  const limits = { ...ftpsLimits, ...options.limits }
  const ports = new PassivePorts(options.passivePorts)
  const gate = new ConnectionGate(limits)
  const around: FtpsAround = { clock, log, door, limits, ports, advertise }
  const open = new Set<FtpsConnection>()
  let { certificate } = options
  const accept = (socket: Socket, isImplicit: boolean): void => {
    socket.on('error', () => {})
    const leave = gate.admit(plainAddress(socket.remoteAddress ?? ''))
    if (!leave) {
      // Within implicit TLS nothing can be said yet.
      if (!isImplicit) socket.write('421 Too many connections; try again later.\r\n')
      socket.destroySoon()
      return
    }
    const connection = new FtpsConnection({
      around,
      socket,
      certificate,
      isImplicit,
      onClosed: () => {
        leave()
        open.delete(connection)
      },
    })
    open.add(connection)
  }
  const listening: Server[] = []
  const close = async () => {
    for (const connection of open) connection.leave('The server ends.')
    const closed = listening.map((server) => new Promise<void>((resolve) => server.close(() => resolve())))
    for (const connection of [...open]) connection.close()
    await Promise.all(closed)
  }
  const listen = async (port: number | undefined, isImplicit: boolean): Promise<number | undefined> => {
    if (port === undefined) return undefined
    const server = createServer({ pauseOnConnect: isImplicit }, (socket) => accept(socket, isImplicit))
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error) => reject(bindError('FTPS', bind, port, error)))
      server.listen({ host: bind, port }, resolve)
    })
    server.on('error', (error) => log.error('the FTPS listener', { error: String(error) }))
    listening.push(server)
    return (server.address() as { port: number }).port
  }
  try {
    const explicit = await listen(options.port, false)
    const implicit = await listen(options.implicitPort, true)
    return {
      ports: { ...(explicit === undefined ? {} : { explicit }), ...(implicit === undefined ? {} : { implicit }) },
      replaceCertificate: (next) => {
        certificate = next
      },
      counts: () => ({ connections: open.size, dataPorts: ports.inUse }),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
