import { refusal } from '@vaxel/base'

export const ReportTooLarge = refusal('REPORT_TOO_LARGE', {
  sip: 422,
  http: 422,
  blame: 'caller',
  text: 'This report would have too many rows or cover too long a time. Take longer intervals, fewer days, or one queue: quarters of an hour for at most 7 days, hours for 31, days for 400, 20,000 rows in all.',
})
export const ReportDaysUnsound = refusal('REPORT_DAYS_UNSOUND', {
  sip: 422,
  http: 422,
  blame: 'caller',
  text: 'A report goes from a day to the same day or a later one; both must be days of the calendar.',
})
export const FigureThingNotThere = refusal('FIGURE_THING_NOT_THERE', {
  sip: 404,
  http: 404,
  blame: 'caller',
  text: 'This queue, agent, form, score or report is not there any more. Load the page again.',
})
export const AnswersUnsound = refusal('QUALITY_ANSWERS_UNSOUND', {
  sip: 422,
  http: 422,
  blame: 'caller',
  text: 'Answer questions of the form, each with points up to its most, and at least one of them.',
})
export const NotScorable = refusal('QUALITY_NOT_SCORABLE', {
  sip: 409,
  http: 409,
  blame: 'caller',
  text: 'Only a conversation that an agent had can be scored.',
})
export const SkillsUnsound = refusal('AGENT_SKILLS_UNSOUND', {
  sip: 422,
  http: 422,
  blame: 'caller',
  text: 'Each skill must be one of the contact centre, be named once, and have a level from 1 to 10.',
})
export const TooManyForms = refusal('QUALITY_TOO_MANY', {
  sip: 409,
  http: 409,
  blame: 'caller',
  text: 'There are 100 already. Remove one that nobody needs first.',
})
export const NothingToMonitor = refusal('CALL_NOT_MONITORABLE', {
  sip: 404,
  http: 409,
  blame: 'caller',
  text: 'No agent talks in this call now.',
})
