import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  becomeInternet,
  hasOwnNetwork,
  type Platform,
  type PlatformPorts,
  runInOwnNetwork,
  serverAddress,
  startPlatform,
} from '@vaxel/testkit'

/** A server in the internet of a test, for the checks of people at home. */
export interface Internet {
  readonly ports: PlatformPorts
  /** Of the verify page. */
  readonly pageUrl: string
  /** A row of the tables of docs/verify-page.md, shown when the tests are over for whoever keeps that page. */
  readonly note: (cells: readonly string[]) => void
}

/**
 * The tests of one file, in a network of their own.
 * @param file of these tests: it runs once more, in that network
 * @param whole what they are about, said of their run as a whole
 */
export function inInternet(
  { file, name, whole }: { readonly file: string; readonly name: string; readonly whole: string },
  tests: (internet: () => Internet) => void,
): void {
  if (hasOwnNetwork()) describe(name, () => withServer(tests))
  else
    it(whole, async (test) => {
      const { code, output } = await runInOwnNetwork(file)
      assert.equal(code, 0, output)
      for (const [, row] of output.matchAll(/^\s*(?:# )?(\|.*\|)$/gm)) test.diagnostic(row!)
    })
}

function withServer(tests: (internet: () => Internet) => void): void {
  const rows: string[] = []
  let platform: Platform
  before(async () => {
    becomeInternet()
    platform = await startPlatform({
      environment: { VAXEL_BIND: '0.0.0.0' },
      mediaPortCount: 300,
      readyLimitMs: 60_000,
    })
  })
  after(async () => {
    await platform?.stop()
    process.stdout.write(rows.map((row) => `${row}\n`).join(''))
  })
  tests(() => ({
    ports: platform.ports,
    pageUrl: `https://${serverAddress}:${platform.ports.https}/verify?segment=office`,
    note: (cells) => void rows.push(`| ${cells.join(' | ')} |`),
  }))
}
