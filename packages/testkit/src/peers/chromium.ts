import { writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { build } from 'esbuild'
import { type Browser, chromium, type Page } from 'playwright-core'
import type { Place } from '../net/home-network.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { debianPackages, findProgram } from '../program.ts'

/** A page with a script of the test's own, open in a headless Chromium with a fake microphone that beeps. */
export class ChromiumPage {
  readonly page: Page
  readonly console: string[]
  readonly #browser: Browser
  readonly #server: Server

  private constructor(page: Page, browser: Browser, server: Server, lines: string[]) {
    this.page = page
    this.#browser = browser
    this.#server = server
    this.console = lines
  }

  /**
   * @param script path of the page's script; it is bundled with what it imports
   * @param place where the browser runs; the page comes by the control network
   */
  static async open(script: string, place?: Place): Promise<ChromiumPage> {
    const executablePath = findProgram('chromium')
    if (!executablePath)
      throw new Error(
        `chromium is not installed: apt-get install --no-install-recommends ${debianPackages['chromium']}`,
      )
    const { outputFiles } = await build({
      entryPoints: [script],
      bundle: true,
      write: false,
      format: 'iife',
      define: { global: 'globalThis' },
    })
    const bundle = outputFiles[0]!.text
    const server = createServer((request, response) => {
      const isScript = request.url === '/script.js'
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
      response.end(isScript ? bundle : '<!doctype html><title>softphone</title><script src="/script.js"></script>')
    })
    await new Promise<void>((resolve) => server.listen(0, place ? '0.0.0.0' : '127.0.0.1', resolve))
    const host = place ? place.testAddress : '127.0.0.1'
    const origin = `http://${host}:${(server.address() as AddressInfo).port}`
    // Playwright gives the browser an empty profile of its own and removes it
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
        // Only secure pages are given a microphone.
        ...(place ? [`--unsafely-treat-insecure-origin-as-secure=${origin}`] : []),
      ],
    })
    const context = await browser.newContext({ permissions: ['microphone'], ignoreHTTPSErrors: true })
    const page = await context.newPage()
    const lines: string[] = []
    page.on('console', (message) => lines.push(message.text()))
    page.on('pageerror', (error) => lines.push(String(error)))
    await page.goto(`${origin}/`)
    return new ChromiumPage(page, browser, server, lines)
  }

  async close(): Promise<void> {
    await this.#browser.close()
    this.#server.closeAllConnections()
    this.#server.close()
  }
}

/** A program that starts the browser in the place's namespace. */
function startedIn({ namespace }: Place, executablePath: string): string {
  const starter = join(temporaryFolder('chromium'), 'chromium')
  writeFileSync(starter, `#!/bin/sh\nexec ip netns exec ${namespace} ${executablePath} "$@"\n`, { mode: 0o755 })
  return starter
}
