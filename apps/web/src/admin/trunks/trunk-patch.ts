import type { RequestOf } from '../../api/api.ts'
import type { Trunk } from '../use-company.ts'
import { bodyOf, draftOfTrunk, type TrunkDraft } from './trunk-draft.ts'

type Fields = Readonly<Record<string, unknown>>

/** Several settings that the server takes as one. */
const groups: readonly string[] = ['rewriting', 'identity', 'health', 'tls']

/**
 * What was changed in the form and nothing else: what another administrator has changed meanwhile stays, and so does what the
 * form does not show, such as the weights of targets. What was emptied goes (null).
 * @param before as the form was filled from it
 * @param now    as it is known now: the rest of a group of settings of which one was changed
 */
export function patchOf(before: Trunk, draft: TrunkDraft, now: Trunk = before): RequestOf<'changeTrunk'>['body'] {
  const was: Fields = bodyOf(draftOfTrunk(before))
  const wanted: Fields = bodyOf(draft)
  const known: Fields = { ...now }
  const patch = changedKeys(was, wanted).map((key) => [
    key,
    (groups.includes(key) ? groupOf(was[key], wanted[key], known[key]) : wanted[key]) ?? null,
  ])
  return Object.fromEntries(patch) as RequestOf<'changeTrunk'>['body']
}

function groupOf(was: unknown, wanted: unknown, now: unknown): Fields | undefined {
  const [old, fresh, group] = [was, wanted, now].map((value) => (value ?? {}) as Fields) as [Fields, Fields, Fields]
  const changed = changedKeys(old, fresh)
  const kept = Object.entries(group).filter(([key]) => !changed.includes(key))
  const given = changed.filter((key) => fresh[key] !== undefined).map((key) => [key, fresh[key]])
  const all = Object.fromEntries([...kept, ...given]) as Fields
  return Object.keys(all).length === 0 ? undefined : all
}

/** Both come from the same function, so that what is alike is written alike. */
const changedKeys = (was: Fields, wanted: Fields): string[] =>
  [...new Set([...Object.keys(was), ...Object.keys(wanted)])].filter(
    (key) => JSON.stringify(was[key]) !== JSON.stringify(wanted[key]),
  )
