import type { Clock, Logger } from '@vaxel/base'
import type { FileDoor, FileVisitor } from '@vaxel/core'
import type { DataDoor } from './data-door.ts'
import type { FtpsLimits } from './ftps-limits.ts'
import { type FactName, factNames } from './listing-lines.ts'
import type { PassivePorts } from './passive-ports.ts'
import type { SecureSockets } from './secure-sockets.ts'

/** What all connections of the server share. */
export interface FtpsAround {
  readonly clock: Clock
  readonly log: Logger
  readonly door: FileDoor
  readonly limits: FtpsLimits
  readonly ports: PassivePorts
  /** Address that a client at this one is told to connect to. */
  readonly advertise: (peer: string) => string
}

/** What a command can ask of its connection. */
export interface FtpsWire {
  /** IP literal of the client. */
  readonly peer: string
  /** Local address of the control connection. */
  readonly address: string
  readonly sockets: SecureSockets
  /** One line, or more: the first and the last one have the code (RFC 959 §4.2). */
  reply(code: number, ...lines: readonly string[]): void
  /** Answers, then makes the control connection a TLS connection. */
  startTls(): Promise<void>
  /** Ends the connection once everything written has left. */
  end(): void
}

/** Where one client's session stands. */
export class FtpsSession {
  readonly around: FtpsAround
  readonly wire: FtpsWire
  /** Neither name nor password crosses the network before. */
  isSecure: boolean
  /** `PROT P` was said, or is understood (implicit TLS). */
  isDataSecure: boolean
  isBufferSizeSaid: boolean
  login: string | undefined
  visitor: FileVisitor | undefined
  wrongLogins = 0
  folder: readonly string[] = []
  /** Where the next file is read from (REST). */
  fromByte = 0
  /** After `EPSV ALL` nothing else opens a data connection (RFC 2428 §4). */
  isExtendedOnly = false
  facts: ReadonlySet<FactName> = new Set(factNames)
  data: DataDoor | undefined
  /** Of the transfer that goes on. */
  transfer: AbortController | undefined

  constructor(around: FtpsAround, wire: FtpsWire, isImplicit: boolean) {
    this.around = around
    this.wire = wire
    this.isSecure = isImplicit
    this.isDataSecure = isImplicit
    this.isBufferSizeSaid = isImplicit
  }

  async closeData(): Promise<void> {
    const { data } = this
    this.data = undefined
    await data?.close()
  }

  /** Ends what goes on; nothing is answered any more. */
  close(): void {
    this.transfer?.abort()
    void this.closeData()
  }
}

/** Performs one command; answers exactly once with a code of 200 or above, after at most one of 100 to 199. */
export type FtpsCommand = (session: FtpsSession, argument: string) => void | Promise<void>
export type FtpsCommands = Readonly<Record<string, FtpsCommand>>
