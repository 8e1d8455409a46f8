import { elementsAt, type NamedSet, readNftRule } from './nft-rule.ts'
import { nftTokens, type Token } from './nft-tokens.ts'
import { allFamilies, type Chain, clip, familyBits, type Hook, type RuleSet, type Unclear } from './rule-set.ts'

const families: Readonly<Record<string, number>> = { ip: familyBits[4], ip6: familyBits[6], inet: allFamilies }
const familyWords = new Set(['ip', 'ip6', 'inet', 'arp', 'bridge', 'netdev'])
const hooks = new Set(['prerouting', 'input', 'forward', 'output', 'postrouting'])
/** nft(8), standard priority names. */
const priorities: Readonly<Record<string, number>> = {
  raw: -300,
  mangle: -150,
  dstnat: -100,
  filter: 0,
  security: 50,
  srcnat: 100,
}

/** What was read so far. Built by the readers of text and of JSON. */
export class NftBuilder {
  readonly chains = new Map<string, Chain>()
  readonly sets = new Map<string, NamedSet>()
  readonly unclear: Unclear[] = []
  /** Rules wait until every set and map is known. */
  readonly #waiting: { chain: Chain; table: string; words: readonly string[]; line: number; first: boolean }[] = []

  chain(table: string, name: string): Chain {
    const key = `${table} ${name}`
    const known = this.chains.get(key)
    if (known) return known
    const family = table.split(' ')[0]!
    const chain: Chain = {
      key,
      name: key,
      families: families[family] ?? 0,
      priority: 0,
      policy: 'accept',
      policyLine: 0,
      rules: [],
    }
    this.chains.set(key, chain)
    return chain
  }

  set(table: string, name: string): NamedSet {
    const key = `${table} ${name}`
    const known = this.sets.get(key) ?? { elements: [], changes: false, cache: new Map() }
    this.sets.set(key, known)
    return known
  }

  hook(chain: Chain, type: string, hook: string, priority: string, line: number): void {
    if (type === 'nat' || chain.families === 0) {
      if (chain.families === 0 && type === 'filter')
        this.unclear.push({
          line,
          text: chain.name,
          said: { key: 'badLine', values: { reason: 'a table of another layer' } },
          matters: true,
        })
      return
    }
    if (!hooks.has(hook)) {
      const reason = `what is at the hook “${hook.slice(0, 40)}”`
      this.unclear.push({ line, text: chain.name, said: { key: 'badLine', values: { reason } }, matters: true })
      return
    }
    chain.hook = hook as Hook
    chain.priority = priorityOf(priority)
    chain.policyLine ||= line
  }

  rule(table: string, chainName: string, words: readonly string[], line: number, first = false): void {
    this.#waiting.push({ chain: this.chain(table, chainName), table, words, line, first })
  }

  forget(prefix: string): void {
    for (const key of [...this.chains.keys()]) if (isUnder(key, prefix)) this.chains.delete(key)
    for (const key of [...this.sets.keys()]) if (isUnder(key, prefix)) this.sets.delete(key)
    const kept = this.#waiting.filter(({ chain }) => !isUnder(chain.key, prefix))
    this.#waiting.splice(0, this.#waiting.length, ...kept)
  }

  forgetRules(prefix: string): void {
    const kept = this.#waiting.filter(({ chain }) => !isUnder(chain.key, prefix))
    this.#waiting.splice(0, this.#waiting.length, ...kept)
  }

  finish(): RuleSet {
    /** Each before those that were put in earlier: the last comes first. */
    const inserted = new Map<Chain, Chain['rules'][]>()
    for (const { chain, table, words, line, first } of this.#waiting) {
      if (chain.families === 0) continue
      const text = clip(words.join(' '))
      const alternatives = readNftRule(words, {
        setNamed: (name) => this.sets.get(`${table} ${name}`),
        chainKey: (name) => `${table} ${name}`,
      })
      const rules = alternatives.map(({ match, verdict }) => ({ line, text, match, verdict }))
      const before = inserted.get(chain) ?? []
      if (first) inserted.set(chain, before)
      if (first) before.push(rules)
      else for (const rule of rules) chain.rules.push(rule)
    }
    for (const [chain, rules] of inserted) chain.rules = [...rules.reverse().flat(), ...chain.rules]
    return {
      format: 'nftables',
      chains: this.chains,
      unclear: this.unclear,
      remembersConnections: false,
      ruleCount: this.#waiting.length,
    }
  }
}

