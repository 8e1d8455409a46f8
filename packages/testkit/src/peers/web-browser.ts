import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page, Request } from 'playwright-core'
import type { Place } from '../net/home-network.ts'
import { debianPackages, eventLimitMs, findProgram, standIns } from '../program.ts'
import { startedIn } from './chromium.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '../../../..')
const screenshots = join(root, 'tests/.work/screenshots')
/** A whole run takes no pictures: nobody looks at hundreds, and each costs as much as a look at the page by axe. */
const takesPictures = process.env['VAXEL_TEST_PICTURES'] !== 'none'
/** Chromium without the windows around its pages, which nobody sees: the tests of the agent's place take two thirds of the time. */
const program = 'chromium-headless-shell'
/** A page that is loaded by a busy machine does more than one thing. */
const pageLimitMs = 2 * eventLimitMs

/** How somebody looks at the app. */
export interface View {
  readonly language?: 'en' | 'sv' | 'fr'
  readonly theme?: 'light' | 'dark'
  readonly width?: number
  readonly height?: number
  readonly more?: BrowserContextOptions
}

/** A fault of accessibility that axe found. */
export interface AccessFault {
  readonly rule: string
  readonly help: string
  readonly places: readonly string[]
}

/** A headless Chromium whose microphone beeps, in which several people can use the web app, each in a context of their own. */
export class WebBrowser {
  readonly browser: Browser

  private constructor(browser: Browser) {
    this.browser = browser
  }

  /** @param args further arguments of Chromium @param place where it runs; on this machine's loopback unless said otherwise */
  static async open(args: readonly string[] = [], place?: Place): Promise<WebBrowser> {
    const executablePath = findProgram(program) ?? findProgram(standIns[program]!)
    if (!executablePath)
      throw new Error(`${program} is not installed: apt-get install --no-install-recommends ${debianPackages[program]}`)
    const { chromium } = await import('playwright-core')
    const browser = await chromium.launch({
      executablePath: place ? startedIn(place, executablePath) : executablePath,
      args: [
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
        ...args,
      ],
    })
    return new WebBrowser(browser)
  }

  /** Somebody new, with nothing kept from before, at a page that is not opened yet. */
  async visitor(view: View = {}): Promise<WebVisitor> {
    const { language = 'en', theme = 'light', width = 1366, height = 768, more } = view
    const context = await this.browser.newContext({
      viewport: { width, height },
      locale: language,
      colorScheme: theme,
      // Colours and places are those that stay; what moves on its way there says nothing of the page.
      reducedMotion: 'reduce',
      ignoreHTTPSErrors: true,
      permissions: ['microphone', 'notifications', 'clipboard-read', 'clipboard-write'],
      ...more,
    })
    context.setDefaultTimeout(pageLimitMs)
    // Chosen in this browser: else the language of whoever logs in would count.
    // Frames of other websites keep nothing.
    await context.addInitScript(`try { localStorage.setItem('vaxel.language', '"${language}"') } catch {}`)
    return new WebVisitor(context, await context.newPage())
  }

  /** A demo user, logged in. @param url of the server, `http://127.0.0.1:…` */
  async user(url: string, number: string, view: View = {}): Promise<WebVisitor> {
    const visitor = await this.visitor(view)
    await visitor.logIn(url, number)
    return visitor
  }

  /** kill -9 of the whole browser, as when a computer dies: no page says a word. */
  async kill(): Promise<void> {
    const session = await this.browser.newBrowserCDPSession()
    const { processInfo } = await session.send('SystemInfo.getProcessInfo')
    const gone = new Promise((resolve) => this.browser.once('disconnected', resolve))
    for (const { type, id } of processInfo) if (type === 'browser') process.kill(id, 'SIGKILL')
    await gone
  }

  async close(): Promise<void> {
    await this.browser.close()
  }
}

/** So long does nothing change on a page that is drawn, or a page that tells the time is looked at all the same. */
const quietMs = 50
const mostDrawingMs = 3000
/** What a page needs to be drawn; streams of events go on for ever. */
const drawnFrom = new Set(['document', 'stylesheet', 'script', 'font', 'fetch', 'xhr'])

