import { printable } from '../output.ts'
import type { LadderMessage } from './draw-ladder.ts'

/** Every message with its text, under a line that says when and between whom. */
export function messageTexts(messages: readonly (LadderMessage & { readonly local: string })[]): string {
  return messages
    .map(({ at, direction, local, remote, protocol, text }, i) => {
      const way = direction === 'in' ? `${remote} → ${local}` : `${local} → ${remote}`
      const lines = text.trimEnd().split(/\r?\n/)
      return [`── ${i + 1}  ${at}  ${way}  ${protocol}`, ...lines.map((line) => printable(line))].join('\n')
    })
    .join('\n\n')
}
