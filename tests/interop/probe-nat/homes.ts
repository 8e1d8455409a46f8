import { join } from 'node:path'
import type { SiteCheck } from '@vaxel/contract'
import type { CheckName, CheckResult } from '@vaxel/site'
import { HomeNetwork, type HomeOptions, Program, runTool } from '@vaxel/testkit'

export interface SiteTask {
  /** Of the server's API, as the home reaches it. */
  readonly base: string
  readonly check: SiteCheck
  /** Kinds of results that are wanted; absent: all. */
  readonly only?: readonly CheckName[]
}

export interface NatTask {
  readonly server: { readonly address: string; readonly port: number }
  readonly silencesSeconds: readonly number[]
}

/** A home whose router has further rules: what is wrong with this network. */
export async function brokenHome(options: HomeOptions, rules: readonly string[] = []): Promise<HomeNetwork> {
  const home = await HomeNetwork.make(options)
  if (rules.length > 0) {
    const table = ['table ip broken {', ...rules, '}', ''].join('\n')
    runTool('ip', ['netns', 'exec', home.router, 'nft', '-f', '-'], table)
  }
  return home
}

/** A chain of rules for what the router passes on, or for what arrives there before it is put together. */
export const passing = (...rules: string[]): string[] => [
  'chain passing { type filter hook forward priority -10;',
  ...rules,
  '}',
]
export const arriving = (...rules: string[]): string[] => [
  // Before conntrack has put pieces together.
  'chain arriving { type filter hook prerouting priority -450;',
  ...rules,
  '}',
]
export const leaving = (...rules: string[]): string[] => [
  'chain leaving { type filter hook output priority 0;',
  ...rules,
  '}',
]

/** Runs checks on a host of the home, as a program there would. */
export async function probeFrom(
  home: HomeNetwork,
  what: 'site' | 'nat',
  task: SiteTask | NatTask,
  /** File of the authority that the server's certificate comes from, PEM. */
  authority?: string,
): Promise<readonly CheckResult[]> {
  const { namespace } = home.addHost()
  const inside = join(import.meta.dirname, 'inside.ts')
  const args = ['netns', 'exec', namespace, process.execPath, inside, what, JSON.stringify(task)]
  const program = Program.start('ip', args, { env: authority ? { NODE_EXTRA_CA_CERTS: authority } : {} })
  const { code } = await program.ended
  const line = program.output.split('\n').find((one) => one.startsWith('[{'))
  if (code !== 0 || line === undefined) throw new Error(`the probe ended with ${code}:\n${program.output}`)
  return JSON.parse(line) as CheckResult[]
}

/** The result of that check, the first one that asks for something if there are several. */
export function resultOf(results: readonly CheckResult[], check: CheckName, target = ''): CheckResult {
  const own = results.filter((one) => one.check === check && one.target.includes(target))
  const found = own.find(({ outcome }) => outcome !== 'pass' && outcome !== 'not-tested') ?? own[0]
  if (!found) throw new Error(`no result of ${check} ${target}: ${JSON.stringify(results)}`)
  return found
}
