import {
  type Clock,
  type CompanyId,
  isRefusal,
  type Logger,
  makeId,
  type RandomBytes,
  type Refusal,
  type Timer,
  type UserId,
  localTime,
} from '@vaxel/base'
import {
  FigureThingNotThere,
  type listMailedReports,
  type OperationReply,
  type OperationRequest,
  type createMailedReport,
  type Principal,
  TooManyForms,
} from '@vaxel/contract'
import { type Directory, type FigureStore, type MailedReport, type Mailer, timeZoneOf } from '@vaxel/core'
import { duePeriod, lastPeriod, nextDueMs, type ReportPeriod } from './due-report.ts'
import { reportMailWords } from './mail-words.ts'
import { agentCsv, workCsv } from './report-csv.ts'
import type { Reports } from './reports.ts'
import { time } from './views.ts'

type View = OperationReply<typeof listMailedReports>['items'][number]
type Fields = OperationRequest<typeof createMailedReport>['body']

const mostMailed = 100
const lookEveryMs = 60_000

export interface MailedReportDependencies {
  readonly figures: Pick<FigureStore, 'mailedReports' | 'allMailedReports' | 'putMailedReport' | 'removeMailedReport'>
  readonly reports: Reports
  readonly directory: Pick<Directory, 'company'>
  readonly mailer: () => Mailer | undefined
  readonly baseUrl: string | undefined
  readonly clock: Clock
  readonly random: RandomBytes
  readonly log: Logger
}

/** Reports that go out by mail when a day, a week or a month is over. */
export class MailedReports {
  readonly #parts: MailedReportDependencies
  #timer: Timer | undefined
  /** One look at a time. */
  #looking: Promise<void> | undefined
  #lastChange: Promise<unknown> = Promise.resolve()

  constructor(parts: MailedReportDependencies) {
    this.#parts = parts
  }

  list({ companyId }: Principal): { items: View[] } {
    const reports = this.#parts.figures.mailedReports(companyId as CompanyId)
    return { items: reports.map((report) => this.#view(report)) }
  }

  create(principal: Principal, body: Fields): Promise<View | Refusal> {
    const companyId = principal.companyId as CompanyId
    return this.#inTurn(async () => {
      if (this.#parts.figures.mailedReports(companyId).length >= mostMailed) return TooManyForms()
      return this.#put(principal, makeId<string>(this.#parts.clock.now(), this.#parts.random), body)
    })
  }

  change(principal: Principal, id: string, body: Fields): Promise<View | Refusal> {
    return this.#inTurn(async () =>
      this.#find(principal, id) ? this.#put(principal, id, body) : FigureThingNotThere(),
    )
  }