/** Nothing changes any more, and what fades in has the colours that stay. */
const standsStill = `(async () => {
  await new Promise((resolve) => {
    const done = () => (observer.disconnect(), resolve())
    let timer = setTimeout(done, ${quietMs})
    const observer = new MutationObserver(() => {
      clearTimeout(timer)
      timer = setTimeout(done, ${quietMs})
    })
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
    setTimeout(done, ${mostDrawingMs})
  })
  const passing = document.getAnimations().filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime))
  await Promise.all(passing.map(({ finished }) => finished.catch(() => {})))
})()`

/** Of those that are there, in pixels: a thumb meets 44 of them (WCAG 2.2, 2.5.5). */
export async function leastHeight(all: Locator): Promise<number> {
  const boxes = await Promise.all((await all.all()).map((one) => one.boundingBox()))
  return Math.min(...boxes.map((box) => box?.height ?? 0))
}

let axe: string | undefined
function axeSource(): string {
  axe ??= readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  return axe
}

/** One person at the web app. */
export class WebVisitor {
  readonly context: BrowserContext
  readonly page: Page
  /** What the page complained of: errors on the console, and thrown ones. */
  readonly faults: string[] = []
  readonly #loading = new Set<Request>()

  constructor(context: BrowserContext, page: Page) {
    this.context = context
    this.page = page
    page.on('console', (message) => {
      // What Chromium says of windows that keep nothing, which these are; the page can do nothing about it.
      const isOfTest = message.text().includes('Push API in incognito mode')
      if (message.type() === 'error' && !isOfTest) this.faults.push(message.text())
    })
    page.on('pageerror', (error) => this.faults.push(String(error)))
    page.on('request', (request) => {
      if (drawnFrom.has(request.resourceType())) this.#loading.add(request)
    })
    page.on('requestfinished', (request) => this.#loading.delete(request))
    page.on('requestfailed', (request) => this.#loading.delete(request))
  }

  /** Logs in as a demo user by the login page. */
  async logIn(url: string, number: string): Promise<void> {
    await this.page.goto(url)
    await this.page.locator('input[autocomplete^="username"]').fill(`${number}@demo.vaxel.test`)
    await this.page.locator('input[type="password"]').fill(`demo-${number}`)
    await this.page.keyboard.press('Enter')
    await this.page.locator('nav').first().waitFor()
  }

  /** Goes to a page of the app without loading it anew. */
  async go(path: string): Promise<void> {
    await this.page.evaluate(
      `history.pushState(null, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate'))`,
    )
  }

  /** What axe finds wrong on the page as it is (WCAG 2.2 A and AA, and its best practices). */
  async accessFaults(): Promise<AccessFault[]> {
    if (!(await this.page.evaluate<boolean>("'axe' in globalThis"))) await this.page.evaluate(axeSource())
    await this.#drawn()
    return await this.page.evaluate(async () => {
      interface Found {
        id: string
        help: string
        nodes: { target: unknown[]; failureSummary?: string }[]
      }
      const { axe, document } = globalThis as unknown as {
        axe: { run(context: object, options: object): Promise<{ violations: Found[] }> }
        document: { querySelectorAll(selector: string): Iterable<{ closest(selector: string): object | null }> }
      }
      // The name of what the mouse happens to rest on lies above all else, in no part of the page.
      const tips = [...document.querySelectorAll('[role="tooltip"]')]
      const exclude = tips.map((tip) => tip.closest('[data-overlay-container]') ?? tip)
      const { violations } = await axe.run({ include: [document], exclude }, { resultTypes: ['violations'] })
      return violations.map(({ id, help, nodes }) => ({
        rule: id,
        help,
        places: nodes.slice(0, 5).map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary ?? ''}`),
      }))
    })
  }

  /** What was asked for has come, and is on the page. */
  async #drawn(): Promise<void> {
    const endMs = performance.now() + mostDrawingMs
    do await this.page.evaluate(standsStill)
    while (this.#loading.size > 0 && performance.now() < endMs)
  }

  /** Keeps a picture for whoever wants to look: tests/.work/screenshots/NAME.png. */
  async shoot(name: string): Promise<void> {
    if (!takesPictures) return
    mkdirSync(screenshots, { recursive: true })
    await this.page.screenshot({ path: join(screenshots, `${name}.png`) })
  }

  async close(): Promise<void> {
    await this.context.close()
  }
}
