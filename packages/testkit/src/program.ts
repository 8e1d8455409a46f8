import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, constants, globSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * How long a test waits for what must come. Only a limit, for machines that are busy: whoever wants to prove that something is quick asks when it was.
 */
export const eventLimitMs = 30_000

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** Which Debian package brings each program that the tests start. */
export const debianPackages: Readonly<Record<string, string>> = {
  sipp: 'sip-tester',
  baresip: 'baresip-core',
  linphonec: 'linphone-cli',
  'twinkle-console': 'twinkle-console',
  openssl: 'openssl',
  dnsmasq: 'dnsmasq-base',
  faketime: 'faketime',
  chromium: 'chromium',
  'chromium-headless-shell': 'chromium-headless-shell',
  'firefox-esr': 'firefox-esr',
  svmap: 'sipvicious',
  socat: 'socat',
  setpriv: 'util-linux',
  strace: 'strace',
  'systemd-analyze': 'systemd',
  ip: 'iproute2',
  nft: 'nftables',
  'iptables-restore': 'iptables',
  xmllint: 'libxml2-utils',
  ping: 'iputils-ping',
  turnutils_uclient: 'coturn',
  chronyd: 'chrony',
  nginx: 'nginx-light',
  pebble: 'pebble',
  exim4: 'exim4-daemon-light',
  dovecot: 'dovecot-imapd',
  '/usr/lib/dovecot/pop3': 'dovecot-pop3d',
  icalendar: 'python3-icalendar',
  curl: 'curl',
  radicale: 'radicale',
  kamailio: 'kamailio',
  'kamailio/modules/tls.so': 'kamailio-tls-modules',
  janus: 'janus',
  rtpengine: 'rtpengine-daemon',
  stunnel4: 'stunnel4',
  lftp: 'lftp',
  'libspandsp.so.2': 'libspandsp2',
  slapd: 'slapd',
  ldapmodify: 'ldap-utils',
}

/** Other names under which systems have the same program. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  chromium: ['chromium-browser', 'google-chrome'],
  'firefox-esr': ['firefox'],
}

/** What does the same where a system has no such package. */
export const standIns: Readonly<Record<string, string>> = { 'chromium-headless-shell': 'chromium' }

/** Where the program is, or undefined if it is not in PATH or a system folder. */
export function findProgram(name: string): string | undefined {
  if (name.startsWith('/')) return isExecutable(name) ? name : undefined
  return [name, ...(otherNames[name] ?? [])].map(findInPath).find((path) => path !== undefined)
}

function findInPath(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/sbin']
  // Debian keeps the servers of each version of PostgreSQL apart, out of PATH.
  folders.push(...globSync('/usr/lib/postgresql/*/bin').sort().reverse())
  if (name.includes('.so')) folders.push(...globSync('/usr/lib/*-linux-gnu'), '/usr/lib64', '/usr/lib')
  return folders.map((folder) => join(folder, name)).find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, path.includes('.so') ? constants.R_OK : constants.X_OK)
    return true
  } catch {
    return false
  }
}

export interface ProgramEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/**
 * A child process of a test. It never outlives the test's process: whoever forgets `stop` still leaves nothing behind.
 * Standard output and error are kept together as text, at most the last million characters.
 */
export class Program {
  readonly name: string
  readonly ended: Promise<ProgramEnd>
  readonly #child: ChildProcess
  readonly #listeners = new Set<() => void>()
  #output = ''
  #end: ProgramEnd | undefined

  private constructor(name: string, child: ChildProcess) {
    this.name = name
    this.#child = child
    running.add(child)
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8')
      stream?.on('data', (text: string) => {
        this.#output = (this.#output + text).slice(-1_000_000)
        for (const listener of this.#listeners) listener()
      })
    }
    this.ended = new Promise((resolve) => {
      const end = (code: number | null, signal: NodeJS.Signals | null) => {
        running.delete(child)
        this.#end = { code, signal }
        resolve(this.#end)
        for (const listener of this.#listeners) listener()
      }
      child.on('close', end)
      child.on('error', () => end(127, null))
    })
  }

  /** @throws if the program is not installed, with the Debian package that has it */
  static start(
    name: string,
    args: readonly string[],
    options: { cwd?: string; env?: Readonly<Record<string, string | undefined>> } = {},
  ): Program {
    const path = findProgram(name)
    if (!path)
      throw new Error(
        `${name} is not installed: apt-get install --no-install-recommends ${debianPackages[name] ?? name}`,
      )
    const env = { ...process.env, ...options.env }
    return new Program(
      name,
      spawn(path, args, { ...(options.cwd ? { cwd: options.cwd } : {}), env, stdio: ['pipe', 'pipe', 'pipe'] }),
    )
  }

  get pid(): number {
    return this.#child.pid ?? -1
  }

  get output(): string {
    return this.#output
  }

  get isRunning(): boolean {
    return this.#end === undefined
  }

  write(text: string): void {
    this.#child.stdin?.write(text)
  }

  closeInput(): void {
    this.#child.stdin?.end()
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** Waits until the output (from `from` on) matches; @throws after the limit or when the program ends first, with the output. */
  async waitForOutput(pattern: RegExp, limitMs = eventLimitMs, from = 0): Promise<RegExpExecArray> {
    const find = () => pattern.exec(this.#output.slice(from))
    return await new Promise((resolve, reject) => {
      const finish = (act: () => void) => {
        clearTimeout(timer)
        this.#listeners.delete(look)
        act()
      }
      const look = () => {
        const found = find()
        if (found) finish(() => resolve(found))
        else if (this.#end) finish(() => reject(this.#failure(`ended before ${pattern} came`)))
      }
      const timer = setTimeout(
        () => finish(() => reject(this.#failure(`did not say ${pattern} within ${limitMs} ms`))),
        limitMs,
      )
      this.#listeners.add(look)
      look()
    })
  }

  /** Ends it by its id: politely, then after the grace for certain. */
  async stop(signal: NodeJS.Signals = 'SIGTERM', graceMs = 3000): Promise<ProgramEnd> {
    if (this.#end) return this.#end
    this.#child.kill(signal)
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), graceMs)
    const end = await this.ended
    clearTimeout(timer)
    return end
  }

  #failure(what: string): Error {
    return new Error(`${this.name} ${what}. Its output:\n${this.#output.slice(-4000)}`)
  }
}

/** Asks again and again until the answer is not undefined or false. For things that give no event. */
export async function eventually<T>(
  what: string,
  ask: () => T | undefined | false | Promise<T | undefined | false>,
  limitMs = eventLimitMs,
): Promise<T> {
  const endMs = performance.now() + limitMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
    if (performance.now() > endMs) throw new Error(`${what}: not within ${limitMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

/**
 * A measurement that holds what was measured against what was set, made again when it does not hold: what else a machine does at that moment adds
 * to a line, and nobody can tell the two apart. What is wrong by itself is wrong each time.
 * @throws what the last of so many measurements says
 */
export async function undisturbed<T>(measure: () => Promise<T>, tries = 3): Promise<T> {
  for (let left = tries; ; left--)
    try {
      return await measure()
    } catch (error) {
      if (left <= 1) throw error
      process.stdout.write(`# measured again: ${error instanceof Error ? error.message : String(error)}\n`)
    }
}

/** The promise's value, or an error that says what did not come in time. */
export async function within<T>(what: string, promise: Promise<T>, limitMs = eventLimitMs): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: not within ${limitMs} ms`)), limitMs)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