  remove(principal: Principal, id: string): Promise<Refusal | undefined> {
    return this.#inTurn(async () => {
      const report = this.#find(principal, id)
      if (!report) return FigureThingNotThere()
      const { companyId, name } = report
      await this.#parts.figures.removeMailedReport(companyId, id, {
        kind: 'report.unscheduled',
        atMs: this.#parts.clock.now(),
        companyId,
        data: { by: principal.userId, reportId: id, name },
      })
      return undefined
    })
  }

  /** What goes with a mail, made when it is sent. @param reference `report ID FROM TO` */
  async attachment(companyId: CompanyId, reference: string): Promise<Uint8Array | undefined> {
    const [, id, from = '', to = ''] = reference.split(' ')
    const report = this.#parts.figures.mailedReports(companyId).find((known) => known.id === id)
    if (!report) return undefined
    const { kind, interval, by, queueId } = fieldsOf(report)
    const wish = { from, to, interval, by, ...(queueId === undefined ? {} : { queueId }) }
    const csv =
      kind === 'work'
        ? await this.#parts.reports.work(companyId, wish)
        : await this.#parts.reports.agents(companyId, wish)
    if (isRefusal(csv)) return undefined
    const text = 'total' in csv ? workCsv(csv) : agentCsv(csv)
    // With a byte-order mark, so that spreadsheets read it as UTF-8.
    return new TextEncoder().encode(`\ufeff${text}`)
  }

  start(): void {
    const next = () => {
      this.#timer = this.#parts.clock.startTimer(lookEveryMs, () => {
        void this.look()
        next()
      })
    }
    next()
  }

  async close(): Promise<void> {
    this.#timer?.stop()
    await this.#looking
  }

  /** Sends what is due. A report whose mails could not be kept is due again in a minute. */
  look(): Promise<void> {
    this.#looking ??= this.#sendDue().finally(() => {
      this.#looking = undefined
    })
    return this.#looking
  }

  async #sendDue(): Promise<void> {
    const mailer = this.#parts.mailer()
    if (!mailer) return
    for (const report of this.#parts.figures.allMailedReports()) {
      const company = this.#parts.directory.company(report.companyId)
      const period = company && duePeriod(report, timeZoneOf(company), this.#parts.clock.now())
      if (!company || !period) continue
      try {
        // By a key, so that a process which dies before it has noted this sends nothing twice.
        for (const to of report.to) {
          const key = `report ${report.id} ${period.from} ${period.to} ${to}`
          await mailer.queue(report.companyId, this.#mail(report, company.name, period, to), key)
        }
        await this.#inTurn(() => this.#noteSent(report, period))
      } catch (error) {
        this.#parts.log.warn('a report could not be mailed', { report: report.id, error: String(error) })
      }
    }
  }

  /** What was changed of the report while its mails were kept stays; one that was removed does not come back. */
  async #noteSent({ id, companyId }: MailedReport, period: ReportPeriod): Promise<void> {
    const report = this.#parts.figures.mailedReports(companyId).find((known) => known.id === id)
    if (!report) return
    const { name, sentTo = period.to } = report
    const event = {
      kind: 'report.queued',
      atMs: this.#parts.clock.now(),
      companyId,
      data: { reportId: id, name, ...period },
    }
    await this.#parts.figures.putMailedReport({ ...report, sentTo: sentTo > period.to ? sentTo : period.to }, event)
  }

  /** Changes run one after another: what one was decided upon is still so when it is written. */
  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const mine = this.#lastChange.then(change)
    this.#lastChange = mine.catch(() => {})
    return mine
  }

  #mail(report: MailedReport, company: string, period: ReportPeriod, to: string) {
    const words = reportMailWords[report.language]
    const format = new Intl.DateTimeFormat(words.locale, { dateStyle: 'long', timeZone: 'UTC' })
    const day = (date: string) => format.format(Date.parse(date))
    const shown = period.from === period.to ? day(period.from) : `${day(period.from)} – ${day(period.to)}`
    const { baseUrl } = this.#parts
    const text = [
      words.text({ name: report.name, period: shown, company }),
      words.attached,
      ...(baseUrl === undefined
        ? []
        : [`${words.look}\n${baseUrl}/supervisor/reports?from=${period.from}&to=${period.to}`]),
      words.change,
    ]
    return {
      to,
      subject: words.subject({ name: report.name, period: shown }),
      text: `${text.join('\n\n')}\n`,
      attachments: [
        {
          name: `report-${period.from}-${period.to}.csv`,
          mediaType: 'text/csv',
          reference: `report ${report.id} ${period.from} ${period.to}`,
        },
      ],
    }
  }

  async #put(principal: Principal, id: string, body: Fields): Promise<View> {
    const companyId = principal.companyId as CompanyId
    const { name, every, atHour, to, language, ...wish } = body
    const company = this.#parts.directory.company(companyId)
    const nowMs = this.#parts.clock.now()
    // What is over already does not go out because somebody has just asked for the next one.
    const { date } = localTime(company ? timeZoneOf(company) : 'UTC', nowMs)
    const report: MailedReport = {
      id,
      companyId,
      name,
      wish,
      every,
      atHour,
      to,
      language,
      by: principal.userId as UserId,
      sentTo: lastPeriod(every, date).to,
    }
    await this.#parts.figures.putMailedReport(report, {
      kind: 'report.scheduled',
      atMs: nowMs,
      companyId,
      data: { by: principal.userId, reportId: id, name, to },
    })
    return this.#view(report)
  }

  #find({ companyId }: Principal, id: string): MailedReport | undefined {
    return this.#parts.figures.mailedReports(companyId as CompanyId).find((report) => report.id === id)
  }

  #view(report: MailedReport): View {
    const company = this.#parts.directory.company(report.companyId)
    const { name, every, atHour, to, language } = report
    return {
      id: report.id,
      name,
      every,
      atHour,
      to: [...to],
      language,
      ...fieldsOf(report),
      next: time(nextDueMs(report, company ? timeZoneOf(company) : 'UTC', this.#parts.clock.now())),
    }
  }
}

/** As it was checked when it came in. */
const fieldsOf = ({ wish }: MailedReport) => wish as unknown as Pick<Fields, 'kind' | 'interval' | 'by' | 'queueId'>
