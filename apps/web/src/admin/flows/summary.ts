import type { Node } from './flow-draft.ts'
import type { FlowWords } from './use-flow-words.ts'
import type { Supplies } from './use-supplies.ts'

/** What a step does, in a few words for the drawing. */
export function summaryOf(node: Node, { users, prompts, sounds }: Supplies, text: FlowWords): string {
  const person = (id: string): string => users.find((user) => user.id === id)?.displayName ?? '?'
  const whom = (target: { kind: 'user'; userId: string } | { kind: 'number'; number: string }): string =>
    target.kind === 'user' ? person(target.userId) : target.number
  switch (node.kind) {
    case 'time':
      return node.open.map(({ from, to }) => `${from}–${to}`).join(', ')
    case 'holiday':
      return [node.country, ...node.ownDays.map(({ name }) => name)].filter(Boolean).join(', ')
    case 'presence':
      return person(node.userId)
    case 'caller':
      return node.matches
        .map((match) => (match.kind === 'prefix' ? match.prefix : text(`match.${match.kind}`)))
        .join(', ')
    case 'language':
      return ''
    case 'spend':
      return `> ${node.overMicros / 1_000_000}`
    case 'variable':
      return `${node.variable} ${text(`test.${node.test}`)} ${node.value}`
    case 'lookup':
    case 'webhook':
      return node.url
    case 'announce':
    case 'menu':
    case 'collect': {
      const [first] = node.say
      if (first?.kind === 'prompt') return prompts.find(({ id }) => id === first.name)?.label ?? first.name
      if (first?.kind === 'sound') return sounds.find(({ id }) => id === first.soundId)?.name ?? ''
      return first ? text(`sound.${first.kind}`) : ''
    }
    case 'ring':
      return `${whom(node.target)}, ${node.ringSeconds} s`
    case 'queue':
      return node.number
    case 'voicemail':
      return whom(node.box)
    case 'forward':
      return node.to
    case 'set':
      return `${node.variable} = ${node.value}`
    case 'setLanguage':
      return text.exit(node.language)
    case 'callerName':
      return text('kind.callerName')
    case 'record':
      return text(node.isOn ? 'recordOn' : 'recordOff')
    case 'mail':
      return node.to
    case 'hangUp':
      return node.isBusy ? text('asBusy') : ''
  }
}
