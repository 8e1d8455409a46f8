import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'

interface Support {
  readonly version_added: string | boolean | null
  readonly version_removed?: unknown
  readonly flags?: unknown
  readonly prefix?: string
  readonly partial_implementation?: boolean
}

interface Entry {
  readonly __compat?: { readonly support: Readonly<Record<string, Support | readonly Support[]>> }
  readonly [name: string]: unknown
}

/** Something that the built app names and that came to a browser after the oldest one that we support. */
export interface LateFeature {
  /** `Array.prototype.at`, `BroadcastChannel`. */
  readonly name: string
  /** Browsers that lack it, with the version that has it (`false`: none has). */
  readonly missingIn: readonly string[]
}

/** The oldest versions, from the requirement documents. Brave is Chromium; Edge 123 has all that Chrome 123 has. */
const oldest = { chrome: 90, firefox: 74 } as const

const data = (): { readonly api: Entry; readonly javascript: { readonly builtins: Entry } } =>
  createRequire(import.meta.url)('@mdn/browser-compat-data') as never

/**
 * What the scripts of a built app name of the web platform (interfaces, and methods of the language) that the oldest
 * browsers do not have, by MDN's tables. By names alone: that something is guarded, a person must say.
 */
export async function findLateFeatures(folder: string): Promise<readonly LateFeature[]> {
  const assets = join(folder, 'assets')
  const files = (await readdir(assets)).filter((name) => name.endsWith('.js'))
  const code = (await Promise.all(files.map((name) => readFile(join(assets, name), 'utf8')))).join('\n')
  const words = new Set(code.match(/[A-Za-z_$][\w$]*/g))
  const methods = new Set([...code.matchAll(/\.([a-z]\w+)\(/g)].map(([, name]) => name!))
  const statics = new Set(
    [...code.matchAll(/\b([A-Z]\w+)\.([a-z]\w+)\(/g)].map(([, object, name]) => `${object}.${name}`),
  )
  const { api, javascript } = data()
  const found: LateFeature[] = []
  const note = (name: string, entry: Entry | undefined) => {
    const missingIn = entry ? lacking(entry) : []
    if (missingIn.length > 0) found.push({ name, missingIn })
  }
  for (const [name, entry] of Object.entries(api))
    if (/^[A-Z]/.test(name) && words.has(name)) note(name, entry as Entry)
  for (const [object, entry] of Object.entries(javascript.builtins)) {
    if (!/^[A-Z]/.test(object)) continue
    for (const [name, method] of Object.entries(entry as Entry)) {
      if (name === '__compat' || name === object || !/^[a-z]\w+$/.test(name)) continue
      if (statics.has(`${object}.${name}`)) note(`${object}.${name}`, method as Entry)
      else if (distinctive.has(name) && methods.has(name)) note(`${object}.prototype.${name}`, method as Entry)
    }
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Methods whose name tells by itself whose they are. */
const distinctive = new Set([
  'at',
  'replaceAll',
  'findLast',
  'findLastIndex',
  'toSorted',
  'toReversed',
  'toSpliced',
  'flatMap',
  'matchAll',
])

function lacking({ __compat }: Entry): string[] {
  if (!__compat) return []
  return Object.entries(oldest).flatMap(([browser, version]) => {
    const support = __compat.support[browser]
    const first = (Array.isArray(support) ? support : [support]).find(
      (one: Support | undefined) => one && !one.flags && !one.prefix,
    ) as Support | undefined
    const added = first?.version_added
    if (added === true || added === undefined) return []
    const since = typeof added === 'string' ? Number.parseFloat(added.replace('≤', '')) : Number.NaN
    return since <= version ? [] : [`${browser} (${String(added)})`]
  })
}