const isUnder = (key: string, prefix: string): boolean =>
  prefix === '' || key === prefix || key.startsWith(`${prefix} `)

function priorityOf(text: string): number {
  const [, word = '', offset = '0'] = /^([a-z]*)\s*([+-]?\s*\d+)?$/.exec(text.trim()) ?? []
  return (priorities[word] ?? 0) + (Number(offset.replace(/\s/g, '')) || 0)
}

/** Reads what `nft -f` reads and `nft list ruleset` prints (nft(8)). Total: what it does not know is kept as unclear, with its line. */
export function readNft(text: string): RuleSet {
  const builder = new NftBuilder()
  const tokens = nftTokens(text)
  if (!tokens)
    builder.unclear.push({
      line: 1,
      text: '',
      said: { key: 'notText', values: { reason: 'its definitions make it too long' } },
      matters: true,
    })
  else new NftReader(tokens, builder).read()
  return builder.finish()
}

class NftReader {
  readonly #tokens: readonly Token[]
  readonly #builder: NftBuilder
  #at = 0

  constructor(tokens: readonly Token[], builder: NftBuilder) {
    this.#tokens = tokens
    this.#builder = builder
  }

  read(): void {
    while (this.#at < this.#tokens.length) {
      const token = this.#tokens[this.#at]!
      const line = token.line
      if (token.text === '\n' || token.text === ';') {
        this.#at += 1
        continue
      }
      if (token.text === '}') {
        this.#unclear(line, '}', 'a closing brace too many', true)
        this.#at += 1
        continue
      }
      const verb = ['add', 'create', 'insert', 'replace', 'delete', 'destroy', 'flush', 'reset', 'list'].includes(
        token.text,
      )
        ? token.text
        : 'add'
      if (verb === token.text) this.#at += 1
      this.#command(verb, line)
    }
  }

