import { join } from 'node:path'
import type { Page } from 'playwright-core'

/** Measures what the pages of this person play; before the page is opened. */
export async function listenInPage(page: Page): Promise<void> {
  await page.context().addInitScript({ path: join(import.meta.dirname, 'page/heard.js') })
}

/** The loudest sample that was just heard, 0 to 1. */
export async function heardTone(page: Page): Promise<number> {
  return await page.evaluate('heardLevel()')
}
