import { type Measured, type Requirement, type SiteReport, verdictWords } from '@vaxel/site'

/** Exit codes as monitoring plugins use them: ready, ready with limits, not ready, not proven (also: bad input). */
export const probeExitCodes = { ready: 0, 'ready-with-limits': 1, 'not-ready': 2, 'not-proven': 3 } as const

/** Short names of the figures that are worth a graph, in their order. */
const labels: readonly (readonly [measured: string, label: string, limit?: string])[] = [
  ['round-trip-time', 'rtt'],
  ['round-trip-time-p95', 'rtt_p95'],
  ['jitter-up', 'jitter_up', 'jitter'],
  ['jitter-down', 'jitter_down', 'jitter'],
  ['packet-loss-up', 'loss_up', 'packet-loss'],
  ['packet-loss-down', 'loss_down', 'packet-loss'],
  ['mos-up', 'mos_up'],
  ['mos-down', 'mos_down'],
  ['certificate-days-left', 'certificate_days'],
]

const units: Readonly<Partial<Record<Measured['unit'], string>>> = { ms: 'ms', '%': '%', s: 's', bytes: 'B' }

/**
 * One line as monitoring plugins print it, with performance data (label=value[unit];warn;crit;min;max). Of a figure that was
 * measured more than once the worst counts.
 * @example 'VAXEL READY - 41 of 41 required proven | rtt=12.3ms;;;0 proven=41;;;0;41'
 */
export function monitoringLine({ judgement, results }: SiteReport, requirements: readonly Requirement[]): string {
  const { verdict, coverage } = judgement
  const figures: string[] = []
  for (const [name, label, metric] of labels) {
    const values = results
      .filter(({ check }) => check === 'stream-quality' || check === 'tls')
      .flatMap(({ measured = [] }) => measured)
      .filter((one) => one.name === name)
    if (values.length === 0) continue
    const isBetterHigh = name.startsWith('mos') || name === 'certificate-days-left'
    const numbers = values.map(({ value }) => value)
    const value = isBetterHigh ? Math.min(...numbers) : Math.max(...numbers)
    const limit = metric === undefined ? '' : strictest(requirements, metric)
    figures.push(`${label}=${value}${units[values[0]!.unit] ?? ''};${limit};;${value < 0 ? '' : 0}`)
  }
  figures.push(`proven=${coverage.proven};;;0;${coverage.required}`)
  const [worst] = judgement.losses
  // A bar begins performance data: none may stand in the text.
  const why = worst && verdict !== 'ready' ? `: ${worst.title}`.replaceAll('|', '/') : ''
  return `VAXEL ${verdictWords[verdict].en} - ${coverage.proven} of ${coverage.required} required proven${why} | ${figures.join(' ')}`
}

function strictest(requirements: readonly Requirement[], metric: string): number | '' {
  const limits = requirements.flatMap(({ body, checks }) =>
    body.kind === 'quality' && body.metric === metric && checks.includes('stream-quality') ? [body.value] : [],
  )
  return limits.length === 0 ? '' : Math.min(...limits)
}
