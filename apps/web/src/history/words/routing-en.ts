import type { StepParams } from '../step-params.ts'

/** Why a member of a group was not asked. */
const passed: Readonly<Record<string, string>> = {
  caller: 'made the call',
  asked: 'had been asked before',
  loggedOut: 'takes no calls of the group for now',
  unreachable: 'has no phone registered',
  busy: 'was on the phone',
  doNotDisturb: 'did not want to be disturbed',
}

/** Rules, profiles, assistants, groups, lines and short dials. */
export const routingEn = {
  'route.member-passed': (p: StepParams) =>
    `${p.name} was not asked${p.group ? ` for ${p.group}` : ''}: ${passed[p.why ?? ''] ?? 'could not be asked'}.`,
  'route.group-order': (p: StepParams) =>
    p.mode === 'random'
      ? `${p.name} was asked one after another, by lot: ${p.members}.`
      : p.mode === 'longestIdle'
        ? `${p.name} was asked one after another, who had not talked longest first: ${p.members}.`
        : `${p.name} was asked one after another: ${p.members}.`,
  'route.shared-line': (p: StepParams) => `${p.number} is the line ${p.name} on the phones of ${p.count} people.`,
  'route.line-busy': (p: StepParams) => `Somebody was talking on the line ${p.name}, so it was busy.`,
  'route.rule-fits': (p: StepParams) => `The rule “${p.rule}” of ${p.name} fitted the call.`,
  'route.let-through': (p: StepParams) => `By the rule “${p.rule}” the call got through to ${p.name}.`,
  'route.refused-by-rule': (p: StepParams) => `By the rule “${p.rule}” ${p.name} does not take this call.`,
  'route.profile': (p: StepParams) => `${p.name} was in the profile “${p.profile}”.`,
  'route.filter': (p: StepParams) =>
    p.mode === 'together'
      ? `Calls for ${p.name} ring at the assistants too.`
      : p.mode === 'only'
        ? `Calls for ${p.name} go to the assistants only.`
        : `Calls for ${p.name} go to the assistants first, for ${p.seconds} s.`,
  'route.filter-passed': (p: StepParams) =>
    p.why === 'assistant'
      ? `An assistant of ${p.name} was calling, so the call went past the assistants.`
      : p.why === 'allowed'
        ? `The caller may reach ${p.name} past the assistants.`
        : `No assistant of ${p.name} could take calls, so ${p.name} was asked.`,
  'route.short-dial': (p: StepParams) =>
    p.name === p.to ? `${p.number} stands for ${p.to}.` : `${p.number} stands for ${p.name} (${p.to}).`,
}
