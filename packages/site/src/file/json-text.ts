/** Something wrong in a text that should be JSON (RFC 8259): line from 1, and what to do. */
export interface TextFault {
  readonly line: number
  readonly reason: string
}

export interface TextMap {
  /** First thing that is no JSON; absent: the text is JSON. */
  readonly fault?: TextFault
  /** Lines of the asked pointers, or of the nearest thing around them that is there. */
  readonly lines: ReadonlyMap<string, number>
  /** Names that an object has twice: of such, only the last would count. */
  readonly twice: readonly { readonly path: string; readonly line: number }[]
}

/** What one name or index of the asked pointers leads to. */
interface Wanted {
  readonly pointers: string[]
  readonly under: Map<string, Wanted>
}

interface Level {
  readonly closes: '}' | ']'
  /** Of an object: names so far. */
  readonly names: Set<string> | undefined
  index: number
  readonly wanted: Wanted | undefined
  readonly path: string
}

const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const word = /true|false|null/y
const space = /[ \t\r\n]*/y

/** So many duplicate names are told. */
const mostTwice = 100

/**
 * Walks a JSON text once, without recursion: where it breaks, on which lines the asked pointers (RFC 6901) stand, and which
 * names are there twice. Linear in the length of the text.
 */
export function mapJsonText(source: string, pointers: readonly string[]): TextMap {
  const root = treeOf(pointers)
  const lines = new Map<string, number>()
  const twice: { path: string; line: number }[] = []
  const levels: Level[] = []
  let at = 0
  let line = 1
  let counted = 0
  const lineAt = (position: number): number => {
    for (; counted < position; counted += 1) if (source.charCodeAt(counted) === 10) line += 1
    return line
  }
  const take = (expression: RegExp): string | undefined => {
    expression.lastIndex = at
    const found = expression.exec(source)
    if (found) at += found[0].length
    return found?.[0]
  }
  const takeText = (): string | undefined => {
    const end = endOfText(source, at)
    if (end === undefined) return undefined
    const found = source.slice(at, end)
    at = end
    return found
  }
  const stop = (reason: string): TextMap => ({ fault: { line: lineAt(at), reason }, lines, twice })
  const note = (wanted: Wanted | undefined, position: number): void => {
    if (wanted) markUnder(wanted, lines, lineAt(position))
  }

  // Each round reads one value, and then whatever closes or follows it.
  let wanted: Wanted | undefined = root
  let path = ''
  for (;;) {
    take(space)
    const from = at
    note(wanted, from)
    const first = source[at]
    let opened = false
    if (first === '{' || first === '[') {
      at += 1
      const closes = first === '{' ? '}' : ']'
      levels.push({ closes, names: first === '{' ? new Set() : undefined, index: -1, wanted, path })
      take(space)
      opened = source[at] !== closes
    } else if (takeText() === undefined && take(number) === undefined && take(word) === undefined)
      return stop(first === undefined ? 'ends too early: a value is missing here' : wrongValue(first))
    // What comes after a value: the end of what holds it, or the next of it.
    for (;;) {
      const level = levels.at(-1)
      take(space)
      if (!level) return at === source.length ? { lines, twice } : stop('goes on after its end; remove what follows')
      if (opened) opened = false
      else if (source[at] === level.closes) {
        at += 1
        levels.pop()
        continue
      } else if (source[at] === ',') at += 1
      else
        return stop(
          at >= source.length
            ? `ends too early: ${level.closes} is missing`
            : `has ${shown(source[at]!)} where a comma or ${level.closes} must stand`,
        )
      take(space)
      if (!level.names) {
        level.index += 1
        wanted = level.wanted?.under.get(String(level.index))
        path = `${level.path}/${level.index}`
        break
      }
      const nameFrom = at
      const name = takeText()
      if (name === undefined)
        return stop(
          at >= source.length
            ? `ends too early: ${level.closes} is missing`
            : source[at] === '}'
              ? 'has a comma too many before }; remove it'
              : 'needs a name in double quotes here',
        )
      const key = JSON.parse(name) as string
      path = `${level.path}/${escapePointer(key)}`
      if (level.names.has(key) && twice.length < mostTwice) twice.push({ path, line: lineAt(nameFrom) })
      level.names.add(key)
      take(space)
      if (source[at] !== ':') return stop(`needs a colon after ${name.slice(0, 60)}`)
      at += 1
      wanted = level.wanted?.under.get(key)
      break
    }
  }
}

/** Name of a field as part of a JSON pointer. */
export const escapePointer = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')

/** Where a text in double quotes that begins here has ended; a loop, as an expression would keep a way back for each character. */
function endOfText(source: string, from: number): number | undefined {
  if (source.charCodeAt(from) !== 34) return undefined
  for (let at = from + 1; at < source.length; at += 1) {
    const code = source.charCodeAt(at)
    if (code === 34) return at + 1
    if (code < 32) return undefined
    if (code !== 92) continue
    at += 1
    const escape = source[at] ?? ''
    if (escape === 'u') {
      if (!/^[0-9a-f]{4}$/i.test(source.slice(at + 1, at + 5))) return undefined
      at += 4
    } else if (escape === '' || !'"\\/bfnrt'.includes(escape)) return undefined
  }
  return undefined
}

const shown = (character: string): string => (character < ' ' ? 'a control character' : `"${character}"`)

function wrongValue(first: string): string {
  if (first === ']' || first === '}') return `has a comma too many before ${first}; remove it`
  if (first === '"') return 'has a text that does not end on its line, or an escape that JSON does not know'
  if (first === "'") return 'has a text in single quotes; JSON wants double quotes'
  if (first === '/' || first === '#') return 'has a comment; JSON has none, remove it'
  return `has ${shown(first)} where a value must stand`
}

function treeOf(pointers: readonly string[]): Wanted {
  const root: Wanted = { pointers: [], under: new Map() }
  for (const pointer of pointers) {
    let here = root
    for (const part of pointer.split('/').slice(1)) {
      const name = part.replaceAll('~1', '/').replaceAll('~0', '~')
      let next = here.under.get(name)
      if (!next) {
        next = { pointers: [], under: new Map() }
        here.under.set(name, next)
      }
      here = next
    }
    here.pointers.push(pointer)
  }
  return root
}

/** The line of a thing is that of everything asked below it until something nearer is found. */
function markUnder(wanted: Wanted, lines: Map<string, number>, line: number): void {
  const open = [wanted]
  for (let one = open.pop(); one; one = open.pop()) {
    for (const pointer of one.pointers) lines.set(pointer, line)
    open.push(...one.under.values())
  }
}
