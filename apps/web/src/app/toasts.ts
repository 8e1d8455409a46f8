import { Cell, type Value } from '../base/cell.ts'

export interface Toast {
  readonly id: number
  readonly tone: 'good' | 'warn' | 'bad' | 'info'
  readonly text: string
  readonly action?: { readonly label: string; readonly run: () => void }
}

const shownMs = 6000
const mostAtOnce = 4

/** Short messages at the edge of the screen. Bad ones and those with an action stay until they are dismissed. */
export class Toasts {
  readonly all: Value<readonly Toast[]>
  readonly #all = new Cell<readonly Toast[]>([])
  readonly #startTimer: (delayMs: number, run: () => void) => () => void
  #last = 0

  constructor(startTimer: (delayMs: number, run: () => void) => () => void) {
    this.#startTimer = startTimer
    this.all = this.#all
  }

  show(toast: Omit<Toast, 'id'>): () => void {
    const id = ++this.#last
    this.#all.update((all) => [
      ...all.filter(({ text }) => text !== toast.text).slice(1 - mostAtOnce),
      { ...toast, id },
    ])
    const dismiss = () => this.dismiss(id)
    if (toast.tone !== 'bad' && !toast.action) this.#startTimer(shownMs, dismiss)
    return dismiss
  }

  /** What went well before is no news any more: it would stand beside what goes wrong now. */
  over(): void {
    this.#all.update((all) => all.filter(({ tone, action }) => tone !== 'good' || action))
  }

  dismiss(id: number): void {
    this.#all.update((all) => all.filter((toast) => toast.id !== id))
  }
}
