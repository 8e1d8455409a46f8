import { writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { Place } from '../net/home-network.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { debianPackages, eventually, findProgram } from '../program.ts'
import { servePage } from './serve-page.ts'

/** A page with a script of the test's own, open in a headless Chromium with a fake microphone that beeps. */
export class ChromiumPage {
  readonly console: string[] = []
  readonly #origin: string
  readonly #server: Server
  readonly #launch: Launch
  #page!: Page
  #context!: BrowserContext
  #browser: Browser | undefined

  private constructor(server: Server, origin: string, launch: Launch) {
    this.#server = server
    this.#origin = origin
    this.#launch = launch
  }

  /**
   * @param script path of the page's script; it is bundled with what it imports
   * @param place where the browser runs; the page comes by the control network
   * @param profile folder of a profile that outlives the browser; none: an empty one that goes with it
   */
  static async open(script: string, place?: Place, profile?: string): Promise<ChromiumPage> {
    const executablePath = findProgram('chromium')
    if (!executablePath)
      throw new Error(
        `chromium is not installed: apt-get install --no-install-recommends ${debianPackages['chromium']}`,
      )
    const { server, origin } = await servePage(script, place)
    const args = [...chromiumArguments, ...(place ? [`--unsafely-treat-insecure-origin-as-secure=${origin}`] : [])]
    const browser = new ChromiumPage(server, origin, {
      executablePath: place ? startedIn(place, executablePath) : executablePath,
      args,
      profile,
    })
    await browser.#start()
    return browser
  }

  get page(): Page {
    return this.#page
  }

  /** Kills the process that runs the page, as a crash does; what the browser keeps (storage, profile) stays. */
  async crashPage(): Promise<void> {
    const crashed = new Promise((resolve) => this.#page.once('crash', resolve))
    for (const pid of await this.#processes('renderer')) process.kill(pid, 'SIGKILL')
    await crashed
  }

  /** The process of the page stands still, as on a machine that sleeps; its connections stay as they are. */
  async freezePage(): Promise<() => void> {
    const pids = await this.#processes('renderer')
    for (const pid of pids) process.kill(pid, 'SIGSTOP')
    return () => {
      for (const pid of pids) process.kill(pid, 'SIGCONT')
    }
  }

  /** The page once more, in the same browser: in a new tab, as the old one is gone. */
  async openAgain(): Promise<void> {
    const old = this.#page
    // The process that waited for the next page may have been killed as well.
    await eventually('a new tab', () =>
      this.#openPage().then(
        () => true,
        () => false,
      ),
    )
    await old.close().catch(() => {})
  }

  /** Kills the whole browser without a word. Only where it has a profile can it be started again as it was. */
  async kill(): Promise<void> {
    const [pid] = await this.#processes('browser')
    const gone = new Promise((resolve) => this.#context.once('close', resolve))
    process.kill(pid!, 'SIGKILL')
    await gone
  }

  /** Starts the browser anew on its profile, at the same page. */
  async startAgain(): Promise<void> {
    await this.#start()
  }

  async close(): Promise<void> {
    await this.#context.close().catch(() => {})
    await this.#browser?.close()
    this.#server.closeAllConnections()
    this.#server.close()
  }

  async #start(): Promise<void> {
    const { executablePath, args, profile } = this.#launch
    const asks = { permissions: ['microphone'], ignoreHTTPSErrors: true }
    const { chromium } = await import('playwright-core')
    if (profile === undefined) {
      this.#browser = await chromium.launch({ executablePath, args: [...args] })
      this.#context = await this.#browser.newContext(asks)
    } else this.#context = await chromium.launchPersistentContext(profile, { executablePath, args: [...args], ...asks })
    await this.#openPage()
  }

  async #openPage(): Promise<void> {
    const page = await this.#context.newPage()
    page.on('console', (message) => this.console.push(message.text()))
    page.on('pageerror', (error) => this.console.push(String(error)))
    this.#page = page
    await page.goto(`${this.#origin}/`)
  }

  /** Processes of that kind, newest last; a renderer is one that shows the page's origin or waits for work. */
  async #processes(type: 'browser' | 'renderer'): Promise<number[]> {
    const browser = this.#context.browser() ?? this.#browser
    const session = await browser!.newBrowserCDPSession()
    const { processInfo } = await session.send('SystemInfo.getProcessInfo')
    await session.detach()
    return processInfo.filter((process) => process.type === type).map(({ id }) => id)
  }
}

interface Launch {
  readonly executablePath: string
  readonly args: readonly string[]
  readonly profile: string | undefined
}

const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  '--ignore-certificate-errors',
]

/** A program that starts the browser in the place's namespace. */
export function startedIn({ namespace }: Place, executablePath: string): string {
  const starter = join(temporaryFolder('chromium'), 'chromium')
  writeFileSync(starter, `#!/bin/sh\nexec ip netns exec ${namespace} ${executablePath} "$@"\n`, { mode: 0o755 })
  return starter
}