  #command(verb: string, line: number): void {
    const what = this.#take()
    if (verb === 'flush' && what === 'ruleset') return this.#builder.forget('')
    if (what === 'table') return this.#table(verb)
    if (
      what === 'chain' ||
      what === 'rule' ||
      what === 'set' ||
      what === 'map' ||
      what === 'element' ||
      what === 'flowtable' ||
      what === 'counter'
    )
      return this.#object(verb, what, line)
    const rest = this.#statement()
    this.#unclear(
      line,
      `${verb === 'add' ? '' : `${verb} `}${what} ${rest.words.join(' ')}`,
      what === 'include' ? 'another file is read in' : `“${what.slice(0, 40)}” is no known command`,
      what === 'include' || verb === 'add',
    )
  }

  #table(verb: string): void {
    const family = familyWords.has(this.#peek()) ? this.#take() : 'ip'
    const table = `${family} ${this.#take()}`
    if (verb === 'delete' || verb === 'destroy') return this.#builder.forget(table)
    if (verb === 'flush') return this.#builder.forgetRules(table)
    if (this.#peek() === '{') {
      this.#at += 1
      this.#body(table)
    }
  }

  #body(table: string): void {
    for (;;) {
      const token = this.#tokens[this.#at]
      if (!token) return this.#unclear(this.#tokens.at(-1)!.line, table, 'a closing brace is missing', true)
      if (token.text === '}') {
        this.#at += 1
        return
      }
      if (token.text === '\n' || token.text === ';') {
        this.#at += 1
        continue
      }
      const what = this.#take()
      if (what === 'chain') this.#chain(table, this.#take())
      else if (what === 'set' || what === 'map') this.#set(table, this.#take())
      else {
        const { words } = this.#statement()
        if (what === 'include') this.#included(token.line, words)
        // A table that sleeps decides nothing.
        if (what === 'flags' && words.includes('dormant'))
          this.#unclear(token.line, `${table} flags dormant`, 'the table is dormant', true)
      }
    }
  }

  #chain(table: string, name: string): void {
    const chain = this.#builder.chain(table, name)
    if (this.#peek() !== '{') return
    this.#at += 1
    for (;;) {
      const token = this.#tokens[this.#at]
      if (!token) return this.#unclear(this.#tokens.at(-1)!.line, chain.name, 'a closing brace is missing', true)
      if (token.text === '}') {
        this.#at += 1
        return
      }
      if (token.text === '\n' || token.text === ';') {
        this.#at += 1
        continue
      }
      const { words, line } = this.#statement()
      if (words[0] === 'include') this.#included(line, words.slice(1))
      else this.#chainStatement(table, chain, words, line)
    }
  }

  #chainStatement(table: string, chain: Chain, words: readonly string[], line: number): void {
    if (words[0] === 'type' && words.includes('hook')) {
      const hook = words[words.indexOf('hook') + 1] ?? ''
      const priority = words.slice(words.indexOf('priority') + 1).join(' ')
      this.#builder.hook(chain, words[1] ?? '', hook, priority, line)
    } else if (words[0] === 'policy' && words.length === 2) {
      chain.policy = words[1] === 'drop' ? 'drop' : 'accept'
      chain.policyLine = line
    } else if (words[0] !== 'comment' && words[0] !== 'devices' && words[0] !== 'device')
      this.#builder.rule(table, chain.key.slice(table.length + 1), words, line)
  }

  #set(table: string, name: string): void {
    const set = this.#builder.set(table, name)
    if (this.#peek() !== '{') return
    this.#at += 1
    for (;;) {
      const token = this.#tokens[this.#at]
      if (!token || token.text === '}') {
        this.#at += 1
        return
      }
      if (token.text === '\n' || token.text === ';') {
        this.#at += 1
        continue
      }
      const { words, line } = this.#statement()
      if (words[0] === 'include') this.#included(line, words.slice(1))
      if (words[0] === 'flags' && (words.includes('dynamic') || words.includes('timeout'))) set.changes = true
      if (words[0] === 'elements') this.#elements(set, words.slice(words.indexOf('{')), line)
    }
  }

  #included(line: number, words: readonly string[]): void {
    this.#unclear(line, `include ${words.join(' ')}`, 'another file is read in', true)
  }

  #elements(set: NamedSet, words: readonly string[], line: number): void {
    const read = elementsAt(words, 0)?.elements
    if (read) for (const element of read) set.elements.push(element)
    else this.#unclear(line, words.join(' '), 'elements of a set', true)
  }

  /** `add rule inet filter forward …` and its like. */
  #object(verb: string, what: string, line: number): void {
    const family = familyWords.has(this.#peek()) ? this.#take() : 'ip'
    const table = `${family} ${this.#take()}`
    if (what === 'chain' && verb === 'add') return this.#chain(table, this.#take())
    if ((what === 'set' || what === 'map') && verb === 'add') return this.#set(table, this.#take())
    const name = this.#take()
    if (what === 'chain' && verb === 'flush') return this.#builder.forgetRules(`${table} ${name}`)
    if (what === 'chain' && (verb === 'delete' || verb === 'destroy')) return this.#builder.forget(`${table} ${name}`)
    const { words } = this.#statement()
    if (what === 'rule' && (verb === 'add' || verb === 'insert')) {
      const from = ['position', 'handle', 'index'].includes(words[0] ?? '') ? 2 : 0
      if (from > 0) this.#unclear(line, words.join(' '), 'a rule put between others', true)
      return this.#builder.rule(table, name, words.slice(from), line, verb === 'insert')
    }
    if (what === 'element' && verb === 'add') return this.#elements(this.#builder.set(table, name), words, line)
    if (what === 'flowtable' || what === 'counter') return
    this.#unclear(
      line,
      `${verb} ${what} ${table} ${name} ${words.join(' ')}`,
      `“${verb} ${what}” is not followed`,
      true,
    )
  }

  /** Words up to the end of the statement: a line end or `;` outside braces, or the brace that closes what is around. */
  #statement(): { words: readonly string[]; line: number } {
    const words: string[] = []
    let depth = 0
    const line = this.#tokens[this.#at]?.line ?? 0
    for (; this.#at < this.#tokens.length; this.#at += 1) {
      const { text, quoted } = this.#tokens[this.#at]!
      if (!quoted) {
        if (depth === 0 && (text === '\n' || text === ';' || text === '}')) break
        if (text === '{') depth += 1
        if (text === '}') depth -= 1
        if (text === '\n') continue
      }
      words.push(text)
    }
    return { words, line }
  }

  #peek(): string {
    return this.#tokens[this.#at]?.text ?? ''
  }

  #take(): string {
    const text = this.#peek()
    if (text !== '\n' && text !== '{' && text !== '}') this.#at += 1
    return text
  }

  #unclear(line: number, text: string, reason: string, matters: boolean): void {
    this.#builder.unclear.push({ line, text: clip(text), said: { key: 'badLine', values: { reason } }, matters })
  }
}
