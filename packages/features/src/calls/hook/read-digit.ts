import { infoValue } from './info-lines.ts'

const names: Readonly<Record<string, string>> = { '10': '*', '11': '#', '12': 'A', '13': 'B', '14': 'C', '15': 'D' }
const usualMs = 160

/** What an INFO tells by `application/dtmf-relay`, or the older `application/dtmf`; undefined where it is no digit. */
export function readDigit(
  contentType: string,
  body: string,
): { readonly digit: string; readonly durationMs: number } | undefined {
  const isBare = contentType === 'application/dtmf'
  const signal = (isBare ? body.trim() : infoValue(body, 'signal')) ?? ''
  const digit = names[signal] ?? signal
  if (!/^[0-9A-Da-d*#]$/.test(digit)) return undefined
  const durationMs = isBare ? undefined : /^\d{1,5}/.exec(infoValue(body, 'duration') ?? '')?.[0]
  return { digit: digit.toUpperCase(), durationMs: Number(durationMs ?? usualMs) }
}
