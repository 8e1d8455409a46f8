import type { FilledTemplate } from './template-fields.ts'

type Insert = (text: FilledTemplate) => void

/** Where a text goes that is chosen from the knowledge panel: the editor of the channel that asked for it last, else the note. */
export class TextTarget {
  readonly #editors: Insert[] = []
  readonly #notes: Insert[] = []

  /** @returns ends it */
  take(insert: Insert): () => void {
    return added(this.#editors, insert)
  }

  /** As {@link take}, for whoever gets it when nobody else wants it. */
  takeLast(insert: Insert): () => void {
    return added(this.#notes, insert)
  }

  /** @returns whether somebody took it */
  insert(text: FilledTemplate): boolean {
    const target = this.#editors.at(-1) ?? this.#notes.at(-1)
    target?.(text)
    return target !== undefined
  }
}

function added(to: Insert[], insert: Insert): () => void {
  to.push(insert)
  return () => {
    const at = to.indexOf(insert)
    if (at >= 0) to.splice(at, 1)
  }
}
