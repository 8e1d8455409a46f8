import type { Mistake } from '@vaxel/base'
import { escapePointer, mapJsonText } from './json-text.ts'

/** What is wrong at one place of a file. */
export interface FileMistake extends Mistake {
  /** From 1, when it was read from text. */
  readonly line?: number
}

export type FileResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly mistakes: readonly FileMistake[] }

/** Longest file, bytes in UTF-8. */
export const mostFileBytes = 5_000_000
/** So many mistakes are told. */
export const mostMistakes = 100
/** Deepest nesting. */
export const mostDepth = 40
/** Most values (texts, numbers, lists, objects) in one file. */
const mostValues = 500_000

/** Notes mistakes, each once, and no more than are read by anybody. */
export class Mistakes {
  readonly found: FileMistake[] = []
  readonly #seen = new Set<string>()

  get isFull(): boolean {
    return this.found.length >= mostMistakes
  }

  add(path: string, reason: string, line?: number): void {
    const key = `${path}\n${reason}`
    if (this.isFull || this.#seen.has(key)) return
    this.#seen.add(key)
    this.found.push(line === undefined ? { path, reason } : { path, reason, line })
  }
}

/**
 * Reads a file of one of the formats: every mistake at once, by its place. A text gives lines too. Whatever is given, it costs
 * no more than linear time, and nothing of it is run.
 * @param check adds what is wrong with the value; when it adds nothing, the value is a `T`
 */
export function readFile<T>(given: unknown, check: (value: unknown, mistakes: Mistakes) => void): FileResult<T> {
  const mistakes = new Mistakes()
  if (typeof given !== 'string') {
    const reason = tooMuch(given)
    if (reason === undefined) check(given, mistakes)
    else mistakes.add('', reason)
    return mistakes.found.length === 0 ? { ok: true, value: given as T } : { ok: false, mistakes: mistakes.found }
  }
  const source = given.startsWith('\ufeff') ? given.slice(1) : given
  const tooLong = sizeFault(source)
  if (tooLong !== undefined) return { ok: false, mistakes: [{ path: '', reason: tooLong }] }
  if (source.trim() === '') return { ok: false, mistakes: [{ path: '', reason: 'is empty', line: 1 }] }
  const tooDeep = depthFault(source)
  if (tooDeep) return { ok: false, mistakes: [{ path: '', ...tooDeep }] }
  const first = mapJsonText(source, [])
  if (first.fault) return { ok: false, mistakes: [{ path: '', ...first.fault }] }
  for (const { path, line } of first.twice) mistakes.add(path, 'is there twice; keep one of them', line)
  const value: unknown = JSON.parse(source)
  const reason = tooMuch(value)
  if (reason === undefined) check(value, mistakes)
  else mistakes.add('', reason)
  if (mistakes.found.length === 0) return { ok: true, value: value as T }
  const { lines } = mapJsonText(
    source,
    mistakes.found.map(({ path }) => path),
  )
  return {
    ok: false,
    mistakes: mistakes.found.map((one) => ({ ...one, line: one.line ?? lines.get(one.path) ?? 1 })),
  }
}

/** Bytes in UTF-8, without encoding what is plainly too long. */
function sizeFault(source: string): string | undefined {
  const tooLong = source.length > mostFileBytes || new TextEncoder().encode(source).length > mostFileBytes
  return tooLong
    ? `is longer than ${mostFileBytes / 1_000_000} MB; split it or leave out what is not needed`
    : undefined
}

function depthFault(source: string): { reason: string; line: number } | undefined {
  let depth = 0
  let line = 1
  let inText = false
  for (let at = 0; at < source.length; at += 1) {
    const code = source.charCodeAt(at)
    if (code === 10) {
      line += 1
      inText = false
    } else if (inText) {
      if (code === 92) at += 1
      else if (code === 34) inText = false
    } else if (code === 34) inText = true
    else if (code === 123 || code === 91) {
      depth += 1
      if (depth > mostDepth) return { reason: `is nested more than ${mostDepth} deep`, line }
    } else if (code === 125 || code === 93) depth -= 1
  }
  return undefined
}

/** What a value must not be before it is looked at closely: too deep (also in a circle) or too much. */
function tooMuch(value: unknown): string | undefined {
  let count = 0
  const open: { value: unknown; depth: number }[] = [{ value, depth: 0 }]
  for (let one = open.pop(); one; one = open.pop()) {
    count += 1
    if (count > mostValues) return `has more than ${mostValues.toLocaleString('en')} values`
    if (typeof one.value !== 'object' || one.value === null) continue
    if (one.depth >= mostDepth) return `is nested more than ${mostDepth} deep`
    for (const under of Object.values(one.value)) open.push({ value: under, depth: one.depth + 1 })
  }
  return undefined
}

/** A pointer to a field of what another points to. */
export const below = (path: string, ...names: readonly (string | number)[]): string =>
  names.reduce<string>((whole, name) => `${whole}/${escapePointer(String(name))}`, path)
