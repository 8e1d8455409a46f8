import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { readWav, type Wav } from '../audio/wav.ts'
import { FreePorts } from '../free-ports.ts'
import type { Place } from '../net/home-network.ts'
import { eventLimitMs, eventually, Program, within } from '../program.ts'
import { temporaryFolder } from '../temporary-folder.ts'

export interface BaresipOptions {
  /** Digest username and the user part of the address of record. */
  readonly user: string
  readonly password?: string
  /** Whose credentials it has, where they are not named as the user. */
  readonly authUser?: string
  /** `host:port` of the registrar; without one it does not register. */
  readonly registrar?: string
  readonly transport?: 'udp' | 'tcp' | 'tls'
  readonly keying?: 'rtp' | 'sdes' | 'dtls'
  /** Offer ICE. */
  readonly ice?: boolean
  /** baresip's codec names, e.g. `PCMA/8000/1`. */
  readonly codecs?: readonly string[]
  /** What it says: a sine of this frequency. */
  readonly toneHz?: number
  readonly answer?: 'auto' | 'manual'
  /** Further account parameters, each with its leading semicolon. */
  readonly account?: string
  /** Where it runs; on this machine's loopback unless said otherwise. */
  readonly place?: Place
  /** Further lines of the configuration file. */
  readonly config?: readonly string[]
}

/** What baresip tells over its control socket. */
export interface BaresipEvent {
  readonly type: string
  readonly class?: string
  readonly id?: string
  readonly peeruri?: string
  readonly param?: string
  readonly direction?: string
}

interface Reply {
  readonly response: true
  readonly ok: boolean
  readonly data?: string
}

/** A baresip phone: says a tone, records what it hears, is commanded over its control socket. */
export class Baresip {
  readonly program: Program
  readonly folder: string
  readonly sipPort: number
  readonly user: string
  readonly events: BaresipEvent[] = []
  readonly #socket: Socket
  readonly #listeners = new Set<() => void>()
  readonly #replies: ((reply: Reply) => void)[] = []
  #received = Buffer.alloc(0)

