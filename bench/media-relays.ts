import { type ChildProcess, spawn } from 'node:child_process'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { findProgram } from '@vaxel/testkit'
import type { EngineOrder } from './media-engine-process.ts'
import { pinned, serverProcessor } from './load/pinned.ts'

/** Something that relays the audio of calls, in a process of its own on one processor. */
export interface Relay {
  readonly pid: number
  /** Sets a call up between two peers. @returns what the relay tells each of them */
  open(order: EngineOrder): Promise<readonly string[]>
  stop(): Promise<void>
}

const ports = [30_000, 49_999] as const

/** Our own engine, by its own port. */
export async function startVaxel(): Promise<Relay> {
  const file = fileURLToPath(new URL('media-engine-process.ts', import.meta.url))
  const profile =
    process.env['VAXEL_BENCH_PROFILE'] === undefined ? [] : [...process.env['VAXEL_BENCH_PROFILE'].split(' ')]
  const child = start([process.execPath, ...profile, file, ...ports.map(String)], ['pipe', 'pipe', 'inherit'])
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]()
  await lines.next()
  return {
    pid: child.pid!,
    open: async (order) => {
      child.stdin!.write(`${JSON.stringify(order)}\n`)
      const answer = JSON.parse((await lines.next()).value ?? '"the engine has ended"') as string[] | string
      if (typeof answer === 'string') throw new Error(answer)
      return answer
    },
    stop: async () => {
      const ended = once(child, 'exit')
      child.stdin!.end()
      await ended
    },
  }
}

/** Debian's rtpengine without its kernel module, by its NG protocol; what it records goes to one folder as pcap. */
export async function startRtpengine(recordings: string): Promise<Relay> {
  if (findProgram('rtpengine') === undefined)
    throw new Error('rtpengine is not installed: apt-get install --no-install-recommends rtpengine-daemon')
  const control = 29_000 + (process.pid % 900)
  const child = start(
    [
      findProgram('rtpengine')!,
      '--foreground',
      '--table=-1',
      '--interface=127.0.0.1',
      `--listen-ng=127.0.0.1:${control}`,
      `--port-min=${ports[0]}`,
      `--port-max=${ports[1]}`,
      '--log-level=2',
      '--recording-method=pcap',
      `--recording-dir=${recordings}`,
    ],
    ['ignore', 'ignore', 'ignore'],
  )
  const ng = new NgClient(control)
  await ng.untilReady()
  return {
    pid: child.pid!,
    open: async ({ call, offers: [a, b], recordTo }) => {
      // One suite on both legs would let rtpengine pass packets on as they are, under the peers' own keys: what costs is then
      // never done. A shorter tag for the second peer costs the same and makes it open and seal each packet.
      const second = b.replace('a=crypto:1 AES_CM_128_HMAC_SHA1_80', 'a=crypto:8 AES_CM_128_HMAC_SHA1_32')
      const common = { 'call-id': call, ICE: 'remove', ...(recordTo !== undefined && { 'record call': 'yes' }) }
      const offered = await ng.ask({ command: 'offer', ...common, 'from-tag': `${call}-a`, sdp: a })
      const answered = await ng.ask({
        command: 'answer',
        ...common,
        'from-tag': `${call}-a`,
        'to-tag': `${call}-b`,
        sdp: second,
      })
      return [answered, offered]
    },
    stop: async () => {
      ng.close()
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

function start(command: readonly string[], stdio: ('pipe' | 'ignore' | 'inherit')[]): ChildProcess {
  const [program, ...args] = pinned(serverProcessor, command[0]!, ...command.slice(1))
  const child = spawn(program!, args, { stdio })
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

/** rtpengine's control protocol: a cookie and a bencoded dictionary in a datagram each way. */
class NgClient {
  readonly #socket: Socket = createSocket('udp4')
  readonly #port: number
  readonly #waiting = new Map<string, (answer: string) => void>()
  #cookie = 0

  constructor(port: number) {
    this.#port = port
    this.#socket.on('message', (message) => {
      const text = message.toString('latin1')
      const cookie = text.slice(0, text.indexOf(' '))
      this.#waiting.get(cookie)?.(text.slice(cookie.length + 1))
      this.#waiting.delete(cookie)
    })
  }

  async untilReady(): Promise<void> {
    for (let tries = 0; tries < 100; tries++) if (await this.#send({ command: 'ping' }, 100)) return
    throw new Error('rtpengine does not answer')
  }

  /** @returns the description in the answer */
  async ask(order: Readonly<Record<string, string>>): Promise<string> {
    const answer = (await this.#send(order, 5_000)) ?? 'nothing'
    const at = /3:sdp(\d+):/.exec(answer)
    if (!at) throw new Error(`rtpengine answered ${answer.slice(0, 200)}`)
    const start = at.index + at[0].length
    return answer.slice(start, start + Number(at[1]))
  }

  close(): void {
    this.#socket.close()
  }

  #send(order: Readonly<Record<string, string>>, limitMs: number): Promise<string | undefined> {
    const cookie = `c${++this.#cookie}`
    const text = (value: string) => `${Buffer.byteLength(value)}:${value}`
    const fields = Object.entries(order).map(([key, value]) => text(key) + text(value))
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(undefined), limitMs)
      this.#waiting.set(cookie, (answer) => {
        clearTimeout(timer)
        resolve(answer)
      })
      this.#socket.send(`${cookie} d${fields.join('')}e`, this.#port, '127.0.0.1')
    })
  }
}

/** Recordings of one call each. */
export const recordingIn = (folder: string, call: string): string => join(folder, `${call}.wav`)
