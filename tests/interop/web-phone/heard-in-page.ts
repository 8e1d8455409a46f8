import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { eventually, levelDbov, toneLevelDbov } from '@vaxel/testkit'
import type { Page } from 'playwright-core'

const script = join(import.meta.dirname, 'page/heard.js')

/** The same as an expression, for a page that is open already and has no call yet. */
export function listeningExpression(): string {
  const source = readFileSync(script, 'utf8')
  return source.slice(source.indexOf('(() => {')).trim()
}

/** Measures what the pages of this person play; before the page is opened. */
export async function listenInPage(page: Page): Promise<void> {
  await page.context().addInitScript({ path: script })
}

/** The loudest sample that was just heard, 0 to 1. */
export async function heardTone(page: Page): Promise<number> {
  return await page.evaluate('heardLevel()')
}

/** Waits until the page plays this tone and little else: it holds the greater part of the power. */
export async function hearsTone(
  page: { evaluate(expression: string): Promise<unknown> },
  toneHz: number,
): Promise<void> {
  await eventually(`${toneHz} Hz in the page`, async () => {
    const sound = await page.evaluate('heardSamples()')
    const { rateHz, samples } = sound as { rateHz: number; samples: number[] }
    const heard = Float32Array.from(samples)
    const levelOfTone = toneLevelDbov(heard, rateHz, toneHz)
    // A sine has 3 dB less than its peak.
    return levelOfTone > -40 && levelOfTone - 3 > levelDbov(heard) - 3
  })
}
