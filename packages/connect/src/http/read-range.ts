/** Bytes from `start` to before `end`. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/**
 * One range of bytes (RFC 9110 §14.1.2). Several at once, and what is not a range, are answered with the whole file, as §14.2 allows.
 * @example readRange('bytes=-500', 1000) // { start: 500, end: 1000 }
 */
export function readRange(field: string | undefined, sizeBytes: number): ByteRange | 'unsatisfiable' | undefined {
  const match = field === undefined ? undefined : /^bytes=(\d{0,15})-(\d{0,15})$/.exec(field.trim())
  const [, first = '', last = ''] = match ?? []
  if (!match || (first === '' && last === '')) return undefined
  if (first === '') {
    const start = Math.max(0, sizeBytes - Number(last))
    return start < sizeBytes ? { start, end: sizeBytes } : 'unsatisfiable'
  }
  const start = Number(first)
  const end = last === '' ? sizeBytes : Math.min(sizeBytes, Number(last) + 1)
  if (last !== '' && Number(last) < start) return undefined
  return start < sizeBytes ? { start, end } : 'unsatisfiable'
}

/** Whether If-None-Match names this entity tag (RFC 9110 §13.1.2). */
export const isKnown = (field: string | undefined, entityTag: string): boolean =>
  field?.split(',').some((one) => one.trim().replace(/^W\//, '') === entityTag) ?? false
