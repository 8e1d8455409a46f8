import type { Values } from '@vaxel/site'
import { useMemo } from 'react'
import { useText } from '../../words/use-text.ts'
import { exitsOf, type Node } from './flow-draft.ts'
import { type FlowSentence, flowSentences } from './flow-words.ts'

export interface FlowWords {
  (key: FlowSentence, values?: Values): string
  /** What an exit is called; a key is itself. */
  exit(exit: string): string
  /** What a node is called: by its own name, else by its kind. */
  node(node: Node): string
}

/** The sentences about call rules in the reader's language. */
export function useFlowWords(): FlowWords {
  const said = useText(flowSentences)
  return useMemo(() => {
    const text = (key: FlowSentence, values?: Values) => said(key, values)
    const exit = (id: string) => (`exit.${id}` in flowSentences ? text(`exit.${id}` as FlowSentence) : id)
    const node = ({ name, kind }: Node) => name ?? text(`kind.${kind}`)
    return Object.assign(text, { exit, node })
  }, [said])
}

/** Exits of a node with what they are called. */
export const namedExits = (node: Node, words: FlowWords): readonly { readonly id: string; readonly label: string }[] =>
  exitsOf(node).map((id) => ({ id, label: words.exit(id) }))
