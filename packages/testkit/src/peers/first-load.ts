import type { WebVisitor } from './web-browser.ts'

/** What a page fetches until its telephone takes calls, as Chromium counts bytes on the wire: bodies as sent, with header fields. */
export interface FirstLoad {
  readonly scriptBytes: number
  /** Scripts, style, page, icons and answers of the API; without WebSockets. */
  readonly allBytes: number
  /** Each file or answer with its bytes, in the order in which they were asked for. */
  readonly fetched: readonly { readonly path: string; readonly type: string; readonly bytes: number }[]
  /** From the navigation until there was a field that can be typed into. */
  readonly typableMs: number
  /** From the navigation until the telephone was ready for calls. */
  readonly usableMs: number
}

/**
 * A telephone may be ready before its screen is whole: what that asks for counts too. Shorter than the pause after which the app
 * fetches what can wait (apps/web/src/app/first-moments.ts).
 */
const screenMs = 400

interface Fetched {
  readonly path: string
  readonly askedAt: number
  type: string
  bytes?: number
}

/**
 * Loads the telephone's page without any cache for somebody who is logged in. What is fetched after the telephone is ready,
 * at a quiet moment, does not count.
 * @param slowdown how many times slower the processor is made
 */
export async function loadPhonePage(
  { context, page }: WebVisitor,
  url: string,
  { slowdown = 1 }: { readonly slowdown?: number } = {},
): Promise<FirstLoad> {
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  // It would give what it kept from the login, without a byte on the wire.
  await session.send('Network.setBypassServiceWorker', { bypass: true })
  if (slowdown > 1) await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  const requests = new Map<string, Fetched>()
  let loader: string | undefined
  session.on('Network.requestWillBeSent', ({ requestId, loaderId, request, type = 'Other', wallTime }) => {
    // What the page before asks for until this one is there is none of this, and has no end.
    if (type === 'Document') loader ??= loaderId
    if (loaderId === loader) requests.set(requestId, { path: request.url.slice(url.length), askedAt: wallTime, type })
  })
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const request = requests.get(requestId)
    if (request) request.bytes = encodedDataLength
  })
  session.on('Network.loadingFailed', ({ requestId }) => void requests.delete(requestId))
  await page.goto(`${url}/phone`, { waitUntil: 'commit' })
  // The field is there and takes letters: the person can begin.
  await page.getByRole('combobox').first().waitFor()
  const typableMs = await page.evaluate(() => performance.now())
  await page.waitForFunction((ms) => {
    const [mark] = performance.getEntriesByName('vaxel.usable')
    return mark !== undefined && performance.now() > mark.startTime + ms
  }, screenMs)
  const { usableMs, originMs } = await page.evaluate(() => ({
    usableMs: performance.getEntriesByName('vaxel.usable')[0]!.startTime,
    originMs: performance.timeOrigin,
  }))
  const isCounted = ({ askedAt }: Fetched) => askedAt * 1000 <= originMs + usableMs + screenMs
  const until = Date.now() + 20_000
  const missing = () => [...requests.values()].filter((one) => isCounted(one) && one.bytes === undefined)
  while (missing().length > 0) {
    if (Date.now() > until)
      throw new Error(
        `${missing()
          .map(({ path }) => path)
          .join(', ')}: never came`,
      )
    await page.evaluate('new Promise((resolve) => requestAnimationFrame(resolve))')
  }
  await session.detach()
  const fetched = [...requests.values()].filter(isCounted).map(({ path, type, bytes = 0 }) => ({ path, type, bytes }))
  const sum = (some: readonly { readonly bytes: number }[]) => some.reduce((total, { bytes }) => total + bytes, 0)
  return {
    scriptBytes: sum(fetched.filter(({ type }) => type === 'Script')),
    allBytes: sum(fetched),
    fetched,
    typableMs,
    usableMs,
  }
}
