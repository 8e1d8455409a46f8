import { execFileSync } from 'node:child_process'
import { choosePorts, type Platform, startPlatform, temporaryFolder } from '@vaxel/testkit'
import { loadDomain, populate } from './population.ts'
import type { Load } from './load.ts'
import { serverProcessor } from './pinned.ts'

/** A server of its own for one measurement, with what a load needs to know of it. */
export interface MeasuredServer {
  readonly platform: Platform
  readonly phonePort: number
  readonly trunkPort: number
  open(load: Load, more?: { transport?: 'UDP' | 'TLS'; audio?: 'rtp' | 'srtp'; firstUser?: number }): Promise<void>
  stop(): Promise<void>
}

export interface MeasuredServerOptions {
  readonly users: number
  /** The processors that it may use with all its threads, as taskset writes them; one alone unless said otherwise. */
  readonly processors?: string | undefined
  readonly environment?: Readonly<Record<string, string>>
  /** The administrator's web password; without it there is no administrator. */
  readonly password?: string
  /** What nobody takes goes to the user's mailbox. */
  readonly voicemail?: boolean
}

/** Starts the server on loopback over a folder with so many users; both go when it stops. */
export async function startMeasured(options: MeasuredServerOptions): Promise<MeasuredServer> {
  const data = temporaryFolder('measured')
  const [ports, loadPorts] = [await choosePorts(8), await choosePorts(8)]
  // Ports of the load, which nobody else takes while their block is claimed.
  const [phonePort, trunkPort] = [loadPorts.sip, loadPorts.stun]
  await populate(data, options.users, {
    trunkSource: `127.0.0.1:${trunkPort}`,
    password: options.password,
    voicemail: options.voicemail ?? false,
  })
  const platform = await startPlatform({
    demo: false,
    data,
    ports,
    environment: {
      VAXEL_BIND: '127.0.0.1',
      VAXEL_LOG: 'error',
      VAXEL_MEDIA_PORTS: '33000-65000',
      VAXEL_MEDIA_DRAIN: '1',
      VAXEL_MAX_CALLS: '100000',
      ...options.environment,
    },
    readyLimitMs: 60_000,
  })
  pinThreads(platform.pid, 'processors' in options ? options.processors : serverProcessor?.toString())
  return {
    platform,
    phonePort,
    trunkPort,
    open: async (load, { transport = 'UDP', audio, firstUser = 0 } = {}) => {
      await load.ask('open', {
        serverPort: transport === 'TLS' ? platform.ports.sips : platform.ports.sip,
        serverPid: platform.pid,
        transport,
        domain: loadDomain,
        phonePort,
        firstUser,
        ...(transport === 'UDP' && { trunkPort }),
        ...(audio && { audio }),
      })
    },
    stop: async () => void (await platform.stop()),
  }
}

function pinThreads(pid: number, processors: string | undefined): void {
  if (processors === undefined) return
  execFileSync('taskset', ['-a', '-c', '-p', processors, String(pid)], { stdio: 'ignore' })
}