  private constructor(program: Program, folder: string, sipPort: number, user: string, socket: Socket) {
    this.program = program
    this.folder = folder
    this.sipPort = sipPort
    this.user = user
    this.#socket = socket
    socket.on('data', (bytes) => this.#receive(bytes))
    socket.on('error', () => {})
  }

  static async start(options: BaresipOptions): Promise<Baresip> {
    const free = await FreePorts.claim()
    // baresip takes the next port too, for TLS
    const [sipPort] = await free.range(2)
    const controlPort = await free.port()
    const folder = temporaryFolder(`baresip-${options.user}`)
    mkdirSync(join(folder, 'recordings'))
    writeFileSync(join(folder, 'config'), configuration(options, folder, sipPort, controlPort, await free.range(100)))
    writeFileSync(join(folder, 'accounts'), `${account(options)}\n`)
    writeFileSync(join(folder, 'contacts'), '')
    const { place } = options
    const command = ['baresip', '-f', folder]
    const [name, ...args] = place ? ['ip', 'netns', 'exec', place.namespace, ...command] : command
    const program = Program.start(name!, args, { cwd: folder, env: { HOME: folder } })
    try {
      await program.waitForOutput(/baresip is ready/)
      const phone = new Baresip(
        program,
        folder,
        sipPort,
        options.user,
        await connectTo(place?.controlAddress ?? '127.0.0.1', controlPort),
      )
      if (options.registrar) {
        await program.waitForOutput(/200 OK|All \d+ useragent|reg: \S+ [3-6]\d\d /)
        const refused = /reg: \S+ ([3-6]\d\d .*)/.exec(program.output)?.[1]
        if (refused !== undefined) throw new Error(`baresip ${options.user}: the registrar refused it: ${refused}`)
      }
      return phone
    } catch (error) {
      await program.stop('SIGKILL')
      throw error
    } finally {
      free.release()
    }
  }

  /** `sip:user@127.0.0.1:port`, to call it without a registrar. */
  get uri(): string {
    return `sip:${this.user}@127.0.0.1:${this.sipPort}`
  }

  /** A command of baresip's menu, e.g. `dial`, `hangup`, `hold`, `resume`, `transfer`, `accept`. */
  async command(command: string, parameters?: string): Promise<string> {
    const text = JSON.stringify({
      command,
      ...(parameters === undefined ? {} : { params: parameters }),
      token: command,
    })
    const reply = new Promise<Reply>((resolve) => this.#replies.push(resolve))
    this.#socket.write(`${Buffer.byteLength(text)}:${text},`)
    const { data = '' } = await within(`the reply of baresip ${this.user} to ${command}`, reply)
    return data
  }

  async dial(target: string): Promise<void> {
    await this.command('dial', target)
  }

  async answer(): Promise<void> {
    await this.command('accept')
  }

  async hangUp(): Promise<void> {
    await this.command('hangup')
  }

  /** The next event of that type after the first `after` events. */
  async waitFor(type: string, limitMs = eventLimitMs, after = 0): Promise<BaresipEvent> {
    const find = () => this.events.slice(after).find((event) => event.type === type)
    return await new Promise((resolve, reject) => {
      const finish = (act: () => void) => {
        clearTimeout(timer)
        this.#listeners.delete(look)
        act()
      }
      const look = () => {
        const event = find()
        if (event) finish(() => resolve(event))
      }
      const timer = setTimeout(
        () =>
          finish(() =>
            reject(
              new Error(
                `baresip ${this.user}: no ${type} within ${limitMs} ms; it had ${this.events.map((e) => e.type).join(', ')}\n${this.program.output.slice(-3000)}`,
              ),
            ),
          ),
        limitMs,
      )
      this.#listeners.add(look)
      look()
    })
  }

  /** What it heard in its calls, one recording a stream, in order of their start; complete once the call has ended. */
  heard(): Wav[] {
    return this.#recordings('-dec.wav')
  }

  /** What it said. */
  said(): Wav[] {
    return this.#recordings('-enc.wav')
  }

  #recordings(ending: string): Wav[] {
    const folder = join(this.folder, 'recordings')
    return readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .sort()
      .map((name) => readWav(join(folder, name)))
  }

  async stop(): Promise<void> {
    this.#socket.destroy()
    await this.program.stop('SIGTERM', 3000)
  }

  #receive(bytes: Buffer): void {
    this.#received = Buffer.concat([this.#received, bytes])
    for (;;) {
      const colon = this.#received.indexOf(':')
      if (colon < 0) return
      const size = Number(this.#received.toString('latin1', 0, colon))
      if (this.#received.length < colon + size + 2) return
      const text = this.#received.toString('utf8', colon + 1, colon + 1 + size)
      this.#received = this.#received.subarray(colon + size + 2)
      const message = JSON.parse(text) as Reply | (BaresipEvent & { event: true })
      if ('response' in message) this.#replies.shift()?.(message)
      else this.events.push(message)
      for (const listener of this.#listeners) listener()
    }
  }
}

async function connectTo(host: string, port: number): Promise<Socket> {
  return await eventually(
    'control socket of baresip',
    () =>
      new Promise<Socket | undefined>((resolve) => {
        const socket = connect({ port, host }, () => resolve(socket))
        socket.once('error', () => resolve(undefined))
      }),
  )
}

function account(options: BaresipOptions): string {
  const { registrar, user } = options
  const transport = options.transport ?? 'udp'
  const mediaenc = { rtp: '', sdes: ';mediaenc=srtp-mand', dtls: ';mediaenc=dtls_srtp' }[options.keying ?? 'rtp']
  return [
    `<sip:${user}@${registrar ?? '127.0.0.1'};transport=${transport}>`,
    `;auth_user=${options.authUser ?? user};auth_pass=${options.password ?? 'none'}`,
    registrar ? ';regint=600' : ';regint=0',
    `;answermode=${options.answer ?? 'auto'}`,
    mediaenc,
    options.ice ? ';medianat=ice' : '',
    `;audio_codecs=${(options.codecs ?? ['PCMA/8000/1']).join(',')}`,
    options.account ?? '',
  ].join('')
}

function configuration(
  options: BaresipOptions,
  folder: string,
  sipPort: number,
  controlPort: number,
  [firstRtpPort, lastRtpPort]: readonly [number, number],
): string {
  const address = options.place?.address ?? '127.0.0.1'
  const modules = ['g711', 'g722', 'opus', 'ausine', 'aubridge', 'sndfile', 'srtp', 'dtls_srtp', 'ice', 'stun', 'uuid']
  return [
    'poll_method epoll',
    `sip_listen ${address}:${sipPort}`,
    'call_max_calls 8',
    'call_local_timeout 60',
    'audio_player aubridge,nil',
    `audio_source ausine,${options.toneHz ?? 440}`,
    'audio_alert aubridge,nil',
    'ausrc_srate 48000',
    'auplay_srate 48000',
    'ausrc_channels 2',
    'auplay_channels 2',
    'audio_level no',
    `rtp_ports ${firstRtpPort}-${lastRtpPort}`,
    'rtp_stats yes',
    // The loopback interface's name is not taken; its address is.
    `net_interface ${address}`,
    'module_path /usr/lib/baresip/modules',
    ...modules.map((name) => `module ${name}.so`),
    'module_tmp account.so',
    'module_app menu.so',
    'module_app ctrl_tcp.so',
    `ctrl_tcp_listen ${options.place?.controlAddress ?? '127.0.0.1'}:${controlPort}`,
    `snd_path ${join(folder, 'recordings')}`,
    ...(options.config ?? []),
    '',
  ].join('\n')
}
