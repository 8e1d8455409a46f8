import { Cell, type Value } from '../base/cell.ts'

/** The part of a window of the browser that is used here. */
export interface PageWindow {
  readonly closed: boolean
  readonly location: { replace(url: string): void }
  focus(): void
}

export interface CrmTabOptions {
  /** As `window.open`; what is shown must get no hold of this page. */
  readonly open: (url: string, name: string) => PageWindow | null
  readonly later?: (ms: number, then: () => void) => void
}

export interface CrmTabState {
  readonly isOpen: boolean
  /** An address that could not be shown in the tab, because there is none: a link that the agent follows. */
  readonly missed: string | undefined
}

const tabName = 'vaxel-crm'
/** A tab that is being closed still says that it is there. */
const closingMs = 500

/**
 * One tab for the company's own system. The agent opens it with a click of their own, which no pop-up blocker stops; from then on
 * each customer is shown in it. Only addresses of the web are opened (docs/decisions/0130).
 */
export class CrmTab {
  readonly state: Value<CrmTabState>
  readonly #state = new Cell<CrmTabState>({ isOpen: false, missed: undefined })
  readonly #open: CrmTabOptions['open']
  readonly #later: NonNullable<CrmTabOptions['later']>
  #tab: PageWindow | null = null

  constructor({ open, later = (ms, then) => void setTimeout(then, ms) }: CrmTabOptions) {
    this.#open = open
    this.#later = later
    this.state = this.#state
  }

  /** From a click or a key of the agent. @returns whether the browser opened it */
  openByHand(url?: string): boolean {
    const wanted = url ?? this.#state.get().missed
    this.#tab = this.#isThere() ? this.#tab : this.#open('about:blank', tabName)
    const isOpen = this.#isThere()
    if (isOpen) {
      this.#tab!.focus()
      if (wanted !== undefined && isWebAddress(wanted)) this.#tab!.location.replace(wanted)
    }
    this.#state.set({ isOpen, missed: isOpen ? undefined : wanted })
    return isOpen
  }

  /** A customer is here. Without the tab, the address is kept for a link. Other addresses than http(s) are not opened at all. */
  show(url: string): void {
    if (!isWebAddress(url)) return
    if (!this.#isThere()) return this.#state.set({ isOpen: false, missed: url })
    this.#tab!.location.replace(url)
    this.#state.set({ isOpen: true, missed: undefined })
    this.#later(closingMs, () => {
      if (!this.#isThere() && this.#state.get().missed === undefined) this.#state.set({ isOpen: false, missed: url })
    })
  }

  /** The agent may have closed it. */
  look(): void {
    const isOpen = this.#isThere()
    if (isOpen !== this.#state.get().isOpen) this.#state.update((state) => ({ ...state, isOpen }))
  }

  #isThere(): boolean {
    return this.#tab !== null && !this.#tab.closed
  }
}

/** Whether something is an address of the web that may be opened: never a script, a file or a page of the browser. */
export function isWebAddress(url: string): boolean {
  try {
    return /^https?:$/.test(new URL(url).protocol)
  } catch {
    return false
  }
}
