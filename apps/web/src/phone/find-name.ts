import type { Api } from '../api/api.ts'

/** Name that the directory has for a number; undefined where it knows none, does not answer, or what was asked is no number. */
export async function findName(api: Api, number: string): Promise<string | undefined> {
  if (!/^[+0-9*#]{1,32}$/.test(number)) return undefined
  const { items } = await api.call('findByNumber', { query: { numbers: number } }).catch(() => ({ items: [] }))
  return items[0]?.entry.name
}
