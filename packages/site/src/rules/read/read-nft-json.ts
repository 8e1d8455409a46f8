import { NftBuilder } from './read-nft.ts'
import type { RuleSet } from './rule-set.ts'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
type JsonObject = { readonly [key: string]: Json }

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const textOf = (value: Json | undefined): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
const mostDepth = 60

/**
 * Reads what `nft -j list ruleset` prints (libnftables-json(5)), by turning each expression into the words of the text form.
 * The "line" of a rule is its handle, because the output is one line.
 */
export function readNftJson(text: string): RuleSet {
  const builder = new NftBuilder()
  const fault = (reason: string, line = 1): void =>
    void builder.unclear.push({ line, text: '', said: { key: 'notText', values: { reason } }, matters: true })
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch {
    fault('the JSON is broken')
    return builder.finish()
  }
  const list = isObject(value) ? value.nftables : undefined
  if (!Array.isArray(list)) fault('there is no list “nftables”')
  else
    for (const [index, one] of (list as readonly Json[]).entries()) {
      if (!isObject(one)) fault(`entry ${index} is no object`, index + 1)
      else for (const [kind, body] of Object.entries(unwrapped(one))) addObject(builder, kind, body, index, fault)
    }
  return builder.finish()
}

/** Commands as `nft -j -f` takes them: `{ "add": { "rule": … } }`. */
const unwrapped = (one: JsonObject): JsonObject => (isObject(one.add) ? one.add : one)

function addObject(
  builder: NftBuilder,
  kind: string,
  body: Json,
  index: number,
  fault: (reason: string, line?: number) => void,
): void {
  if (kind === 'metainfo' || kind === 'counter' || kind === 'flowtable' || kind === 'limit' || kind === 'quota') return
  if (!isObject(body)) return fault(`“${kind}” is no object`, index + 1)
  if (kind === 'table') {
    if (flagsOf(body).includes('dormant')) fault('the table is dormant', index + 1)
    return
  }
  const table = `${textOf(body.family)} ${textOf(body.table)}`
  const line = typeof body.handle === 'number' && Number.isSafeInteger(body.handle) ? body.handle : index + 1
  if (kind === 'chain') {
    const chain = builder.chain(table, textOf(body.name))
    if (body.hook !== undefined) builder.hook(chain, textOf(body.type), textOf(body.hook), textOf(body.prio), line)
    if (body.policy === 'drop') chain.policy = 'drop'
  } else if (kind === 'set' || kind === 'map') {
    const set = builder.set(table, textOf(body.name))
    const flags = flagsOf(body)
    if (flags.includes('dynamic') || flags.includes('timeout')) set.changes = true
    addElements(set.elements, body.elem)
  } else if (kind === 'element') addElements(builder.set(table, textOf(body.name)).elements, body.elem)
  else if (kind === 'rule') {
    const expressions = Array.isArray(body.expr) ? (body.expr as readonly Json[]) : []
    builder.rule(table, textOf(body.chain), expressions.flatMap(statementWords), line)
  } else fault(`“${kind.slice(0, 40)}” is not followed`, index + 1)
}

/** nftables 1.1.4 and later print a single flag without a list around it. */
const flagsOf = ({ flags }: JsonObject): readonly Json[] =>
  Array.isArray(flags) ? (flags as readonly Json[]) : flags === undefined ? [] : [flags]

function addElements(
  elements: { parts: readonly string[]; verdict?: readonly string[] }[],
  list: Json | undefined,
): void {
  if (!Array.isArray(list)) return
  for (const one of list as readonly Json[]) {
    if (Array.isArray(one) && one.length === 2)
      elements.push({ parts: partsOf(one[0] as Json), verdict: statementWords(one[1] as Json) })
    else elements.push({ parts: partsOf(one) })
  }
}

const partsOf = (value: Json): readonly string[] => valueWords(value, 0).filter((word) => word !== '.')

function statementWords(statement: Json): readonly string[] {
  if (!isObject(statement)) return ['?']
  const [[key, body] = ['?', null]] = Object.entries(statement)
  switch (key) {
    case 'match': {
      if (!isObject(body)) return ['?']
      const negated = body.op === '!=' ? ['!='] : body.op === '==' || body.op === 'in' ? [] : ['<']
      return [...selectorWords(body.left), ...negated, ...valueWords(body.right ?? null, 0)]
    }
    case 'vmap':
      if (!isObject(body)) return ['?']
      return [...selectorWords(body.key), 'vmap', ...valueWords(body.data ?? null, 0)]
    case 'accept':
    case 'drop':
    case 'reject':
    case 'return':
    case 'continue':
    case 'queue':
      return [key]
    case 'jump':
    case 'goto':
      return [key, isObject(body) ? textOf(body.target) : '']
    case 'counter':
    case 'log':
      return [key]
    case 'notrack':
      return [key]
    case 'mangle':
    case 'snat':
    case 'dnat':
    case 'masquerade':
    case 'redirect':
    case 'flow':
      return ['secmark']
    case 'set':
      // What such a set counts decides whether the rule goes on.
      return isObject(body) && Array.isArray(body.stmt) && body.stmt.length > 0 ? [`?${key}`] : ['secmark']
    default:
      return [`?${key}`]
  }
}

function selectorWords(left: Json | undefined): readonly string[] {
  if (!isObject(left)) return ['?']
  if (isObject(left.payload)) return [textOf(left.payload.protocol), textOf(left.payload.field)]
  if (isObject(left.meta)) return ['meta', textOf(left.meta.key)]
  if (isObject(left.ct)) return ['ct', textOf(left.ct.key)]
  if (Array.isArray(left.concat))
    return (left.concat as readonly Json[]).flatMap((part, index) => [
      ...(index > 0 ? ['.'] : []),
      ...selectorWords(part),
    ])
  return ['?']
}

/** A right side: text, number, prefix, range, set, list, concatenation, element. */
function valueWords(value: Json, depth: number): readonly string[] {
  if (depth > mostDepth) return ['?']
  if (typeof value === 'string' || typeof value === 'number') return [String(value)]
  const list = (items: readonly Json[]): readonly string[] =>
    items.flatMap((item, index) => [...(index > 0 ? [','] : []), ...elementWords(item, depth + 1)])
  if (Array.isArray(value)) return list(value as readonly Json[])
  if (!isObject(value)) return ['?']
  if (isObject(value.prefix)) return [`${textOf(value.prefix.addr)}/${textOf(value.prefix.len)}`]
  if (Array.isArray(value.range))
    return [(value.range as readonly Json[]).map((end) => valueWords(end, depth + 1).join('')).join('-')]
  if (Array.isArray(value.set)) return ['{', ...list(value.set as readonly Json[]), '}']
  if (Array.isArray(value.concat))
    return (value.concat as readonly Json[]).flatMap((part, index) => [
      ...(index > 0 ? ['.'] : []),
      ...valueWords(part, depth + 1),
    ])
  if (isObject(value.elem)) return valueWords(value.elem.val ?? null, depth + 1)
  return ['?']
}

/** An element of a set; a pair in a map is its key and its verdict. */
function elementWords(item: Json, depth: number): readonly string[] {
  if (Array.isArray(item) && item.length === 2 && isObject(item[1] as Json)) {
    const verdict = statementWords(item[1] as Json)
    if (!verdict[0]!.startsWith('?')) return [...valueWords(item[0] as Json, depth), ':', ...verdict]
  }
  return valueWords(item, depth)
}
