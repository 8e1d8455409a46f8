import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ApiClient } from './api-client.ts'
import { FreePorts } from './free-ports.ts'
import { eventLimitMs, Program } from './program.ts'
import { temporaryFolder } from './temporary-folder.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..')

export interface PlatformPorts {
  readonly http: number
  readonly https: number
  readonly sip: number
  readonly sips: number
  readonly stun: number
  readonly media: number
  readonly mediaRange: readonly [from: number, to: number]
}

export interface PlatformOptions {
  /** Loads the demo company; true unless said otherwise. */
  readonly demo?: boolean
  /** An existing folder, to start again on what a server left. */
  readonly data?: string
  /** Ports of an earlier server, to start again where it was. */
  readonly ports?: PlatformPorts
  /** How many UDP ports phones' media may use. */
  readonly mediaPortCount?: number
  /** Further environment, e.g. `{ VAXEL_MEDIA_TIMEOUT: '10' }`. */
  readonly environment?: Readonly<Record<string, string>>
  readonly readyLimitMs?: number
  /** A program that starts the server, with its arguments: `['setpriv', '--no-new-privs']`. */
  readonly under?: readonly string[]
  /** Told once the process runs, long before it is ready: for what happens to it while it starts. */
  readonly onStarted?: (program: Program) => void
}

/** The real server as a child process, on free loopback ports and in a folder of its own. */
export class Platform {
  readonly program: Program
  readonly ports: PlatformPorts
  readonly data: string
  readonly url: string
  /** A test makes the server fail by itself. */
  expectsFaults = false

  constructor(program: Program, ports: PlatformPorts, data: string) {
    this.program = program
    this.ports = ports
    this.data = data
    this.url = `http://127.0.0.1:${ports.http}`
  }

  get pid(): number {
    return this.program.pid
  }

  /** Everything the server has printed, its log included. */
  get output(): string {
    return this.program.output
  }

  /** `host:port` of the SIP listener (UDP and TCP). */
  get sip(): string {
    return `127.0.0.1:${this.ports.sip}`
  }

  get sips(): string {
    return `127.0.0.1:${this.ports.sips}`
  }

  /** Secure WebSocket for SIP. */
  get webSocketUrl(): string {
    return `wss://127.0.0.1:${this.ports.https}/sip`
  }

  /** An API client logged in as a demo user (201 is the administrator). */
  async login(user = '201'): Promise<ApiClient> {
    return await ApiClient.login(this.url, `${user}@demo.vaxel.test`, `demo-${user}`)
  }

  /** SIGTERM; the contract allows 5 s, of a machine that does nothing else. */
  async stop(): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
    const ended = await this.program.stop('SIGTERM', eventLimitMs)
    // A server outlives its own faults; a test does not.
    const fault = this.expectsFaults ? undefined : /^.*a fault that nothing caught.*$/m.exec(this.output)?.[0]
    if (fault !== undefined) throw new Error(fault)
    return ended
  }

  /** As a crash does it. */
  async kill(): Promise<void> {
    await this.program.stop('SIGKILL')
  }
}

/** Starts the server and waits for its `ready` line. */
export async function startPlatform(options: PlatformOptions = {}): Promise<Platform> {
  const ports = options.ports ?? (await choosePorts(options.mediaPortCount ?? 100))
  const data = options.data ?? temporaryFolder('data')
  const [command, ...args] = [...(options.under ?? []), process.execPath]
  const program = Program.start(
    command!,
    [...args, join(root, 'apps/server/src/main.ts'), ...((options.demo ?? true) ? ['--demo'] : [])],
    {
      cwd: data,
      env: {
        VAXEL_DATA: data,
        VAXEL_HTTP_PORT: String(ports.http),
        VAXEL_HTTPS_PORT: String(ports.https),
        VAXEL_SIP_PORT: String(ports.sip),
        VAXEL_SIPS_PORT: String(ports.sips),
        VAXEL_STUN_PORT: String(ports.stun),
        VAXEL_MEDIA_PORT: String(ports.media),
        VAXEL_MEDIA_PORTS: `${ports.mediaRange[0]}-${ports.mediaRange[1]}`,
        ...options.environment,
      },
    },
  )
  options.onStarted?.(program)
  try {
    await program.waitForOutput(/^ready/m, options.readyLimitMs ?? 60_000)
  } catch (error) {
    await program.stop('SIGKILL')
    throw error
  }
  return new Platform(program, ports, data)
}

/** Ports for one server; free now and kept from other tests by the claim on their block. */
export async function choosePorts(mediaPortCount: number): Promise<PlatformPorts> {
  for (let blocksLeft = 10; ; blocksLeft--) {
    const free = await FreePorts.claim()
    try {
      return {
        mediaRange: await free.range(mediaPortCount),
        http: await free.port(),
        https: await free.port(),
        sip: await free.port(),
        sips: await free.port(),
        stun: await free.port(),
        media: await free.port(),
      }
    } catch (error) {
      // A program that is no test has some of this block.
      free.release()
      if (blocksLeft <= 1) throw error
    }
  }
}
