import { Cell, type Value } from '../base/cell.ts'

export interface Location {
  /** Begins with a slash, without query and fragment. */
  readonly path: string
  readonly query: URLSearchParams
}

/** The part of the browser's history that is used here. */
export interface BrowserHistory {
  readonly location: { readonly pathname: string; readonly search: string }
  pushState(path: string): void
  replaceState(path: string): void
  onPop(listener: () => void): void
}

/** Which page the person is at. */
export class Router {
  readonly location: Value<Location>
  readonly #location: Cell<Location>
  readonly #history: BrowserHistory

  constructor(history: BrowserHistory) {
    this.#history = history
    this.#location = new Cell(read(history))
    this.location = this.#location
    history.onPop(() => this.#location.set(read(history)))
  }

  /** @param path with query, if any: `/people?q=anna` */
  go(path: string): void {
    this.#history.pushState(path)
    this.#location.set(read(this.#history))
  }

  /** As {@link go}, without a step to go back to. */
  replace(path: string): void {
    this.#history.replaceState(path)
    this.#location.set(read(this.#history))
  }
}

const read = ({ location }: BrowserHistory): Location => ({
  path: location.pathname,
  query: new URLSearchParams(location.search),
})

export type RouteParams = Readonly<Record<string, string>>

/**
 * What a path says where the pattern has names; undefined when it does not fit.
 * @example matchRoute('/people/:id?', '/people/7') // { id: '7' }
 */
export function matchRoute(pattern: string, path: string): RouteParams | undefined {
  const wanted = pattern.split('/').filter(Boolean)
  const given = path.split('/').filter(Boolean)
  if (given.length > wanted.length) return undefined
  const params: Record<string, string> = {}
  for (const [i, part] of wanted.entries()) {
    const value = given[i]
    if (!part.startsWith(':')) {
      if (part !== value) return undefined
      continue
    }
    const isOptional = part.endsWith('?')
    if (value === undefined && !isOptional) return undefined
    if (value === undefined) continue
    const decoded = decode(value)
    if (decoded === undefined) return undefined
    params[part.slice(1, isOptional ? -1 : undefined)] = decoded
  }
  return params
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
