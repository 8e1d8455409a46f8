import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Catalogue, CheckName, CheckResult, Requirement, RequirementBody, SiteReport } from '@vaxel/site'
import { Program, temporaryFolder } from '@vaxel/testkit'

const command = join(import.meta.dirname, '../../../apps/cli/src/main.ts')

export interface Probed {
  readonly code: number | null
  readonly output: string
  readonly report?: SiteReport
}

/** Runs the probe as a person does, and reads the report that it wrote. @param under a program that starts it */
export async function probe(
  args: readonly string[],
  {
    env = {},
    under = [],
  }: { readonly env?: Readonly<Record<string, string>>; readonly under?: readonly string[] } = {},
): Promise<Probed> {
  const file = join(temporaryFolder('probe'), 'report.json')
  const [first, ...rest] = [...under, process.execPath, command, 'site', 'probe', ...args, '--json', file]
  const program = Program.start(first!, rest, { env: { HTTPS_PROXY: '', https_proxy: '', LANG: 'C', ...env } })
  const { code } = await program.ended
  let report: SiteReport | undefined
  try {
    report = JSON.parse(readFileSync(file, 'utf8')) as SiteReport
  } catch {
    // Where it could not even begin, there is none.
  }
  return { code, output: program.output, ...(report && { report }) }
}

/** A requirement of the test, and the place that it is about. */
export interface Asked {
  readonly id: string
  readonly checks: readonly CheckName[]
  readonly body: RequirementBody
}

/** Writes a catalogue whose every place is this machine, one place a requirement. */
export function catalogueFile(asked: readonly Asked[], addressOf: (id: string) => string = () => '127.0.0.1'): string {
  const catalogue: Catalogue = {
    format: 'vaxel-site-catalogue/1',
    id: 'test-service',
    title: 'Test service',
    provider: 'Test',
    version: '2026112101',
    publishedAt: '2026-11-21',
    language: 'en',
    documents: [
      {
        id: 'test',
        title: 'Test',
        version: '1',
        date: '2026-11-21',
        language: 'en',
        sections: [{ number: '1', title: 'All' }],
      },
    ],
    places: [
      { name: 'site', label: 'Site', side: 'customer' },
      ...asked.map(({ id }) => {
        const address = addressOf(id)
        const isName = /[a-z]/i.test(address)
        return {
          name: id,
          label: id,
          side: 'provider' as const,
          addresses: [isName ? { name: address } : { network: address }],
        }
      }),
    ],
    options: [],
    requirements: asked.map(
      ({ id, checks, body }): Requirement => ({
        id,
        title: `Requirement ${id}`,
        level: 'required',
        appliesWhen: 'always',
        lostIfMissing: `Nothing works without ${id}.`,
        responsible: 'customer',
        provenance: [{ document: 'test', version: '1', section: '1' }],
        checks,
        body,
      }),
    ),
  }
  const file = join(temporaryFolder('catalogue'), 'catalogue.json')
  writeFileSync(file, JSON.stringify(catalogue))
  return file
}

/** `outcome key` of everything found for a requirement. */
export const foundFor = ({ results }: SiteReport, id: string): readonly string[] =>
  results
    .filter(({ requirementIds }) => requirementIds.includes(id))
    .map(({ outcome, finding }) => `${outcome} ${finding.key}`)

export const resultFor = ({ results }: SiteReport, id: string): CheckResult =>
  results.find(({ requirementIds }) => requirementIds.includes(id))!
