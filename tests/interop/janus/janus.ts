import { globSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ChromiumPage, eventually, FreePorts, Program, temporaryFolder } from '@vaxel/testkit'

/** What the SIP plugin of Janus tells, as its documentation names it. */
export interface JanusEvent {
  readonly event: string
  readonly code?: number
  readonly reason?: string
  readonly reason_header?: string
  readonly displayname?: string
  /** Of the call that a call event is about. */
  readonly call_id?: string
  /** Of the line that registered: what a further line of the same telephone names. */
  readonly master_id?: number
  /** The encryption of an incoming call. */
  readonly srtp?: string
  /** Of a message. */
  readonly content?: string
}

interface Heard {
  readonly hz: number
  readonly db: number
}

/** What the page offers the test. */
interface PageOfPhone {
  events(): JanusEvent[]
  attach(server: string): Promise<void>
  say(body: object): Promise<void>
  call(uri: string, toneHz: number, further: object): Promise<void>
  accept(toneHz: number, further: object): Promise<void>
  press(digit: string): void
  listen(): Heard | undefined
}

declare const window: { readonly phone: PageOfPhone }

/** The WebRTC server Janus, whose SIP plugin (sofia-sip) is a telephone for each page that uses it. */
export class Janus {
  readonly #program: Program
  readonly #url: string

  private constructor(program: Program, url: string) {
    this.#program = program
    this.#url = url
  }

  static async start(): Promise<Janus> {
    const folder = temporaryFolder('janus')
    // Of all that Debian's package has, what this needs: the others open ports and files of their own.
    const only = (kind: string, pattern: string): string => {
      const [library] = globSync(`/usr/lib/*/janus/${kind}/${pattern}`)
      if (!library) throw new Error(`janus has no ${pattern}: apt-get install --no-install-recommends janus`)
      const path = join(folder, kind)
      mkdirSync(path)
      symlinkSync(library, join(path, basename(library)))
      return path
    }
    const free = await FreePorts.claim()
    const [http, rtp, ice] = [await free.port(), await free.range(40), await free.range(20)]
    const range = (ports: readonly [number, number]) => `rtp_port_range = "${ports[0]}-${ports[1]}"`
    const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
    write(
      'janus.jcfg',
      `general: {
        configs_folder = "${folder}"
        plugins_folder = "${only('plugins', 'libjanus_sip.so')}"
        transports_folder = "${only('transports', 'libjanus_http.so')}"
        events_folder = "${folder}/none"
        loggers_folder = "${folder}/none"
      }
      media: { ${range(ice)} }
      `,
    )
    write('janus.transport.http.jcfg', `general: { http = true, port = ${http}, ip = "127.0.0.1", json = "plain" }`)
    write('janus.plugin.sip.jcfg', `general: { local_ip = "127.0.0.1", keepalive_interval = 0, ${range(rtp)} }`)
    const program = Program.start('janus', ['-F', folder, '-o'], { cwd: folder, env: { HOME: folder } })
    try {
      await program.waitForOutput(/HTTP webserver started/)
    } catch (error) {
      await program.stop('SIGKILL')
      throw error
    } finally {
      free.release()
    }
    return new Janus(program, `http://127.0.0.1:${http}/janus`)
  }

  /** A telephone of its own, in a page. */
  async phone(): Promise<JanusPhone> {
    const page = await ChromiumPage.open(join(import.meta.dirname, 'page/phone.js'))
    try {
      await page.page.evaluate((url) => window.phone.attach(url), this.#url)
    } catch (error) {
      await page.close()
      throw error
    }
    return new JanusPhone(page)
  }

  async stop(): Promise<void> {
    await this.#program.stop('SIGTERM')
  }
}

/** One telephone behind Janus. */
export class JanusPhone {
  readonly #page: ChromiumPage
  #seen = 0

  constructor(page: ChromiumPage) {
    this.#page = page
  }

  /** Asks the plugin for something, `{ request: 'hold' }`, and waits for the event that tells that it is done. */
  async say(body: object, until?: string): Promise<JanusEvent | undefined> {
    await this.#page.page.evaluate((request) => window.phone.say(request), body)
    return until === undefined ? undefined : await this.waitFor(until)
  }

  async call(uri: string, toneHz: number, further: object = {}): Promise<void> {
    await this.#page.page.evaluate(([to, hz, more]) => window.phone.call(to, hz, more), [uri, toneHz, further] as const)
  }

  async accept(toneHz: number, further: object = {}): Promise<void> {
    await this.#page.page.evaluate(([hz, more]) => window.phone.accept(hz, more), [toneHz, further] as const)
  }

  async press(digit: string): Promise<void> {
    await this.#page.page.evaluate((key) => window.phone.press(key), digit)
  }

  /** The next event of one of these names; @throws when the plugin tells of an error before it. */
  async waitFor(...names: readonly [string, ...string[]]): Promise<JanusEvent> {
    const from = this.#seen
    try {
      return await eventually(`Janus’s event ${names.join(' or ')}`, async () => {
        for (const event of (await this.events()).slice(this.#seen)) {
          this.#seen++
          if (event.event === 'error') throw new Error(`Janus: ${event.reason}`)
          if (names.includes(event.event)) return event
        }
        return undefined
      })
    } catch (error) {
      throw new Error(`${(error as Error).message}; it told ${JSON.stringify((await this.events()).slice(from))}`, {
        cause: error,
      })
    }
  }

  /** A further line of this telephone. */
  async line(janus: Janus): Promise<JanusPhone> {
    const registered = (await this.events()).find(({ event }) => event === 'registered')
    const line = await janus.phone()
    await line.say(
      { request: 'register', type: 'helper', username: 'sip:helper@127.0.0.1', master_id: registered?.master_id },
      'registered',
    )
    return line
  }

  async events(): Promise<JanusEvent[]> {
    return await this.#page.page.evaluate(() => window.phone.events())
  }

  /** Waits until it hears that tone. */
  async hears(toneHz: number): Promise<void> {
    await eventually(`the tone of ${toneHz} Hz in the page`, async () => {
      const heard = await this.#page.page.evaluate(() => window.phone.listen())
      return heard !== undefined && Math.abs(heard.hz - toneHz) < 12 && heard.db > -50
    })
  }

  async close(): Promise<void> {
    await this.#page.close()
  }
}
