import { spawnSync } from 'node:child_process'
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { FreePorts, findProgram, Program } from '@vaxel/testkit'
import { Client } from 'pg'

/** Debian's PostgreSQL on a free loopback port, with its data in a temporary folder. */
export class PostgresServer {
  readonly port: number
  readonly #ports: FreePorts
  readonly #data: string
  #program: Program | undefined
  #databases = 0

  private constructor(ports: FreePorts, port: number, data: string) {
    this.#ports = ports
    this.port = port
    this.#data = data
  }

  static async start(): Promise<PostgresServer> {
    const ports = await FreePorts.claim()
    const port = await ports.port()
    const data = mkdtempSync(join(tmpdir(), 'vaxel-postgres-'))
    if (process.getuid?.() === 0) chownSync(data, idOf('-u'), idOf('-g'))
    const server = new PostgresServer(ports, port, data)
    const made = server.#run('initdb', ['-D', data, '-U', 'vaxel', '--auth=trust', '-E', 'UTF8', '--no-locale', '-N'])
    const { code } = await made.ended
    if (code !== 0) throw new Error(`initdb failed:\n${made.output}`)
    await server.resume()
    return server
  }

  /** Starts it on the data that it had. */
  async resume(): Promise<void> {
    const sockets = 'unix_socket_directories='
    const program = this.#run('postgres', [
      ...['-D', this.#data, '-p', String(this.port), '-c', 'listen_addresses=127.0.0.1', '-c', sockets],
    ])
    this.#program = program
    await program.waitForOutput(/ready to accept connections/)
  }

  /** Ends it: `SIGINT` cuts every connection and writes all, `SIGQUIT` is like a crash. */
  async stop(signal: 'SIGINT' | 'SIGQUIT' = 'SIGINT'): Promise<void> {
    await this.#program?.stop(signal, 10_000)
  }

  /** It answers nothing any more, though its connections stand: a machine that hangs. */
  freeze(): void {
    for (const pid of this.#pids()) process.kill(pid, 'SIGSTOP')
  }

  /** It goes on where it was. */
  thaw(): void {
    for (const pid of this.#pids()) process.kill(pid, 'SIGCONT')
  }

  #pids(): number[] {
    const { pid } = this.#program!
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    return [pid, ...children.split(' ').filter(Boolean).map(Number)]
  }

  async end(): Promise<void> {
    await this.stop('SIGQUIT')
    this.#ports.release()
    rmSync(this.#data, { recursive: true, force: true })
  }

  urlOf(database: string): string {
    return `postgres://vaxel@127.0.0.1:${this.port}/${database}`
  }

  /** An empty database, or a copy of another one. @returns its URL */
  async newDatabase(from = this.urlOf('template0')): Promise<string> {
    const name = `vaxel_${++this.#databases}`
    await this.execute(`create database ${name} template ${new URL(from).pathname.slice(1)}`, this.urlOf('postgres'))
    return this.urlOf(name)
  }

  async execute(statement: string, url: string): Promise<Record<string, unknown>[]> {
    const client = new Client(url)
    await client.connect()
    try {
      return (await client.query<Record<string, unknown>>(statement)).rows
    } finally {
      await client.end()
    }
  }

  /** As the user postgres, where this one is root: the server refuses root. */
  #run(name: string, args: readonly string[]): Program {
    const path = findProgram('postgres')
    if (!path) return Program.start('postgres', args)
    const program = join(dirname(path), name)
    if (process.getuid?.() !== 0) return Program.start(program, args)
    const user = ['--reuid=postgres', '--regid=postgres', '--clear-groups']
    return Program.start('setpriv', [...user, program, ...args], { cwd: tmpdir() })
  }
}

const idOf = (which: '-u' | '-g'): number =>
  Number(spawnSync('id', [which, 'postgres'], { encoding: 'utf8' }).stdout.trim())
