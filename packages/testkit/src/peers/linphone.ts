import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readWav, sine, type Wav, writeWav } from '../audio/wav.ts'
import { FreePorts } from '../free-ports.ts'
import type { Place } from '../net/home-network.ts'
import { eventLimitMs, eventually, Program } from '../program.ts'
import { temporaryFolder } from '../temporary-folder.ts'

export interface LinphoneOptions {
  readonly user: string
  readonly password: string
  /** `host:port` */
  readonly registrar: string
  readonly transport?: 'udp' | 'tcp'
  /** What it says: a sine of this frequency, for half a minute. */
  readonly toneHz?: number
  /** Where it runs; in the test's own network unless said otherwise. */
  readonly place?: Place
  /** Whose presence it watches. */
  readonly friends?: readonly string[]
  /** Answers by itself. */
  readonly autoAnswer?: boolean
}

/** linphone's command line: says a tone from a file, records what it hears to one. */
export class Linphone {
  readonly program: Program
  readonly user: string
  readonly #recording: string

  private constructor(program: Program, user: string, recording: string) {
    this.program = program
    this.user = user
    this.#recording = recording
  }

  static async start(options: LinphoneOptions): Promise<Linphone> {
    const folder = temporaryFolder(`linphone-${options.user}`)
    // It does not make its own folders
    for (const place of ['.local/share/linphone', '.config/linphone'])
      mkdirSync(join(folder, place), { recursive: true })
    const free = await FreePorts.claim()
    const sipPort = await free.port()
    const transport = options.transport ?? 'udp'
    const tone = join(folder, 'tone.wav')
    const recording = join(folder, 'heard.wav')
    writeWav(tone, 8000, sine(8000, options.toneHz ?? 440, 30))
    writeFileSync(
      join(folder, 'rc'),
      [
        '[sip]',
        `sip_port=${transport === 'udp' ? sipPort : 0}`,
        `sip_tcp_port=${transport === 'tcp' ? sipPort : 0}`,
        'sip_tls_port=0',
        'guess_hostname=0',
        'register_only_when_network_is_up=0',
        'default_proxy=0',
        '[rtp]',
        `audio_rtp_port=${(await free.range(2))[0]}`,
        '[proxy_0]',
        `reg_proxy=<sip:${options.registrar};transport=${transport}>`,
        `reg_identity=<sip:${options.user}@${options.registrar.split(':')[0]}>`,
        'reg_expires=600',
        'reg_sendregister=1',
        '[auth_info_0]',
        `username=${options.user}`,
        `passwd=${options.password}`,
        '[net]',
        'mtu=1300',
        ...(options.friends ?? []).flatMap((friend, i) => [
          `[friend_${i}]`,
          `url=<sip:${friend}@${options.registrar.split(':')[0]}>`,
          'pol=accept',
          'subscribe=1',
        ]),
        '[app]',
        '',
      ].join('\n'),
    )
    const command = ['linphonec', '-c', join(folder, 'rc'), ...(options.autoAnswer ? ['-a'] : [])]
    const [name, ...args] = options.place ? ['ip', 'netns', 'exec', options.place.namespace, ...command] : command
    const program = Program.start(name!, args, {
      cwd: folder,
      env: { HOME: folder, XDG_DATA_HOME: undefined, XDG_CONFIG_HOME: undefined },
    })
    const phone = new Linphone(program, options.user, recording)
    try {
      phone.command('soundcard use files')
      phone.command(`play ${tone}`)
      phone.command(`record ${recording}`)
      await phone.waitForStatus('register', /registered, identity/)
      return phone
    } catch (error) {
      await program.stop('SIGKILL')
      throw error
    } finally {
      free.release()
    }
  }

  /** A line typed into linphonec: `call`, `answer`, `terminate`, `pause`, `resume` … */
  command(line: string): void {
    this.program.write(`${line}\n`)
  }

  /** Asks `status register` or `status hook` until the answer fits: linphonec tells little by itself. */
  async waitForStatus(what: 'register' | 'hook', pattern: RegExp, limitMs = eventLimitMs): Promise<void> {
    await eventually(
      `linphone ${this.user}: status ${what} ${pattern}`,
      async () => {
        const from = this.program.output.length
        this.command(`status ${what}`)
        const answer = await this.program
          .waitForOutput(/(registered|registering|hook)\S*[=, ].*\n|registered=.*\n/, 3000, from)
          .catch(() => undefined)
        return answer !== undefined && pattern.test(answer[0])
      },
      limitMs,
    )
  }

  /** What it heard in the call that has ended. It writes the file's header last, some time after its BYE. */
  async heard(): Promise<Wav> {
    const isWritten = () => readFileSync(this.#recording).toString('latin1', 0, 4) === 'RIFF'
    await eventually(`linphone ${this.user}: its recording is written`, isWritten)
    return readWav(this.#recording)
  }

  async stop(): Promise<void> {
    this.command('quit')
    await this.program.stop('SIGTERM', 3000)
  }
}
