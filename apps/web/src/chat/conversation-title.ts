import type { Conversation } from './conversation-list.ts'

/** The group's name, or the other person's. */
export function titleOf(
  { kind, name, members }: Conversation,
  ownId: string,
  words: { readonly group: string; readonly formerColleague: string },
): string {
  if (kind === 'group') return name ?? words.group
  const other = members.find(({ userId }) => userId !== ownId)?.name
  return other === undefined || other === '' ? words.formerColleague : other
}
