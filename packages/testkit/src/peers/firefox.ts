import { writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { Program } from '../program.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { servePage } from './serve-page.ts'

/** Keys without a letter (WebDriver §15.4.2). */
const namedKeys: Readonly<Record<string, string>> = { Enter: '\uE007', Tab: '\uE004', Escape: '\uE00C' }

/** A fake microphone that hums, no questions, sound without a click, and addresses of this machine as they are. */
const preferences: Readonly<Record<string, string | number | boolean>> = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.autoplay.default': 0,
  'media.autoplay.blocking_policy': 0,
  'media.autoplay.block-webaudio': false,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'app.update.enabled': false,
  'network.captive-portal-service.enabled': false,
}

interface Reply {
  readonly id?: number
  readonly type?: string
  readonly message?: string
  readonly result?: Readonly<Record<string, unknown>>
}

/** A page with a script of the test's own in a headless Firefox, driven by WebDriver BiDi (W3C), which it speaks itself. */
export class FirefoxPage {
  readonly #program: Program
  readonly #server: Server
  readonly #socket: WebSocket
  readonly #waiting = new Map<
    number,
    { resolve(result: Readonly<Record<string, unknown>>): void; reject(error: Error): void }
  >()
  #context = ''
  #lastId = 0

  private constructor(program: Program, server: Server, socket: WebSocket) {
    this.#program = program
    this.#server = server
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => this.#receive(JSON.parse(String(data)) as Reply))
  }

  /** @param script path of the page's script; it is bundled with what it imports */
  static async open(script: string): Promise<FirefoxPage> {
    const folder = temporaryFolder('firefox')
    const lines = Object.entries(preferences).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`)
    writeFileSync(join(folder, 'user.js'), `${lines.join('\n')}\n`)
    const { server, origin } = await servePage(script)
    const program = Program.start(
      'firefox-esr',
      ['--headless', '--no-remote', '--profile', folder, '--remote-debugging-port', '0', 'about:blank'],
      { cwd: folder, env: { HOME: folder } },
    )
    try {
      const [, address] = await program.waitForOutput(/WebDriver BiDi listening on (ws:\S+)/, 30_000)
      const socket = new WebSocket(`${address}/session`)
      await new Promise((resolve, reject) => {
        socket.addEventListener('open', resolve)
        socket.addEventListener('error', () => reject(new Error('Firefox does not answer')))
      })
      const page = new FirefoxPage(program, server, socket)
      await page.#begin(origin)
      return page
    } catch (error) {
      server.close()
      await program.stop('SIGKILL')
      throw error
    }
  }

  /** The value of an expression, awaited; what JSON can say. */
  async evaluate(expression: string): Promise<unknown> {
    const wrapped = `(async () => JSON.stringify(await (${expression})) ?? 'null')()`
    const outcome = await this.#ask('script.evaluate', {
      expression: wrapped,
      target: { context: this.#context },
      awaitPromise: true,
    })
    const { result, exceptionDetails } = outcome as {
      result?: { value?: string }
      exceptionDetails?: { text?: string }
    }
    if (exceptionDetails) throw new Error(`in Firefox: ${exceptionDetails.text}`)
    return JSON.parse(result?.value ?? 'null')
  }

  async goTo(url: string): Promise<void> {
    await this.#ask('browsingContext.navigate', { context: this.#context, url, wait: 'complete' })
  }

  /** Types a text, or presses a named key, as a person does. @param key `text`, or `Enter`, `Tab`, `Escape` */
  async type(key: string): Promise<void> {
    const keys = Object.hasOwn(namedKeys, key) ? [namedKeys[key]!] : [...key]
    await this.#ask('input.performActions', {
      context: this.#context,
      actions: [
        {
          type: 'key',
          id: 'keyboard',
          actions: keys.flatMap((value) => [
            { type: 'keyDown', value },
            { type: 'keyUp', value },
          ]),
        },
      ],
    })
  }

  async reload(): Promise<void> {
    await this.#ask('browsingContext.reload', { context: this.#context, wait: 'complete' })
  }

  async close(): Promise<void> {
    this.#socket.close()
    await this.#program.stop('SIGTERM', 5000)
    this.#server.closeAllConnections()
    this.#server.close()
  }

  async #begin(origin: string): Promise<void> {
    await this.#ask('session.new', { capabilities: { alwaysMatch: { acceptInsecureCerts: true } } })
    const { contexts } = (await this.#ask('browsingContext.getTree', {})) as {
      contexts: readonly { context: string }[]
    }
    this.#context = contexts[0]!.context
    await this.#ask('browsingContext.navigate', { context: this.#context, url: `${origin}/`, wait: 'complete' })
  }

  #ask(method: string, params: object): Promise<Readonly<Record<string, unknown>>> {
    const id = ++this.#lastId
    const reply = new Promise<Readonly<Record<string, unknown>>>((resolve, reject) =>
      this.#waiting.set(id, { resolve, reject }),
    )
    this.#socket.send(JSON.stringify({ id, method, params }))
    return reply
  }

  #receive({ id, type, message, result }: Reply): void {
    const waiting = id === undefined ? undefined : this.#waiting.get(id)
    if (id === undefined || !waiting) return
    this.#waiting.delete(id)
    if (type === 'error') waiting.reject(new Error(`Firefox: ${message}`))
    else waiting.resolve(result ?? {})
  }
}
