import { say, type Values } from '@vaxel/site'
import { useMemo } from 'react'
import { useFormat } from '../../words/use-words.ts'
import { asLanguage } from '../sites/site-words.ts'
import { exitsOf, type Node } from './flow-draft.ts'
import { type FlowSentence, flowSentences } from './flow-words.ts'

const none: Values = {}

export interface FlowWords {
  (key: FlowSentence, values?: Values): string
  /** What an exit is called; a key is itself. */
  exit(exit: string): string
  /** What a node is called: by its own name, else by its kind. */
  node(node: Node): string
}

/** The sentences about call rules in the reader's language. */
export function useFlowWords(): FlowWords {
  const { language } = useFormat()
  return useMemo(() => {
    const own = asLanguage(language)
    const text = (key: FlowSentence, values: Values = none) => say(flowSentences, own, { key, values })
    const exit = (id: string) => (`exit.${id}` in flowSentences ? text(`exit.${id}` as FlowSentence) : id)
    const node = ({ name, kind }: Node) => name ?? text(`kind.${kind}`)
    return Object.assign(text, { exit, node })
  }, [language])
}

/** Exits of a node with what they are called. */
export const namedExits = (node: Node, words: FlowWords): readonly { readonly id: string; readonly label: string }[] =>
  exitsOf(node).map((id) => ({ id, label: words.exit(id) }))
