import assert from 'node:assert/strict'
import { join } from 'node:path'
import { ChromiumPage, eventually, type Place } from '@vaxel/testkit'

interface Heard {
  readonly hz: number
  readonly db: number
}

interface PhonePage {
  readonly events: readonly { readonly name: string; readonly atMs: number }[]
  register(account: { url: string; uri: string; password: string }): Promise<string>
  call(target: string): Promise<string>
  takeBack(replaces: string): Promise<string>
  forgetDialog(): void
  answerCalls(answers: 'yes' | 'no'): void
  answer(): void
  isInCall(): boolean
  hasEnded(): boolean
  hangUp(): void
  restartIce(): Promise<string>
  localUfrag(): string
  remoteUfrag(): string
  listen(): Heard | undefined
}

declare const window: { readonly phone: PhonePage }

/** The test's softphone in a real Chromium: comes back to its call by itself when its page is loaded anew. */
export class WebPhone {
  readonly browser: ChromiumPage

  private constructor(browser: ChromiumPage) {
    this.browser = browser
  }

  /** @param url of the SIP WebSocket @param user demo extension */
  static async start(url: string, user: string, place?: Place, profile?: string): Promise<WebPhone> {
    const phone = new WebPhone(await ChromiumPage.open(join(import.meta.dirname, 'page/phone.js'), place, profile))
    const account = { url, uri: `sip:${user}@demo.vaxel.test`, password: `sip-${user}` }
    await phone.browser.page.evaluate((a) => window.phone.register(a), account)
    return phone
  }

  get #page() {
    return this.browser.page
  }

  call(target: string): Promise<string> {
    return this.#page.evaluate((to) => window.phone.call(to), target)
  }

  takeBack(replaces: string): Promise<string> {
    return this.#page.evaluate((dialog) => window.phone.takeBack(dialog), replaces)
  }

  forgetDialog(): Promise<void> {
    return this.#page.evaluate(() => window.phone.forgetDialog())
  }

  answerCalls(answers: 'yes' | 'no'): Promise<void> {
    return this.#page.evaluate((yes) => window.phone.answerCalls(yes), answers)
  }

  answer(): Promise<void> {
    return this.#page.evaluate(() => window.phone.answer())
  }

  hangUp(): Promise<void> {
    return this.#page.evaluate(() => window.phone.hangUp())
  }

  restartIce(): Promise<string> {
    return this.#page.evaluate(() => window.phone.restartIce())
  }

  ufrags(): Promise<readonly [string, string]> {
    return this.#page.evaluate(() => [window.phone.localUfrag(), window.phone.remoteUfrag()] as const)
  }

  async hasEnded(): Promise<boolean> {
    return this.#page.evaluate(() => window.phone.hasEnded())
  }

  /** Whether the page has found its call in its storage and comes back by itself. */
  isReturning(): Promise<boolean> {
    return this.#page.evaluate(() => window.phone.events.some(({ name }) => name === 'returning'))
  }

  /** When that happened on the page that is open now, milliseconds since it began to load. */
  async happened(name: string, after = 0): Promise<number> {
    const find = () =>
      this.#page.evaluate(
        ([wanted, from]) => window.phone.events.find((e) => e.name === wanted && e.atMs > from)?.atMs,
        [name, after] as const,
      )
    return eventually(`${name} on the page`, find, 20_000)
  }

  /** Waits until it hears a steady tone of that frequency. */
  async hears(toneHz: number): Promise<void> {
    let last: Heard | undefined
    const isThere = async () => {
      last = await this.#page.evaluate(() => window.phone.listen())
      return last !== undefined && Math.abs(last.hz - toneHz) < 12 && last.db > -50
    }
    try {
      await eventually(`${toneHz} Hz in the browser`, isThere, 20_000)
    } catch (error) {
      assert.fail(`${String(error)}; last ${JSON.stringify(last)}\n${this.browser.console.slice(-20).join('\n')}`)
    }
  }

  reload(): Promise<unknown> {
    return this.#page.reload()
  }

  close(): Promise<void> {
    return this.browser.close()
  }
}
