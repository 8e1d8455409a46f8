import { Cell, type Value } from '../base/cell.ts'
import type { IconName } from '../look/icon-name.ts'
import type { Words } from '../words/words.ts'

/** Something that a person can do: buttons, keys and the command palette all use this one description. */
export interface Action {
  /** Stable: `phone.mute`. */
  readonly id: string
  readonly label: (words: Words) => string
  readonly icon?: IconName
  /** `Mod+K` (Mod: Ctrl, on a Mac Command), `Alt+Shift+M`, `F2`; letters as on the keyboard. */
  readonly shortcut?: string
  /** Whether it can be done now; always, when absent. */
  readonly isAllowed?: Value<boolean>
  /** Not listed in the palette. */
  readonly isHidden?: boolean
  readonly run: () => void | Promise<void>
}

/** The part of a keyboard event that tells which shortcut it is. */
export interface KeyPress {
  readonly key: string
  /** Which key it is on the board, whatever it writes: `Digit1`. */
  readonly code?: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** All actions that exist at the moment. */
export class ActionRegistry {
  readonly all: Value<readonly Action[]>
  readonly #all = new Cell<readonly Action[]>([])
  readonly #isMac: boolean
  readonly #onFault: (error: unknown) => void

  constructor({ isMac, onFault }: { isMac: boolean; onFault: (error: unknown) => void }) {
    this.all = this.#all
    this.#isMac = isMac
    this.#onFault = onFault
  }

  /** @returns takes them away again */
  add(...actions: readonly Action[]): () => void {
    this.#all.update((all) => [...all.filter(({ id }) => !actions.some((action) => action.id === id)), ...actions])
    return () => this.#all.update((all) => all.filter((action) => !actions.includes(action)))
  }

  find(id: string): Action | undefined {
    return this.#all.get().find((action) => action.id === id)
  }

  isAllowed(action: Action): boolean {
    return action.isAllowed?.get() ?? true
  }

  /** Does nothing for an action that is not there or not allowed now. */
  run(id: string): void {
    const action = this.find(id)
    if (!action || !this.isAllowed(action)) return
    try {
      Promise.resolve(action.run()).catch(this.#onFault)
    } catch (error) {
      this.#onFault(error)
    }
  }

  /** @returns whether the key belonged to an action that can be done now */
  press(key: KeyPress): boolean {
    const action = this.#all
      .get()
      .find((known) => known.shortcut && isPressed(known.shortcut, key, this.#isMac) && this.isAllowed(known))
    if (!action) return false
    this.run(action.id)
    return true
  }
}

/** @example isPressed('Mod+K', { key: 'k', ctrlKey: true, … }, false) // true */
export function isPressed(shortcut: string, press: KeyPress, isMac: boolean): boolean {
  const parts = shortcut.split('+')
  const key = parts.pop()!.toLowerCase()
  const has = (part: string) => parts.includes(part)
  const ctrl = has('Ctrl') || (has('Mod') && !isMac)
  const meta = has('Mod') && isMac
  return (
    (press.key.toLowerCase() === key || (/^\d$/.test(key) && press.code === `Digit${key}`)) &&
    press.ctrlKey === ctrl &&
    press.metaKey === meta &&
    press.altKey === has('Alt') &&
    press.shiftKey === has('Shift')
  )
}
