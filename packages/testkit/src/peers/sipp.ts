import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Program } from '../program.ts'
import { temporaryFolder } from '../temporary-folder.ts'

export interface SippOptions {
  /** The whole scenario, or its steps (the frame is put round them). */
  readonly scenario: string
  /** `host:port` to send to; a UAS scenario has it too, for its registration helpers. */
  readonly remote: string
  readonly localPort: number
  /** Of the loopback; 127.0.0.1 unless said otherwise. */
  readonly localAddress?: string
  readonly transport?: 'udp' | 'tcp'
  /** `[service]` in the scenario. */
  readonly service?: string
  readonly username?: string
  readonly password?: string
  /** Values for `[name]` in the scenario. */
  readonly keys?: Readonly<Record<string, string>>
  readonly calls?: number
  /** Calls a second. */
  readonly rate?: number
  readonly limitMs?: number
  readonly mediaPort?: number
  readonly more?: readonly string[]
}

export interface SippResult {
  /** 0: every call did what the scenario says. */
  readonly code: number | null
  /** Every message both ways with its time, as sipp writes them. */
  readonly messages: string
  /** What sipp did not expect. */
  readonly errors: string
}

/** A sipp that plays one scenario. */
export class Sipp {
  readonly program: Program
  readonly #folder: string

  private constructor(program: Program, folder: string) {
    this.program = program
    this.#folder = folder
  }

  static start(options: SippOptions): Sipp {
    const folder = temporaryFolder('sipp')
    const file = join(folder, 'scenario.xml')
    writeFileSync(file, options.scenario.includes('<scenario') ? options.scenario : sippScenario(options.scenario))
    const limitSeconds = Math.ceil((options.limitMs ?? 60_000) / 1000)
    const args = [
      options.remote,
      '-sf',
      file,
      '-i',
      options.localAddress ?? '127.0.0.1',
      '-p',
      String(options.localPort),
      '-t',
      options.transport === 'tcp' ? 't1' : 'u1',
      '-m',
      String(options.calls ?? 1),
      '-r',
      String(options.rate ?? 10),
      '-s',
      options.service ?? 'service',
      '-nostdin',
      '-trace_msg',
      '-message_file',
      join(folder, 'messages.log'),
      '-trace_err',
      '-error_file',
      join(folder, 'errors.log'),
      '-timeout',
      String(limitSeconds),
      '-timeout_error',
      ...(options.mediaPort === undefined ? [] : ['-mp', String(options.mediaPort)]),
      ...(options.username === undefined ? [] : ['-au', options.username]),
      ...(options.password === undefined ? [] : ['-ap', options.password]),
      ...Object.entries(options.keys ?? {}).flatMap(([name, value]) => ['-key', name, value]),
      ...(options.more ?? []),
    ]
    return new Sipp(Program.start('sipp', args, { cwd: folder, env: { TERM: 'dumb' } }), folder)
  }

  get messages(): string {
    return readIfThere(join(this.#folder, 'messages.log'))
  }

  /** Waits for the scenario's end. Does not throw on failure: look at `code`. */
  async result(): Promise<SippResult> {
    const { code } = await this.program.ended
    const errors = readIfThere(join(this.#folder, 'errors.log'))
    return { code, messages: this.messages, errors: errors || (code === 0 ? '' : this.program.output.slice(-1500)) }
  }

  /** @throws with what sipp missed and every message, when a call did not go as the scenario says */
  async succeed(): Promise<SippResult> {
    const result = await this.result()
    if (result.code !== 0)
      throw new Error(`sipp ended with ${result.code}\n${result.errors.slice(-3000)}\n${result.messages.slice(-8000)}`)
    return result
  }

  async stop(): Promise<void> {
    await this.program.stop('SIGKILL')
  }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** The frame round the steps of a scenario. */
export function sippScenario(steps: string): string {
  return `<?xml version="1.0" encoding="ISO-8859-1" ?>\n<!DOCTYPE scenario SYSTEM "sipp.dtd">\n<scenario name="vaxel">\n${steps}\n</scenario>\n`
}

/** A `send` step. Lines are joined by CRLF by sipp; a body follows a blank line. */
export function sippSend(message: string, attributes = ''): string {
  return `<send ${attributes}><![CDATA[\n\n${message.trim().replace(/^ +/gm, '')}\n\n]]></send>`
}

/** A plain G.711 offer or answer with sipp's own media address. */
export const sippSdp = `v=0
o=sipp 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 8 101
a=rtpmap:8 PCMA/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-15`
