import { type CallId, type CompanyId, isRefusal, type UserId } from '@vaxel/base'
import * as contract from '@vaxel/contract'
import { type OperationHandler, type OperationRequest, perform, type readReport } from '@vaxel/contract'
import type { Alarms } from './alarms.ts'
import type { LiveFigures } from './live-figures.ts'
import type { MailedReports } from './mailed-reports.ts'
import type { Quality } from './quality.ts'
import { agentCsv, workCsv } from './report-csv.ts'
import type { Reports, ReportWish } from './reports.ts'
import type { Supervise } from './supervise.ts'

export interface FigureServices {
  readonly live: LiveFigures
  readonly alarms: Alarms
  readonly supervise: Supervise
  readonly reports: Reports
  readonly mailed: MailedReports
  readonly quality: Quality
}

function wishOf(query: OperationRequest<typeof readReport>['query']): ReportWish {
  const { from, to, interval, by, queueId, agentId, channel } = query
  return {
    from,
    to,
    ...(interval === undefined ? {} : { interval }),
    ...(by === undefined ? {} : { by: [...new Set(by.split(','))] as NonNullable<ReportWish['by']> }),
    ...(queueId === undefined ? {} : { queueId }),
    ...(agentId === undefined ? {} : { agentId }),
    ...(channel === undefined ? {} : { channel }),
  }
}

/** Figures, control, reports and scores over the API. */
export function centreFigureHandlers(services: FigureServices): readonly OperationHandler[] {
  const { live, alarms, supervise, reports, mailed, quality } = services
  const companyOf = ({ companyId }: contract.Principal) => companyId as CompanyId
  return [
    perform(contract.readCentreNow, async ({ principal }) => {
      const now = await live.now(companyOf(principal))
      return isRefusal(now) ? now : { ...now, alarms: alarms.open(companyOf(principal)) }
    }),
    perform(contract.commandAgent, async ({ principal, params, body }) =>
      supervise.commandAgent(principal, params.agentId as UserId, params.verb, body.reason),
    ),
    perform(contract.putAgentSkills, async ({ principal, params, body }) =>
      supervise.setSkills(principal, params.agentId as UserId, body.skills),
    ),
    perform(contract.setQueueState, async ({ principal, params, body }) =>
      supervise.setQueue(principal, params.queueId, body.to),
    ),
    perform(contract.listQueueWork, ({ principal, params, query }) =>
      supervise.queueWork(principal, params.queueId, query.limit),
    ),
    perform(contract.monitorCall, ({ principal, params, body }) =>
      supervise.monitor(principal, params.callId as CallId, body),
    ),
    perform(contract.listCentreItems, ({ principal, query }) => supervise.items(principal, query)),
    perform(contract.readReport, ({ principal, query }) => reports.work(companyOf(principal), wishOf(query))),
    perform(contract.exportReport, async ({ principal, query }) => {
      const report = await reports.work(companyOf(principal), wishOf(query))
      if (isRefusal(report)) return report
      return { name: `report-${report.from}-${report.to}.csv`, csv: workCsv(report), rows: report.rows.length }
    }),
    perform(contract.readAgentReport, ({ principal, query }) => reports.agents(companyOf(principal), wishOf(query))),
    perform(contract.exportAgentReport, async ({ principal, query }) => {
      const report = await reports.agents(companyOf(principal), wishOf(query))
      if (isRefusal(report)) return report
      return { name: `agents-${report.from}-${report.to}.csv`, csv: agentCsv(report), rows: report.rows.length }
    }),
    perform(contract.listMailedReports, ({ principal }) => mailed.list(principal)),
    perform(contract.createMailedReport, ({ principal, body }) => mailed.create(principal, body)),
    perform(contract.changeMailedReport, ({ principal, params, body }) =>
      mailed.change(principal, params.reportId, body),
    ),
    perform(contract.removeMailedReport, ({ principal, params }) => mailed.remove(principal, params.reportId)),
    perform(contract.listQualityForms, ({ principal }) => quality.forms(principal)),
    perform(contract.createQualityForm, ({ principal, body }) => quality.createForm(principal, body)),
    perform(contract.changeQualityForm, ({ principal, params, body }) =>
      quality.changeForm(principal, params.formId, body),
    ),
    perform(contract.removeQualityForm, ({ principal, params }) => quality.removeForm(principal, params.formId)),
    perform(contract.listQualityScores, ({ principal, query }) => quality.scores(principal, query)),
    perform(contract.scoreConversation, ({ principal, body }) => quality.score(principal, body)),
    perform(contract.removeQualityScore, ({ principal, params }) => quality.removeScore(principal, params.scoreId)),
    perform(contract.listOwnScores, ({ principal, query: { limit, before } }) =>
      quality.scores(principal, { limit, before, agentId: principal.userId }),
    ),
  ]
}
