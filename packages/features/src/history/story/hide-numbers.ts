import type { OperationReply, readCallStory } from '@vaxel/contract'

type StoryView = OperationReply<typeof readCallStory>
type PartyView = StoryView['caller']

const shown = 4

/** A number without its last digits: `+467017•••••`; extensions of up to four digits stay, as they tell nothing outside. */
export function shortNumber(number: string): string {
  const digits = number.replace(/\D/g, '').length
  if (digits <= shown) return number
  const keep = number.length - Math.max(shown, Math.ceil(digits / 2))
  return number.slice(0, keep) + '•'.repeat(number.length - keep)
}

/** Takes names and the ends of numbers out of a text that holds them. */
export function hideIn(text: string, parties: readonly PartyView[]): string {
  let hidden = text
  for (const { name, number } of parties) {
    if (name) hidden = hidden.replaceAll(name, shortNumber(number))
    hidden = hidden.replaceAll(number, shortNumber(number))
  }
  // Numbers that nobody in the call has: of direct numbers, of trunks.
  return hidden.replace(/\+\d{7,15}/g, shortNumber)
}

/** The story for those who need not know who it was. */
export function hideNumbers(story: StoryView): StoryView {
  const everybody = partiesOf(story)
  const party = ({ number }: PartyView): PartyView => ({ number: shortNumber(number) })
  const params = (all: Readonly<Record<string, string | number>>) =>
    Object.fromEntries(
      Object.entries(all).map(([key, value]) => [key, typeof value === 'string' ? hideIn(value, everybody) : value]),
    )
  return {
    ...story,
    caller: party(story.caller),
    called: party(story.called),
    dialled: hideIn(story.dialled, everybody),
    steps: story.steps.map((step) => ({ ...step, params: withoutDevice(params(step.params)) })),
    verdict: { ...story.verdict, params: params(story.verdict.params) },
    lanes: story.lanes.map(({ device: _, ...lane }) => ({ ...lane, party: party(lane.party) })),
  }
}

/** Everybody in a story, longest number first, so that no number is hidden as part of another. */
export const partiesOf = ({ caller, called, lanes }: StoryView): PartyView[] =>
  [caller, called, ...lanes.map((lane) => lane.party)].toSorted((a, b) => b.number.length - a.number.length)

/** What people call their devices often says who they are. */
function withoutDevice({ device: _, ...rest }: Record<string, string | number>): Record<string, string | number> {
  return rest
}
