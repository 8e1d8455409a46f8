import { parseArgs } from 'node:util'
import { runProbeCommand } from './probe-command.ts'
import { probeExitText, probeFlags } from './probe-flags.ts'
import { oneLine } from './tls/certificate-facts.ts'

// Entry of the single file that runs with plain Node.js; `npx vaxel site probe` is the same probe.
declare const probeVersion: string

const usage = [
  'Usage: node vaxel-probe.mjs TARGET [options]',
  '',
  'Checks from this machine whether a site is ready for a telephone service. TARGET is the server: calls.example.com, or the link',
  'that the site was sent.',
  '',
  ...Object.entries(probeFlags).map(([name, flag]) => {
    const head = `--${name}${'value' in flag ? ` ${flag.value}` : ''}`
    return `  ${head.padEnd(22)} ${flag.about}`
  }),
  '',
  probeExitText,
].join('\n')

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
process.stdout.on('error', () => process.exit(3))

const options = Object.fromEntries(
  Object.entries(probeFlags).map(([name, flag]) => [
    name,
    { type: 'value' in flag ? ('string' as const) : ('boolean' as const) },
  ]),
)

function parse(): { values: Record<string, string | true | undefined>; positionals: string[] } | { mistake: string } {
  try {
    return parseArgs({
      options: { ...options, help: { type: 'boolean' }, version: { type: 'boolean' } },
      allowPositionals: true,
    }) as { values: Record<string, string | true | undefined>; positionals: string[] }
  } catch (error) {
    return { mistake: (error as Error).message.split('. ')[0] ?? '' }
  }
}

const parsed = parse()
if ('mistake' in parsed || parsed.positionals.length > 1) {
  process.stderr.write(`${oneLine('mistake' in parsed ? parsed.mistake : 'only one target can be named')}\n${usage}\n`)
  process.exitCode = 3
} else if (parsed.values['version']) process.stdout.write(`vaxel-probe ${probeVersion}\n`)
else if (parsed.values['help']) process.stdout.write(`${usage}\n`)
else {
  const [target] = parsed.positionals
  process.exitCode = await runProbeCommand(
    { ...(target !== undefined && { target }), options: parsed.values },
    {
      line: (text) => void process.stdout.write(`${text}\n`),
      note: (text) => void process.stderr.write(`${text}\n`),
      environment: process.env,
      version: probeVersion,
      signal: stop.signal,
    },
  )
}
