import type { Api } from '../api/api.ts'

/** Somebody who can be called. */
export interface Callable {
  readonly number: string
  readonly name: string
  readonly detail?: string
}

const most = 6

/** People that fit what was typed, each with the first number that can be called. */
export async function findCallable(api: Api, text: string): Promise<readonly Callable[]> {
  const { items } = await api.call('searchDirectory', { query: { q: text.slice(0, 200), limit: most } })
  return items.flatMap(({ name, numbers, title, organisation }): Callable[] => {
    const number = numbers.find(({ kind }) => kind !== 'fax')?.number
    const detail = organisation ?? title
    return number === undefined ? [] : [{ number, name, ...(detail === undefined ? {} : { detail }) }]
  })
}
