import { icmpSpan, portSpan, protocolOf, readAddress, setOfWords } from './match-words.ts'
import { allPorts, everywhere, without } from './range-set.ts'
import { anyPacket, both, familyBits, type Match, protocolBits } from './rule-set.ts'
import { tcpFlags } from './tcp-flags.ts'

/** Where a rule sends a packet. */
export interface Target {
  readonly target: string
  readonly goes: 'jump' | 'goto'
}

/** Long names, and other names, of the options that are read. */
const sameOption: Readonly<Record<string, string>> = {
  '--source': '-s',
  '--src': '-s',
  '--destination': '-d',
  '--dst': '-d',
  '--protocol': '-p',
  '--proto': '-p',
  '--in-interface': '-i',
  '--out-interface': '-o',
  '--match': '-m',
  '--jump': '-j',
  '--goto': '-g',
  '--fragment': '-f',
  '--set-counters': '-c',
  '--destination-port': '--dport',
  '--destination-ports': '--dports',
  '--source-port': '--sport',
  '--source-ports': '--sports',
}

/** Options one by one, as getopt_long(3) takes them: `-jDROP`, `--jump=DROP`, and `-s ! 10.0.0.1` as old versions print it. */
function plainOptions(words: readonly string[]): readonly string[] {
  const plain: string[] = []
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]!
    const [, name = word, glued] = /^(--[a-z-]+)=(.*)$/.exec(word) ?? /^(-[sdpiojgm])([^-].*)$/.exec(word) ?? []
    const option = Object.hasOwn(sameOption, name) ? sameOption[name]! : name
    if (glued !== undefined) plain.push(option, glued)
    else if (/^-(?:[sdpio]|-[sd]ports?)$/.test(option) && words[at + 1] === '!') {
      plain.push('!', option)
      at += 1
    } else plain.push(option)
    // What belongs to an option stays as it is, whatever it looks like.
    if (glued === undefined && (option === '--comment' || option === '--log-prefix') && at + 1 < words.length)
      plain.push(words[++at]!)
  }
  return plain
}

/**
 * One rule's options in any order, the target's own left out; undefined when no packet meets them.
 * @param start what its chain meets
 */
export function readIptablesRule(
  given: readonly string[],
  start: Match,
): { match: Match; verdict?: Target } | undefined {
  const words = plainOptions(given)
  let verdict: Target | undefined
  // The options of a target follow it, up to the next match.
  let ofTarget = false
  let match: Match | undefined = start
  let negated = false
  const add = (part: Partial<Match>): void => void (match = match && both(match, { ...anyPacket, ...part }))
  const unknown = (text: string): void => void (match = match && { ...match, conditions: [...match.conditions, text] })
  const sets = (
    key: 'from' | 'to' | 'sourcePorts' | 'ports',
    value: string,
    read: (word: string) => ReturnType<typeof portSpan>,
  ): void => {
    const found = setOfWords(value.split(','), read)
    if (!found.ok) unknown(value)
    else
      add({ [key]: negated ? without(found.set, key === 'from' || key === 'to' ? everywhere : allPorts) : found.set })
  }
  for (let at = 0; at < words.length; at += 1) {
    const option = words[at]!
    const value = words[at + 1] ?? ''
    const took = (): void => void (at += 1)
    if (option === '!') {
      negated = true
      continue
    }
    switch (option) {
      case '-s':
        sets('from', value, readMasked)
        took()
        break
      case '-d':
        sets('to', value, readMasked)
        took()
        break
      case '--src-range':
        sets('from', value, readAddress)
        took()
        break
      case '--dst-range':
        sets('to', value, readAddress)
        took()
        break
      case '-p': {
        if (value !== 'all' && value !== '0') {
          const { bit } = protocolOf(value)
          add({ protocols: negated ? (15 & ~bit) | protocolBits.other : bit })
        }
        took()
        break
      }
      case '--dport':
      case '--dports':
        sets('ports', value, openPorts)
        took()
        break
      case '--sport':
      case '--sports':
        sets('sourcePorts', value, openPorts)
        took()
        break
      case '--icmp-type':
      case '--icmpv6-type':
        if (value !== 'any') sets('ports', value, (word) => icmpSpan(word, option === '--icmp-type' ? 4 : 6))
        took()
        break
      case '--state':
      case '--ctstate': {
        const states = value.split(',')
        const has = (state: string): boolean => states.includes(state) !== negated
        // Whether an address was changed on the way is not known here.
        if (states.some((state) => state === 'DNAT' || state === 'SNAT')) unknown(`${option} ${value}`)
        else add({ fresh: has('NEW'), established: has('ESTABLISHED') })
        took()
        break
      }
      case '--syn':
        add(negated ? { fresh: false } : { established: false })
        break
      case '--tcp-flags': {
        const met = tcpFlags(value.split(','), (words[at + 2] ?? '').split(','), negated)
        if (met) add(met)
        else unknown([negated ? '! ' : '', option, ' ', value, ' ', words[at + 2] ?? ''].join(''))
        at += 2
        break
      }
      case '-i':
      case '-o':
        match = match && {
          ...match,
          interfaces: [
            ...match.interfaces,
            {
              side: option === '-i' ? 'in' : 'out',
              names: [value.replace(/\+$/, '*')],
              negated,
            },
          ],
        }
        took()
        break
      case '-m':
        ofTarget = false
        took()
        break
      case '--comment':
      case '--reject-with':
      case '-c':
        at += option === '-c' ? 2 : 1
        break
      case '-j':
      case '-g':
        verdict = { target: value, goes: option === '-j' ? 'jump' : 'goto' }
        ofTarget = true
        took()
        break
      case '-f':
        // The later fragments of a packet: which packets come in several is not known.
        if (!negated) unknown('-f')
        break
      case '-4':
      case '-6':
        add({ families: familyBits[option === '-4' ? 4 : 6] })
        break
      case '--notrack':
        verdict = { target: 'NOTRACK', goes: 'jump' }
        break
      default: {
        const values: string[] = []
        while (at + 1 < words.length && !words[at + 1]!.startsWith('-') && words[at + 1] !== '!')
          values.push(words[++at]!)
        if (!ofTarget) unknown([negated ? '!' : '', option, ...values].filter((one) => one !== '').join(' '))
      }
    }
    negated = false
  }
  return match && { match, ...(verdict && { verdict }) }
}

/** `10.0.0.0/255.0.0.0` too, and `0/0` for every address. */
function readMasked(text: string): ReturnType<typeof readAddress> {
  if (text === '0/0' || text === 'any/0') return everywhere
  const mask = /^([\d.]+)\/((?:\d+\.){3}\d+)$/.exec(text)
  if (!mask) return readAddress(text)
  const bits = mask[2]!
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('')
  return /^1*0*$/.test(bits) && bits.length === 32
    ? readAddress(`${mask[1]}/${bits.replace(/0+$/, '').length}`)
    : undefined
}

/** `1024:` and `:1023` are open at one end. */
const openPorts = (text: string): ReturnType<typeof portSpan> =>
  portSpan(text.replace(/^:/, '0:').replace(/:$/, ':65535'))
