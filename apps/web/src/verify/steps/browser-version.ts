import type { Product, Requirement } from '@vaxel/site'

/** A browser and its version, as it calls itself. */
export interface BrowserVersion {
  readonly name: 'Chrome' | 'Edge' | 'Firefox' | 'Safari' | 'Opera' | 'unknown'
  readonly version: string
}

const signs: readonly [BrowserVersion['name'], RegExp][] = [
  ['Edge', /\bEdg(?:e|A|iOS)?\/([\d.]+)/],
  ['Opera', /\bOPR\/([\d.]+)/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/([\d.]+)/],
  ['Chrome', /\b(?:HeadlessChrome|Chrome|CriOS)\/([\d.]+)/],
  ['Safari', /\bVersion\/([\d.]+).*\bSafari\//],
]

/** Reads the User-Agent; Chromium, Brave and Vivaldi call themselves Chrome. */
export function readBrowser(userAgent: string): BrowserVersion {
  for (const [name, sign] of signs) {
    const version = sign.exec(userAgent)?.[1]
    if (version !== undefined) return { name, version }
  }
  return { name: 'unknown', version: '' }
}

export type BrowserOutcome = 'enough' | 'too-old' | 'known-bad' | 'not-named'

/** Whether one of the products that a requirement names is this browser, new enough. */
export function matchBrowser({ body }: Requirement, browser: BrowserVersion): BrowserOutcome {
  if (body.kind !== 'software') return 'not-named'
  const product = body.products.find(({ name }) => name.toLowerCase().includes(browser.name.toLowerCase()))
  if (!product) return 'not-named'
  if (product.bad?.some(({ version }) => isSame(version, browser.version))) return 'known-bad'
  return isWithin(product, browser.version) ? 'enough' : 'too-old'
}

const isWithin = ({ minimum }: Product, version: string): boolean =>
  minimum === undefined || compareVersions(version, minimum) >= 0

const isSame = (named: string, version: string): boolean =>
  version === named || version.startsWith(named.endsWith('.') ? named : `${named}.`)

/** By their numbers from left to right; what is missing is 0. */
export function compareVersions(first: string, second: string): number {
  const [a, b] = [first, second].map((text) => (text.match(/\d+/g) ?? []).map(Number)) as [number[], number[]]
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return Math.sign(difference)
  }
  return 0
}
