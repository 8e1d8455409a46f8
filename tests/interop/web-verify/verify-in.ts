import { readFile } from 'node:fs/promises'
import type { CheckResult, SiteReport } from '@vaxel/site'
import {
  eventually,
  type HomeNetwork,
  type Place,
  runTool,
  type View,
  WebBrowser,
  type WebVisitor,
} from '@vaxel/testkit'

type Page = WebVisitor['page']

export interface Verified {
  readonly report: SiteReport
  /** From the click until the page says that sound gets through; absent where it never did. */
  readonly firstMs: number | undefined
  /** From the click until the verdict. */
  readonly tookMs: number
  /** What the page complained of. */
  readonly faults: readonly string[]
}

const verdictLimitMs = 120_000

/** Clicks the check of an opened verify page and downloads its report, as a person does. */
export async function runCheck({ page, faults }: WebVisitor): Promise<Verified> {
  const { startedMs, firstMs } = await beginCheck(page)
  await page.locator('#verdict, .status .fault').waitFor({ timeout: verdictLimitMs })
  const fault = page.locator('.status .fault')
  if ((await fault.count()) > 0) throw new Error(`no check: ${await fault.innerText()}`)
  const tookMs = performance.now() - startedMs
  await tryHeadset(page)
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator('.verdict button').nth(1).click()])
  const report = JSON.parse(await readFile(await file.path(), 'utf8')) as SiteReport
  return { report, firstMs, tookMs, faults }
}

/**
 * Clicks until the server takes the check: one whose processor is at its limit asks people to come again.
 * @returns when it was taken, and after how long the first word came; undefined when the verdict came with it
 */
async function beginCheck(page: Page): Promise<{ startedMs: number; firstMs: number | undefined }> {
  const lastTryMs = performance.now() + verdictLimitMs
  for (;;) {
    const startedMs = performance.now()
    await page.locator('button.main').click()
    await page.locator('.status[data-first], #verdict, .status .fault').first().waitFor({ timeout: verdictLimitMs })
    const firstMs = performance.now() - startedMs
    const isRefused = (await page.locator('.status .fault', { hasText: 'no room' }).count()) > 0
    if (!isRefused || performance.now() > lastTryMs)
      return { startedMs, firstMs: (await page.locator('#verdict').count()) > 0 ? undefined : firstMs }
    await page.reload()
  }
}

/** Speaks into the microphone, which beeps by itself here, and says that the tone was heard. */
async function tryHeadset(page: Page): Promise<void> {
  const [microphone, speaker] = [
    page.locator('.headset .actions button').nth(0),
    page.locator('.headset .actions button').nth(1),
  ]
  await microphone.click()
  await page
    .locator('.rows li', { has: page.locator('.mark') })
    .filter({ hasText: /fake/i })
    .waitFor()
  await speaker.click()
  await page.locator('.headset [role="group"] button').first().click()
}

/** Opens the verify page in a browser of its own at a place, and runs the check. */
export async function verifyIn(
  url: string,
  place: Place | undefined,
  view: View = {},
  use?: (visitor: WebVisitor) => Promise<void>,
): Promise<Verified> {
  const browser = await WebBrowser.open([], place)
  try {
    const visitor = await browser.visitor(view)
    await visitor.page.goto(url)
    const verified = await runCheck(visitor)
    await use?.(visitor)
    return verified
  } finally {
    await browser.close()
  }
}

/** The one result of a check, or of a check and a target that holds a text. */
export function resultOf({ results }: SiteReport, check: CheckResult['check'], target = ''): CheckResult {
  const found = results.find((one) => one.check === check && one.target.includes(target))
  if (!found) throw new Error(`no result of ${check} ${target}: ${JSON.stringify(results)}`)
  return found
}

/** A figure of the report by its name. */
export const figureOf = ({ results }: SiteReport, name: string): number | undefined =>
  results.flatMap(({ measured = [] }) => measured).find((one) => one.name === name)?.value

/** Losses that are not the line's: several browsers on one machine are a line of their own. */
export const lossesOfWays = ({ judgement }: SiteReport) =>
  judgement.losses.filter(({ requirementId }) => !/-(delay|jitter|loss|bandwidth-\w+)$/.test(requirementId))

/** A host whose addresses will not change any more: a browser breaks off what it loads when they do. */
export async function hostOf(home: HomeNetwork): Promise<Place> {
  const place = home.addHost()
  const isSettled = () => !runTool('ip', ['-n', place.namespace, 'address']).includes('tentative')
  await eventually('addresses that are settled', isSettled)
  return place
}
