import type { UserId } from '@vaxel/base'

/** How a group's members are asked. `all`: together; the others one after another, until somebody answers. */
export type GroupMode = 'all' | 'inOrder' | 'longestIdle' | 'random'

/**
 * Members in the order in which they are asked. `random` comes from the seed alone, so that the order of a call can be told and
 * repeated; `longestIdle` keeps the group's own order among those who have not talked.
 * @param seed the call's id
 */
export function orderMembers(
  userIds: readonly UserId[],
  mode: GroupMode,
  known: { readonly seed: string; lastTalkEndedMs(userId: UserId): number | undefined },
): readonly UserId[] {
  switch (mode) {
    case 'all':
    case 'inOrder':
      return userIds
    case 'longestIdle':
      return sortBy(userIds, (id) => known.lastTalkEndedMs(id) ?? 0)
    case 'random':
      return sortBy(userIds, (id) => hash(`${known.seed} ${id}`))
  }
}

function sortBy(userIds: readonly UserId[], rank: (userId: UserId) => number): readonly UserId[] {
  return userIds
    .map((id) => ({ id, rank: rank(id) }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ id }) => id)
}

/** FNV-1a, 32 bits, with the finalizer of MurmurHash3, so that alike seeds fall far apart. */
function hash(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
