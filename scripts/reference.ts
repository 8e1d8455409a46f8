// Makes docs/reference/*.md from the code. `node scripts/reference.ts` writes them; the docs check compares.
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { declaredRefusals } from '@vaxel/base'
import { eventKinds } from '@vaxel/contract'
import { settings } from '../apps/server/src/configuration.ts'
import { requirementsPage } from './reference-requirements.ts'
import { row, table } from './reference-table.ts'

const made = '<!-- Made from the code by `npm run reference`; change it there. -->'

/** File name below docs/reference → its text. */
export async function makeReference(root: string): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['errors.md', await errors(root)],
    ['events.md', events()],
    ['configuration.md', configuration()],
    ['limits.md', limits(root)],
    ['rfc.md', rfc(root)],
    ['requirements.md', requirementsPage(made)],
  ])
}

async function errors(root: string): Promise<string> {
  const files = globSync(['packages/*/src/**/*.ts', 'apps/*/src/**/*.ts'], { cwd: root }).filter(
    (path) => !path.endsWith('.test.ts') && /= refusal\(/.test(readFileSync(join(root, path), 'utf8')),
  )
  for (const path of files.sort()) await import(pathToFileURL(join(root, path)).href)
  const rows = declaredRefusals().map(({ code, sip, http, blame, text }) => row(`\`${code}\``, sip, http, blame, text))
  return `# Errors

${made}

Everything that Vaxel refuses has one stable code. It shows as a SIP status with a Reason or Warning header, as an HTTP
problem (RFC 9457, member \`code\`), and in the record of the call with who is to blame.

${table(['code', 'SIP', 'HTTP', 'blame', 'what it says'], rows)}
`
}

function events(): string {
  const rows = eventKinds.map(({ kind, audience, summary, data }) => {
    const fields = Object.keys((data as { properties?: object }).properties ?? {}).map((name) => `\`${name}\``)
    return row(`\`${kind}\``, summary, audience, fields.join(', '))
  })
  return `# Events

${made}

Each entry of the ledger has a \`number\` (without gaps), a \`kind\`, a time, the company and, where it is about a call, its
\`callId\`. The stream \`GET /api/v1/events?after=NUMBER\` gives them in that order. *Seen by* says who may see a kind:
those who take part in the call, or that role and those above it.

${table(['kind', 'what happened', 'seen by', 'fields of `data`'], rows)}
`
}

function configuration(): string {
  const rows = settings.map(({ variable, key, fallback, meaning }) =>
    row(`\`${variable}\``, `\`${key}\``, fallback, meaning),
  )
  return `# Configuration

${made}

Each setting is an environment variable and a key of \`vaxel.json\` in the data folder; the variable wins. All mistakes are
told at once at start. Companies, users, devices, numbers and trunks are not here: they are data, changed by the API and
the command line while the server runs.

${table(['variable', 'key', 'default', 'meaning'], rows)}
`
}

function limits(root: string): string {
  const files = globSync('packages/*/src/**/*limits.ts', { cwd: root }).sort()
  const parts = files.flatMap((path) => {
    const source = readFileSync(join(root, path), 'utf8')
    const meanings = new Map<string, string>()
    for (const [, comment, key] of source.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(?:readonly )?(\w+)\??:/g))
      meanings.set(key!, comment!.replace(/\n\s*\*/g, ' ').trim())
    const rows = [...source.matchAll(/^ {2}(\w+): ([\d_]+(?: \* [\d_]+)*),?$/gm)].map(([, key, value]) =>
      row(`\`${key}\``, value!.replaceAll('_', ' '), meanings.get(key!) ?? ''),
    )
    return rows.length === 0 ? [] : [`## \`${path}\`\n\n${table(['limit', 'value', 'meaning'], rows)}\n`]
  })
  return `# Limits

${made}

What comes from outside is bounded everywhere. A name ends in its unit: \`Ms\` milliseconds, \`Bytes\`, \`Seconds\`.

${parts.join('\n')}`
}

function rfc(root: string): string {
  const files = globSync(['packages/*/README.md', 'packages/*/src/**/README.md'], { cwd: root }).sort()
  const parts = files.flatMap((path) => {
    const rows = readFileSync(join(root, path), 'utf8')
      .split('\n')
      .filter((line) => /^\|[^|]*\bRFC \d+/.test(line))
    return rows.length === 0
      ? []
      : [
          `## [${basename(dirname(path))}](../../${path})\n\n${['| standard | where | state |', '| --- | --- | --- |', ...rows].join('\n')}\n`,
        ]
  })
  return `# Standards

${made}

Which section is done where, collected from the packages' own pages.

${parts.join('\n')}`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = join(dirname(fileURLToPath(import.meta.url)), '..')
  for (const [name, text] of await makeReference(root)) writeFileSync(join(root, 'docs/reference', name), text)
}
