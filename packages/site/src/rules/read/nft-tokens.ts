/** A token of an nft ruleset with its line. Line ends are tokens too, for they end statements. */
export interface Token {
  readonly text: string
  readonly line: number
  /** Stood in quotation marks, which are gone. */
  readonly quoted?: true
}

const mostTokens = 2_000_000
const pattern = /[^\S\n]+|\\\r?\n|#[^\n]*|\n|"[^"\n]*"|!=|==|<=|>=|<<|>>|[{};,=!<>&|^()]|[^\s{};,=!<>&|^()"#]+|["#]/gy

/** Splits nft(8) text; variables of `define` are put in. Undefined when that gives too much. */
export function nftTokens(text: string): readonly Token[] | undefined {
  const tokens: Token[] = []
  let line = 1
  for (const [piece] of text.matchAll(pattern)) {
    const first = piece[0]!
    if (piece === '\n') tokens.push({ text: '\n', line })
    else if (first === '"' && piece.length > 1) tokens.push({ text: piece.slice(1, -1), line, quoted: true })
    else if (first.trim() !== '' && first !== '#' && first !== '\\') splitColon(piece, line, tokens)
    if (piece.endsWith('\n')) line += 1
    if (tokens.length > mostTokens) return undefined
  }
  tokens.push({ text: '\n', line })
  return withDefinitions(tokens)
}

/** `established:` of a map is a word and a colon, as is `443:accept`; `fe80::` is an address. */
function splitColon(piece: string, line: number, tokens: Token[]): void {
  const [, key, verdict] = /^(.+):(accept|drop|jump|goto|return|continue|queue)$/.exec(piece) ?? []
  if (key !== undefined && verdict !== undefined)
    tokens.push({ text: key, line }, { text: ':', line }, { text: verdict, line })
  else if (piece.length > 1 && piece.endsWith(':') && !piece.endsWith('::'))
    tokens.push({ text: piece.slice(0, -1), line }, { text: ':', line })
  else tokens.push({ text: piece, line })
}

function withDefinitions(tokens: readonly Token[]): readonly Token[] | undefined {
  if (!tokens.some(({ text, quoted }) => !quoted && (text === 'define' || text === 'redefine'))) return tokens
  const known = new Map<string, readonly Token[]>()
  const result: Token[] = []
  let count = 0
  const put = (token: Token, into: Token[]): void => {
    const value = !token.quoted && token.text.startsWith('$') ? known.get(token.text.slice(1)) : undefined
    count += value?.length ?? 1
    if (count > mostTokens) return
    const isAfterLine = into.at(-1)?.text === '\n'
    if (!value) {
      if (token.text !== '\n' || !isAfterLine) into.push(token)
      return
    }
    // A list within a list is nothing else to nft than one list.
    const around = into.at(isAfterLine ? -2 : -1)?.text
    const isInList = value[0]?.text === '{' && (around === '{' || around === ',')
    for (const { text } of isInList ? value.slice(1, -1) : value) into.push({ text, line: token.line })
  }
  for (let at = 0; at < tokens.length; at += 1) {
    const { text, quoted } = tokens[at]!
    if (!quoted && (text === 'define' || text === 'redefine') && tokens[at + 2]?.text === '=') {
      const name = tokens[at + 1]!.text
      const value: Token[] = []
      let depth = 0
      for (at += 3; at < tokens.length; at += 1) {
        const token = tokens[at]!
        if (token.text === '{') depth += 1
        if (token.text === '}') depth -= 1
        if ((token.text === '\n' || token.text === ';') && depth <= 0) break
        if (token.text !== '\n') put(token, value)
      }
      known.set(name, value)
    } else put(tokens[at]!, result)
    if (count > mostTokens) return undefined
  }
  return result
}
